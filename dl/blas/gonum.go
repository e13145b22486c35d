package blas

import (
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"
)

// Implementation is Gonum's BLAS with this package's kernels behind Dgemm, Dsyrk,
// Dgemv, Dger, Ddot, Daxpy and Dscal. The vector routines and those with vectors
// are replaced for unit increments. Any Gonum program may use it:
//
//	blas64.Use(blas.Implementation{})
//
// dl itself calls the kernels directly and sets nothing global.
//
// Arguments are checked by Gonum's own routine, called with factors that make it
// do nothing, so that it panics on the same arguments with the same words.
type Implementation struct{ gonum.Implementation }

var _ blas.Float64 = Implementation{}

// Dgemm computes C = α·op(A)·op(B) + β·C; see Gemm for the rounding.
func (i Implementation) Dgemm(tA, tB blas.Transpose, m, n, k int, alpha float64, a []float64, lda int, b []float64, ldb int, beta float64, c []float64, ldc int) {
	i.Implementation.Dgemm(tA, tB, m, n, k, 0, a, lda, b, ldb, 1, c, ldc)
	Gemm(tA != blas.NoTrans, tB != blas.NoTrans, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
}

// syrkBlock is the size of the blocks on Dsyrk's diagonal.
const syrkBlock = 48

// Dsyrk computes one triangle of C = α·A·Aᵀ + β·C, or with tA of α·Aᵀ·A + β·C, each
// element as Gemm does.
func (i Implementation) Dsyrk(ul blas.Uplo, tA blas.Transpose, n, k int, alpha float64, a []float64, lda int, beta float64, c []float64, ldc int) {
	i.Implementation.Dsyrk(ul, tA, n, k, 0, a, lda, 1, c, ldc)
	trans := tA != blas.NoTrans
	step := lda // from one row of op(A) to the next
	if trans {
		step = 1
	}
	w := takeWorkspace()
	square := grow(&w.packed.square, syrkBlock*syrkBlock)
	for r := 0; r < n; r += syrkBlock {
		rows := min(syrkBlock, n-r)
		copyRows(square, syrkBlock, c[r*ldc+r:], ldc, rows, func(int) (from, to int) { return 0, rows })
		Gemm(trans, !trans, rows, rows, k, alpha, tail(a, r*step), lda, tail(a, r*step), lda, beta, square, syrkBlock)
		if ul == blas.Upper {
			copyRows(c[r*ldc+r:], ldc, square, syrkBlock, rows, func(i int) (from, to int) { return i, rows })
			if j := r + rows; j < n {
				Gemm(trans, !trans, rows, n-j, k, alpha, tail(a, r*step), lda, tail(a, j*step), lda, beta, c[r*ldc+j:], ldc)
			}
			continue
		}
		copyRows(c[r*ldc+r:], ldc, square, syrkBlock, rows, func(i int) (from, to int) { return 0, i + 1 })
		Gemm(trans, !trans, rows, r, k, alpha, tail(a, r*step), lda, a, lda, beta, c[r*ldc:], ldc)
	}
	giveWorkspace(w)
}

// tail returns a[from:], or nothing where an empty matrix has no such place.
func tail(a []float64, from int) []float64 { return a[min(from, len(a)):] }

// copyRows copies columns from…to of each row, which columns tells.
func copyRows(dst []float64, ldd int, src []float64, lds, rows int, columns func(i int) (from, to int)) {
	for i := range rows {
		from, to := columns(i)
		copy(dst[i*ldd+from:i*ldd+to], src[i*lds+from:])
	}
}

// Dgemv computes y = α·op(A)·x + β·y: FMA(α, Dot(row, x), β·y[i]) for each row of A
// or, for Aᵀ, β·y and then one Axpy after the other of A's rows.
func (i Implementation) Dgemv(tA blas.Transpose, m, n int, alpha float64, a []float64, lda int, x []float64, incX int, beta float64, y []float64, incY int) {
	if incX != 1 || incY != 1 {
		i.Implementation.Dgemv(tA, m, n, alpha, a, lda, x, incX, beta, y, incY)
		return
	}
	i.Implementation.Dgemv(tA, m, n, 0, a, lda, x, incX, 1, y, incY)
	if m == 0 || n == 0 {
		return
	}
	lenX, lenY := n, m
	if tA != blas.NoTrans {
		lenX, lenY = m, n
	}
	x, y = x[:lenX], y[:lenY]
	scaleRows(beta, 1, lenY, y, lenY)
	for r := 0; r < m && alpha != 0; r++ {
		row := a[r*lda : r*lda+n]
		if tA == blas.NoTrans {
			y[r] = math.FMA(alpha, Dot(row, x), y[r])
		} else {
			Axpy(alpha*x[r], row, y)
		}
	}
}

// Dger adds α·x·yᵀ to A, a row at a time: FMA(α·x[i], y[j], A[i,j]).
func (i Implementation) Dger(m, n int, alpha float64, x []float64, incX int, y []float64, incY int, a []float64, lda int) {
	if incX != 1 || incY != 1 {
		i.Implementation.Dger(m, n, alpha, x, incX, y, incY, a, lda)
		return
	}
	i.Implementation.Dger(m, n, 0, x, incX, y, incY, a, lda)
	for r := 0; r < m && n > 0 && alpha != 0; r++ {
		Axpy(alpha*x[r], y[:n], a[r*lda:r*lda+n])
	}
}

// Ddot is Dot for unit increments.
func (i Implementation) Ddot(n int, x []float64, incX int, y []float64, incY int) float64 {
	if incX != 1 || incY != 1 || n < 1 || len(x) < n || len(y) < n {
		return i.Implementation.Ddot(n, x, incX, y, incY)
	}
	return Dot(x[:n], y[:n])
}

// Daxpy is Axpy for unit increments.
func (i Implementation) Daxpy(n int, alpha float64, x []float64, incX int, y []float64, incY int) {
	if incX != 1 || incY != 1 || n < 1 || alpha == 0 || len(x) < n || len(y) < n {
		i.Implementation.Daxpy(n, alpha, x, incX, y, incY)
		return
	}
	Axpy(alpha, x[:n], y[:n])
}

// Dscal is Scale for unit increments; like Gonum's, it clears x for α = 0.
func (i Implementation) Dscal(n int, alpha float64, x []float64, incX int) {
	if incX != 1 || n < 1 || alpha == 0 || len(x) < n {
		i.Implementation.Dscal(n, alpha, x, incX)
		return
	}
	Scale(alpha, x[:n])
}
