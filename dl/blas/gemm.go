package blas

import "math"

// Gemm computes C = α·op(A)·op(B) + β·C, all row-major: op(A) is m×k, op(B) is
// k×n, C is m×n, and op transposes where transA or transB is set. Element (i, j)
// of a matrix with row stride ld is at i·ld + j.
//
// The rows of A as stored may overlap (lda below its number of columns, if
// positive). A convolution is then one product, without an im2col matrix: lda is
// the stride times the channels. Rows of B and C must not overlap, and C must not
// overlap A or B.
//
// Each element of C is one chain of fused multiply-adds over rising k:
//
//	s ← β·C[i,j], or 0 without reading C if β = 0
//	s ← FMA(α·op(A)[i,l], op(B)[l,j], s)   for l = 0, 1, … k−1
//
// where α·op(A)[i,l] and β·C[i,j] are rounded. If α = 0, A and B are not read. With
// α ≠ 1, α·A goes through a buffer; α = 1 costs nothing.
func Gemm(transA, transB bool, m, n, k int, alpha float64, a []float64, lda int, b []float64, ldb int, beta float64, c []float64, ldc int) {
	if m == 0 || n == 0 {
		return
	}
	if k == 0 || alpha == 0 {
		scaleRows(beta, m, n, c, ldc)
		return
	}
	x := operand{a, lda, 1}
	if transA {
		x = operand{a, 1, lda}
	}
	if alpha != 1 {
		x = x.scaled(alpha, m, k)
	}
	if beta != 0 {
		scaleRows(beta, m, n, c, ldc)
	}
	if vectorGemm(m, n, k, x, transB, b, ldb, beta != 0, c, ldc) {
		return
	}
	if beta == 0 {
		scaleRows(0, m, n, c, ldc)
	}
	portableGemm(m, n, k, x, transB, b, ldb, c, ldc)
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

// scaled returns a dense copy of the m×k operand, each element times alpha.
func (x operand) scaled(alpha float64, m, k int) operand {
	data := make([]float64, m*k)
	for i := range m {
		for l := range k {
			data[i*k+l] = alpha * x.data[i*x.row+l*x.col]
		}
	}
	return operand{data, k, 1}
}

// portableGemm continues the chains of C with A·op(B).
func portableGemm(m, n, k int, a operand, transB bool, b []float64, ldb int, c []float64, ldc int) {
	for i := range m {
		row := c[i*ldc : i*ldc+n]
		if transB {
			for j := range row {
				s := row[j]
				for l, v := range b[j*ldb : j*ldb+k] {
					s = math.FMA(a.data[i*a.row+l*a.col], v, s)
				}
				row[j] = s
			}
			continue
		}
		for l := range k {
			v := a.data[i*a.row+l*a.col]
			for j, w := range b[l*ldb : l*ldb+n] {
				row[j] = math.FMA(v, w, row[j])
			}
		}
	}
}
