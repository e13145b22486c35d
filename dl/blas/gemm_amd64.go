package blas

// Blocks of the product: a block of op(B) of kBlock×nBlock is packed to panels,
// and mBlock rows of A at a time pass over it. They don't affect the result.
const (
	mBlock = 192
	nBlock = 1992 // a multiple of the panels' widths, 24 and 12
	kBlock = 256
)

// Packing pays for B from so many rows of C, and for A from so many columns and so
// large a stride, which crowds the cache.
const (
	packBRows   = 48
	packACols   = 96
	packAStride = 512
)

// vectorGemm runs the product with the path's kernels.
func vectorGemm(p *product) {
	g := block{product: *p, lanes: 8}
	if path == AVX2 {
		g.lanes = 4
	}
	g.packB = p.transB || p.m >= packBRows
	g.packA = p.lines == 1 && p.m >= 8 && p.n >= packACols && max(p.a.row, p.a.col) >= packAStride
	if !g.packA && !g.packB {
		g.compute(nil)
		return
	}
	w := takeWorkspace()
	g.compute(&w.packed)
	giveWorkspace(w)
}

// compute runs one block after the other.
func (g *block) compute(buf *packed) {
	step, lines := even(g.n, nBlock, 24), max(1, kBlock/g.k)
	for g.j0 = 0; g.j0 < g.n; g.j0 += step {
		g.cols = min(step, g.n-g.j0)
		for g.s0 = 0; g.s0 < g.lines; g.s0 += lines {
			g.segment = min(lines, g.lines-g.s0)
			for g.l0 = 0; g.l0 < g.k; g.l0 += kBlock {
				g.terms = min(kBlock, g.k-g.l0)
				for g.i0 = 0; g.i0 < g.m; g.i0 += mBlock {
					g.rows = min(mBlock, g.m-g.i0)
					g.run(buf)
				}
			}
		}
	}
}

// even returns the block size, a multiple of unit up to most, that divides n most
// evenly.
func even(n, most, unit int) int {
	blocks := (n + most - 1) / most
	each := (n + blocks - 1) / blocks
	return (each + unit - 1) / unit * unit
}

// block is one block of a product: rows i0… and columns j0… of C, lines s0… of A
// or, of a line that is too long, terms l0….
type block struct {
	product
	i0, j0, s0, l0             int
	rows, cols, segment, terms int
	lanes                      int
	packA, packB               bool
}

// run multiplies the rows of A with one panel of B after the other.
func (g *block) run(buf *packed) {
	a, rsa, csa := &g.a.data[g.i0*g.a.row+g.s0*g.jump+g.l0*g.a.col], g.a.row, g.a.col
	if g.packA {
		a, rsa, csa = g.packRows(buf)
	}
	load := 0
	if g.add || g.s0 > 0 || g.l0 > 0 {
		load = 1
	}
	first, depth := g.s0*g.k+g.l0, g.segment*g.terms // rows of op(B)
	var panels []float64
	if g.packB {
		panels = grow(&buf.b, (g.cols+2*g.lanes)*depth)
	}
	for j := 0; j < g.cols; {
		vecs, tail := g.panelAt(j)
		width := vecs * g.lanes
		var b *float64
		ldb := g.ldb
		if g.packB {
			b, ldb = &panels[j*depth], width
			if g.i0 == 0 {
				g.packPanel(b, j, first, depth, vecs, tail)
			}
		} else {
			b = &g.b[first*g.ldb+g.j0+j]
		}
		c := &g.c[g.i0*g.ldc+g.j0+j]
		gemmPanel(vecs, g.lanes, g.rows, g.segment, g.terms, a, 8*rsa, 8*csa, 8*(g.jump-g.terms*csa), b, 8*ldb, c, 8*g.ldc, load, tail)
		j += width
	}
}

// panelAt returns the width of the panel at column j in registers, 3 or fewer so
// that no last panel is a single register where it can be two, and the number of
// lanes used of its last register.
func (g *block) panelAt(j int) (vecs, tail int) {
	left := (g.cols - j + g.lanes - 1) / g.lanes
	vecs = min(left, 3)
	if left == 4 {
		vecs = 2
	}
	return vecs, min(g.lanes, g.cols-j-(vecs-1)*g.lanes)
}

// packPanel copies depth rows of op(B) from row first on to dst: the panel at
// column j, vecs registers wide.
func (g *block) packPanel(dst *float64, j, first, depth, vecs, tail int) {
	width := vecs * g.lanes
	switch j += g.j0; {
	case g.transB:
		packTransposed(dst, &g.b[j*g.ldb+first], 8*g.ldb, depth, 8*width, width-g.lanes+tail)
	case g.lanes == 8:
		packAVX512(dst, &g.b[first*g.ldb+j], 8*g.ldb, depth, vecs, tail)
	default:
		packAVX2(dst, &g.b[first*g.ldb+j], 8*g.ldb, depth, vecs, tail)
	}
}

// packRows copies the block's rows of A in the order they are stored in, with a
// stride that is no power of two, which would crowd the cache.
func (g *block) packRows(buf *packed) (a *float64, rsa, csa int) {
	outer, inner, stride := g.rows, g.terms, g.a.row
	if g.a.col != 1 {
		outer, inner, stride = g.terms, g.rows, g.a.col
	}
	from := g.a.data[g.i0*g.a.row+g.l0*g.a.col:]
	ld := (inner+7)&^7 + 8
	to := grow(&buf.a, outer*ld)
	for o := range outer {
		copy(to[o*ld:o*ld+inner], from[o*stride:])
	}
	if g.a.col != 1 {
		return &to[0], 1, ld
	}
	return &to[0], ld, 1
}

// gemmPanel calls the kernel for a panel vecs registers wide; see internal/gen for
// its arguments.
func gemmPanel(vecs, lanes, m, lines, k int, a *float64, rsa, csa, jump int, b *float64, ldb int, c *float64, ldc, load, tail int) {
	if lanes == 8 {
		switch vecs {
		case 3:
			gemm3AVX512(m, lines, k, a, rsa, csa, jump, b, ldb, c, ldc, load, tail)
		case 2:
			gemm2AVX512(m, lines, k, a, rsa, csa, jump, b, ldb, c, ldc, load, tail)
		default:
			gemm1AVX512(m, lines, k, a, rsa, csa, jump, b, ldb, c, ldc, load, tail)
		}
		return
	}
	switch {
	case vecs == 3 && tail == 4:
		gemm3AVX2(m, lines, k, a, rsa, csa, jump, b, ldb, c, ldc, load, tail)
	case vecs == 3:
		gemm3MaskedAVX2(m, lines, k, a, rsa, csa, jump, b, ldb, c, ldc, load, tail)
	case vecs == 2 && tail == 4:
		gemm2AVX2(m, lines, k, a, rsa, csa, jump, b, ldb, c, ldc, load, tail)
	case vecs == 2:
		gemm2MaskedAVX2(m, lines, k, a, rsa, csa, jump, b, ldb, c, ldc, load, tail)
	case tail == 4:
		gemm1AVX2(m, lines, k, a, rsa, csa, jump, b, ldb, c, ldc, load, tail)
	default:
		gemm1MaskedAVX2(m, lines, k, a, rsa, csa, jump, b, ldb, c, ldc, load, tail)
	}
}
