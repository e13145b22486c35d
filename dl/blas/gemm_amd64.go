package blas

// Blocks of the product: a block of op(B) of kBlock×nBlock is packed to panels,
// and mBlock rows of A at a time pass over it. They don't affect the result.
const (
	mBlock = 192
	nBlock = 1992 // a multiple of the panels' widths, 24 and 12
	kBlock = 256
)

var (
	packBRows = 48
	packACols = 96
)

// vectorGemm continues the chains of C, or begins them at 0 if load is false, with
// A·op(B). It returns false if the path has no kernel for it.
func vectorGemm(m, n, k int, a operand, transB bool, b []float64, ldb int, load bool, c []float64, ldc int) bool {
	if path == Portable {
		return false
	}
	g := block{a: a, b: b, ldb: ldb, transB: transB, c: c, ldc: ldc, lanes: 8}
	if path == AVX2 {
		g.lanes = 4
	}
	g.packB = transB || m >= packBRows
	g.packA = m >= 8 && n >= packACols && (a.col != 1 || a.row >= 512)
	work := takeWorkspace()
	g.work = work
	for j := 0; j < n; j += nBlock {
		for l := 0; l < k; l += kBlock {
			g.j, g.l, g.n, g.k = j, l, min(nBlock, n-j), min(kBlock, k-l)
			g.load = load || l > 0
			for i := 0; i < m; i += mBlock {
				g.i, g.m = i, min(mBlock, m-i)
				g.run()
			}
		}
	}
	giveWorkspace(work)
	return true
}

// block is one block of a product: rows i…i+m, columns j…j+n of C, terms l…l+k.
type block struct {
	a            operand
	b            []float64
	ldb          int
	transB       bool
	c            []float64
	ldc          int
	i, j, l      int
	m, n, k      int
	lanes        int
	load         bool // continue from C, not from 0
	packA, packB bool
	work         *workspace
}

// run multiplies the rows of A with one panel of B after the other.
func (g *block) run() {
	a, rsa, csa := &g.a.data[g.i*g.a.row+g.l*g.a.col], g.a.row, g.a.col
	if g.packA {
		a, rsa, csa = g.packedA()
	}
	used := 0 // of the packed block of B
	for j := 0; j < g.n; {
		vecs, tail := g.panelAt(j)
		width := vecs * g.lanes
		b, ldb := (*float64)(nil), width
		switch {
		case g.packB:
			b = &grow(&g.work.b, used+width*g.k)[used]
			if g.i == 0 {
				g.packPanel(b, j, vecs, tail)
			}
			used += width * g.k
		default:
			b, ldb = &g.b[g.l*g.ldb+g.j+j], g.ldb
		}
		c := &g.c[g.i*g.ldc+g.j+j]
		load := 0
		if g.load {
			load = 1
		}
		gemmPanel(vecs, g.lanes, g.m, g.k, a, 8*rsa, 8*csa, b, 8*ldb, c, 8*g.ldc, load, tail)
		j += width
	}
}

// panelAt returns the width of the panel at column j in registers, 3 or fewer so
// that no last panel is a single register where it can be two, and the number of
// lanes used of its last register.
func (g *block) panelAt(j int) (vecs, tail int) {
	left := (g.n - j + g.lanes - 1) / g.lanes
	vecs = min(left, 3)
	if left == 4 {
		vecs = 2
	}
	return vecs, min(g.lanes, g.n-j-(vecs-1)*g.lanes)
}

// packPanel copies a panel of op(B), vecs registers wide, to dst.
func (g *block) packPanel(dst *float64, j, vecs, tail int) {
	width := vecs * g.lanes
	switch {
	case g.transB:
		packTransposed(dst, &g.b[(g.j+j)*g.ldb+g.l], 8*g.ldb, g.k, 8*width, width-g.lanes+tail)
	case g.lanes == 8:
		packAVX512(dst, &g.b[g.l*g.ldb+g.j+j], 8*g.ldb, g.k, vecs, tail)
	default:
		packAVX2(dst, &g.b[g.l*g.ldb+g.j+j], 8*g.ldb, g.k, vecs, tail)
	}
}

// packedA copies the block of A to panels
func (g *block) packedA() (a *float64, rsa, csa int) {
	if g.a.col == 1 { // dense rows, a little apart from a power of two
		ld := g.k + 8
		buf := grow(&g.work.a, g.m*ld)
		for i := range g.m {
			copy(buf[i*ld:i*ld+g.k], g.a.data[(g.i+i)*g.a.row+g.l:])
		}
		return &buf[0], ld, 1
	}
	ld := (g.m+7)&^7 + 8
	buf := grow(&g.work.a, g.k*ld)
	for l := range g.k {
		copy(buf[l*ld:l*ld+g.m], g.a.data[(g.l+l)*g.a.col+g.i:])
	}
	return &buf[0], 1, ld
}

func gemmPanel(vecs, lanes, m, k int, a *float64, rsa, csa int, b *float64, ldb int, c *float64, ldc, load, tail int) {
	if lanes == 8 {
		switch {
		case vecs == 3 && tail == 8:
			gemm3AVX512(m, k, a, rsa, csa, b, ldb, c, ldc, load, tail)
		case vecs == 3:
			gemm3MaskedAVX512(m, k, a, rsa, csa, b, ldb, c, ldc, load, tail)
		case vecs == 2 && tail == 8:
			gemm2AVX512(m, k, a, rsa, csa, b, ldb, c, ldc, load, tail)
		case vecs == 2:
			gemm2MaskedAVX512(m, k, a, rsa, csa, b, ldb, c, ldc, load, tail)
		case tail == 8:
			gemm1AVX512(m, k, a, rsa, csa, b, ldb, c, ldc, load, tail)
		default:
			gemm1MaskedAVX512(m, k, a, rsa, csa, b, ldb, c, ldc, load, tail)
		}
		return
	}
	switch {
	case vecs == 3 && tail == 4:
		gemm3AVX2(m, k, a, rsa, csa, b, ldb, c, ldc, load, tail)
	case vecs == 3:
		gemm3MaskedAVX2(m, k, a, rsa, csa, b, ldb, c, ldc, load, tail)
	case vecs == 2 && tail == 4:
		gemm2AVX2(m, k, a, rsa, csa, b, ldb, c, ldc, load, tail)
	case vecs == 2:
		gemm2MaskedAVX2(m, k, a, rsa, csa, b, ldb, c, ldc, load, tail)
	case tail == 4:
		gemm1AVX2(m, k, a, rsa, csa, b, ldb, c, ldc, load, tail)
	default:
		gemm1MaskedAVX2(m, k, a, rsa, csa, b, ldb, c, ldc, load, tail)
	}
}
