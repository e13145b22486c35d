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

// Stand-ins until the kernels arrive.

func Axpy(a float64, x, y []float64) {
	for i, v := range x {
		y[i] = math.FMA(a, v, y[i])
	}
}
func Scale(a float64, x []float64) {
	for i := range x {
		x[i] *= a
	}
}
func Dot(x, y []float64) float64 {
	s := 0.0
	for i, v := range x {
		s = math.FMA(v, y[i], s)
	}
	return s
}
func LogOne(x float64) float64 { return math.Log(x) }
func AddRow(y []float64, rows, cols int, b []float64) {
	for i := range rows {
		for j := range cols {
			y[i*cols+j] += b[j]
		}
	}
}
func SumRows(dst, a []float64, rows, cols int) {
	for i := range rows {
		for j := range cols {
			dst[j] += a[i*cols+j]
		}
	}
}
func SGD(theta, g []float64, lr float64) {
	for i, v := range g {
		theta[i] = math.FMA(-lr, v, theta[i])
	}
}
func Momentum(theta, g, v []float64, lr, mu float64, nesterov bool) {
	for i := range g {
		v[i] = mu*v[i] - lr*g[i]
		if nesterov {
			theta[i] += mu*v[i] - lr*g[i]
		} else {
			theta[i] += v[i]
		}
	}
}
func Adam(theta, g, m, v []float64, lr, beta1, beta2, eps, decay, c1, c2 float64) {
	for i := range g {
		theta[i] -= decay * theta[i]
		m[i] = beta1*m[i] + (1-beta1)*g[i]
		v[i] = beta2*v[i] + (1-beta2)*g[i]*g[i]
		theta[i] -= lr * (m[i] * c1) / (math.Sqrt(v[i]*c2) + eps)
	}
}
