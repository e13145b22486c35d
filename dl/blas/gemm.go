package blas

import (
	"fmt"
	"math"
)

// Gemm computes C = α·op(A)·op(B) + β·C, all row-major: op(A) is m×k, op(B) is
// k×n, C is m×n, and op transposes where transA or transB is set. Element (i, j)
// of a matrix with row stride ld is at i·ld + j.
//
// The rows of A as stored may overlap (lda below its number of columns, down to
// 1). A convolution is then one product, without an im2col matrix: lda is the
// stride times the channels. Rows of C must not overlap, and C must not overlap A
// or B.
//
// Each element of C is one chain of fused multiply-adds over rising k:
//
//	s ← β·C[i,j], or 0 without reading C if β = 0
//	s ← FMA(α·op(A)[i,l], op(B)[l,j], s)   for l = 0, 1, … k−1
//
// where α·op(A)[i,l] and β·C[i,j] are rounded. If α = 0, A and B are not read. With
// α ≠ 1, α·A goes through a buffer; α = 1 costs nothing, and β = 0 and β = 1
// neither. Gemm panics if a slice is too short for its shape.
func Gemm(transA, transB bool, m, n, k int, alpha float64, a []float64, lda int, b []float64, ldb int, beta float64, c []float64, ldc int) {
	gemm(false, transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
}

// gemm is Gemm or, with single, Gemm32.
func gemm(single, transA, transB bool, m, n, k int, alpha float64, a []float64, lda int, b []float64, ldb int, beta float64, c []float64, ldc int) {
	if m == 0 || n == 0 {
		return
	}
	rowsB, colsB := k, n
	if transB {
		rowsB, colsB = n, k
	}
	x, rowsA, colsA := operand{a, lda, 1}, m, k
	if transA {
		x, rowsA, colsA = operand{a, 1, lda}, k, m
	}
	checkMatrix("c", m, n, ldc, len(c))
	if k == 0 || alpha == 0 {
		scaleRows(beta, m, n, c, ldc)
		return
	}
	checkMatrix("a", rowsA, colsA, lda, len(a))
	checkMatrix("b", rowsB, colsB, ldb, len(b))
	if beta != 0 {
		scaleRows(beta, m, n, c, ldc)
	}
	if alpha == 1 && m*n*k <= tiny && !single {
		tinyGemm(m, n, k, x, transB, b, ldb, beta != 0, c, ldc)
		return
	}
	p := product{single: single, m: m, n: n, lines: 1, k: k, a: x, transB: transB, b: b, ldb: ldb, add: beta != 0, c: c, ldc: ldc}
	parallel := p.flop() >= parallelFLOP
	if alpha == 1 && !parallel {
		p.compute()
		return
	}
	w := takeWorkspace()
	if alpha != 1 {
		p.a = x.scaled(grow(&w.packed.scaled, m*k), alpha, m, k)
	}
	if parallel {
		p.share(w)
	} else {
		p.compute()
	}
	giveWorkspace(w)
}

// checkMatrix panics if a rows×cols matrix with row stride ld does not fit into a
// slice of length n.
func checkMatrix(name string, rows, cols, ld, n int) {
	if rows < 0 || cols < 0 || ld < 1 || n < (rows-1)*ld+cols {
		panic(badMatrix(name, rows, cols, ld, n))
	}
}

func badMatrix(name string, rows, cols, ld, n int) string {
	return fmt.Sprintf("blas: Gemm: %s is %d×%d with row stride %d, which needs %d elements, but has %d", name, rows, cols, ld, (rows-1)*ld+cols, n)
}

// scaleRows sets C ← β·C, and 0 without reading it if β = 0.
func scaleRows(beta float64, m, n int, c []float64, ldc int) {
	if beta == 1 {
		return
	}
	for i := range m {
		row := c[i*ldc : i*ldc+n]
		if beta == 0 {
			clear(row)
		} else {
			Scale(beta, row)
		}
	}
}

// operand is a matrix with any strides: element (i, l) is data[i·row + l·col].
type operand struct {
	data     []float64
	row, col int
}

// scaled copies the m×k operand times alpha to data, densely.
func (x operand) scaled(data []float64, alpha float64, m, k int) operand {
	for i := range m {
		for l := range k {
			data[i*k+l] = alpha * x.data[i*x.row+l*x.col]
		}
	}
	return operand{data, k, 1}
}

// product is C = A·op(B), or with add C = C + A·op(B). The columns of A come in
// lines of k: column s·k + l of row i is at s·jump beyond element (i, l).
type product struct {
	single         bool // float32 products
	m, n, lines, k int
	a              operand
	jump           int
	transB         bool // needs a single line
	b              []float64
	ldb            int
	add            bool
	c              []float64
	ldc            int
}

func (p *product) flop() float64 {
	return 2 * float64(p.m) * float64(p.n) * float64(p.lines*p.k)
}

// compute runs the product on this goroutine.
func (p *product) compute() {
	if p.single {
		p.compute32()
		return
	}
	switch {
	case path != Portable:
		vectorGemm(p)
	case p.transB:
		w := takeWorkspace()
		p.untransposed(grow(&w.packed.b, p.k*p.n)).compute()
		giveWorkspace(w)
	default:
		for i := range p.m {
			row := p.c[i*p.ldc : i*p.ldc+p.n]
			if !p.add {
				clear(row)
			}
			for s := range p.lines {
				p.row(row, p.a.data[i*p.a.row+s*p.jump:], p.b[s*p.k*p.ldb:])
			}
		}
	}
}

// untransposed returns the product with B copied to b as it is to be read.
func (p *product) untransposed(b []float64) *product {
	for j := range p.n {
		for l, v := range p.b[j*p.ldb : j*p.ldb+p.k] {
			b[l*p.n+j] = v
		}
	}
	q := *p
	q.transB, q.b, q.ldb = false, b, p.n
	return &q
}

// tiny is the number of multiply-adds up to which calling a kernel does not pay.
const tiny = 32

// tinyGemm is the definition, for products of a few elements.
func tinyGemm(m, n, k int, a operand, transB bool, b []float64, ldb int, add bool, c []float64, ldc int) {
	rowB, colB := ldb, 1
	if transB {
		rowB, colB = 1, ldb
	}
	for i := range m {
		for j := range n {
			var s float64
			if add {
				s = c[i*ldc+j]
			}
			for l := range k {
				s = math.FMA(a.data[i*a.row+l*a.col], b[l*rowB+j*colB], s)
			}
			c[i*ldc+j] = s
		}
	}
}

// row continues the chains of a row of C with a line of A times rows of B, four
// terms at a time, so that C is loaded and stored less often.
func (p *product) row(row, a, b []float64) {
	l := 0
	for ; l+4 <= p.k; l += 4 {
		x0, x1, x2, x3 := a[l*p.a.col], a[(l+1)*p.a.col], a[(l+2)*p.a.col], a[(l+3)*p.a.col]
		b0 := b[l*p.ldb:][:len(row)]
		b1 := b[(l+1)*p.ldb:][:len(row)]
		b2 := b[(l+2)*p.ldb:][:len(row)]
		b3 := b[(l+3)*p.ldb:][:len(row)]
		for j, s := range row {
			s = math.FMA(x0, b0[j], s)
			s = math.FMA(x1, b1[j], s)
			s = math.FMA(x2, b2[j], s)
			row[j] = math.FMA(x3, b3[j], s)
		}
	}
	for ; l < p.k; l++ {
		x := a[l*p.a.col]
		for j, v := range b[l*p.ldb : l*p.ldb+p.n] {
			row[j] = math.FMA(x, v, row[j])
		}
	}
}

// part returns the product for rows i to i+m and columns j to j+n of C.
func (p *product) part(i, m, j, n int) product {
	q := *p
	q.m, q.n = m, n
	q.a.data = p.a.data[i*p.a.row:]
	q.b = p.b[j:]
	if p.transB {
		q.b = p.b[j*p.ldb:]
	}
	q.c = p.c[i*p.ldc+j:]
	return q
}
