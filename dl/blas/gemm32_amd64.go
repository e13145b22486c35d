package blas

// vectorGemm32 runs a float32 product with the path's kernels. Both factors are
// packed, which is where they are rounded: rows of A as they lie, B in panels.
func vectorGemm32(p *product) {
	w := takeWorkspace()
	g := &block32s{product: *p, lanes: 16, buf: &w.packed}
	if path == AVX2 {
		g.lanes = 8
	}
	step := even(g.n, nBlock, 48)
	for g.j0 = 0; g.j0 < g.n; g.j0 += step {
		g.cols = min(step, g.n-g.j0)
		for g.t0 = 0; g.t0 < g.lines*g.k; g.t0 += block32 {
			g.terms = min(block32, g.lines*g.k-g.t0)
			for g.i0 = 0; g.i0 < g.m; g.i0 += mBlock {
				g.rows = min(mBlock, g.m-g.i0)
				g.run()
			}
		}
	}
	giveWorkspace(w)
}

// block32s is one block of a float32 product: rows i0… and columns j0… of C, terms
// t0….
type block32s struct {
	product
	i0, j0, t0        int
	rows, cols, terms int
	lanes             int
	buf               *packed
}

// run multiplies the rows of A with one panel of B after the other. Of a last
// panel that is not full, C goes through a buffer.
func (g *block32s) run() {
	a, rsa, csa := g.packRows()
	load := 0
	if g.add || g.t0 > 0 {
		load = 1
	}
	panels := grow(&g.buf.b32, (g.cols+3*g.lanes)*g.terms)
	for j := 0; j < g.cols; {
		vecs := min(3, (g.cols-j+g.lanes-1)/g.lanes)
		width := vecs * g.lanes
		used := min(width, g.cols-j)
		b := panels[j*g.terms:]
		if g.i0 == 0 {
			g.packPanel(b, j, width, used)
		}
		c, ldc := g.c[g.i0*g.ldc+g.j0+j:], g.ldc
		if used == width {
			gemmPanel32(vecs, g.lanes, g.rows, g.terms, a, 4*rsa, 4*csa, &b[0], 4*width, &c[0], 8*ldc, load)
		} else {
			full := grow(&g.buf.c, mBlock*width)
			for i := range g.rows {
				copy(full[i*width:i*width+used], c[i*ldc:])
			}
			gemmPanel32(vecs, g.lanes, g.rows, g.terms, a, 4*rsa, 4*csa, &b[0], 4*width, &full[0], 8*width, load)
			for i := range g.rows {
				copy(c[i*ldc:i*ldc+used], full[i*width:])
			}
		}
		j += width
	}
}

// packPanel rounds the panel of op(B) at column j to dst, width numbers a row.
func (g *block32s) packPanel(dst []float32, j, width, used int) {
	j += g.j0
	if g.transB {
		turned := grow(&g.buf.b, width*g.terms)
		packTransposed(&turned[0], &g.b[j*g.ldb+g.t0], 8*g.ldb, g.terms, 8*width, used)
		toFloat32(&dst[0], &turned[0], width*g.terms)
		return
	}
	for t := range g.terms {
		toFloat32(&dst[t*width], &g.b[(g.t0+t)*g.ldb+j], used)
	}
}

// packRows rounds the block's rows of A, densely, in the order they are stored in.
func (g *block32s) packRows() (a *float32, rsa, csa int) {
	if g.a.col == 1 {
		ld := g.terms + 16 // no power of two, which would crowd the cache
		to := grow(&g.buf.a32, g.rows*ld)
		for i := range g.rows {
			for t := 0; t < g.terms; {
				s, l := (g.t0+t)/g.k, (g.t0+t)%g.k
				n := min(g.k-l, g.terms-t)
				toFloat32(&to[i*ld+t], &g.a.data[(g.i0+i)*g.a.row+s*g.jump+l], n)
				t += n
			}
		}
		return &to[0], ld, 1
	}
	ld := (g.rows+15)&^15 + 16
	to := grow(&g.buf.a32, g.terms*ld)
	for t := range g.terms {
		s, l := (g.t0+t)/g.k, (g.t0+t)%g.k
		toFloat32(&to[t*ld], &g.a.data[g.i0*g.a.row+s*g.jump+l*g.a.col], g.rows)
	}
	return &to[0], 1, ld
}

func toFloat32(dst *float32, x *float64, n int) {
	if path == AVX512 {
		narrowAVX512(dst, x, n)
	} else {
		narrowAVX2(dst, x, n)
	}
}

func gemmPanel32(vecs, lanes, m, k int, a *float32, rsa, csa int, b *float32, ldb int, c *float64, ldc, load int) {
	switch {
	case lanes == 16 && vecs == 3:
		gemm32x3AVX512(m, k, a, rsa, csa, b, ldb, c, ldc, load)
	case lanes == 16 && vecs == 2:
		gemm32x2AVX512(m, k, a, rsa, csa, b, ldb, c, ldc, load)
	case lanes == 16:
		gemm32x1AVX512(m, k, a, rsa, csa, b, ldb, c, ldc, load)
	case vecs == 3:
		gemm32x3AVX2(m, k, a, rsa, csa, b, ldb, c, ldc, load)
	case vecs == 2:
		gemm32x2AVX2(m, k, a, rsa, csa, b, ldb, c, ldc, load)
	default:
		gemm32x1AVX2(m, k, a, rsa, csa, b, ldb, c, ldc, load)
	}
}
