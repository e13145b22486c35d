// Package blas holds the float64 kernels of dl. See its contract in Gemm.
package blas

import "math"

// Gemm computes C = αop(A)op(B) + βC, row-major, op(A) m×k and op(B) k×n.
// Each element is one chain of fused multiply-adds over rising k that starts
// from βC. Rows of A may overlap (lda < k when A is not transposed).
func Gemm(transA, transB bool, m, n, k int, alpha float64, a []float64, lda int, b []float64, ldb int, beta float64, c []float64, ldc int) {
	for i := range m {
		for j := range n {
			var s float64
			if beta != 0 {
				s = beta * c[i*ldc+j]
			}
			for l := range k {
				ai, bi := i*lda+l, l*ldb+j
				if transA {
					ai = l*lda + i
				}
				if transB {
					bi = j*ldb + l
				}
				s = math.FMA(alpha*a[ai], b[bi], s)
			}
			c[i*ldc+j] = s
		}
	}
}
