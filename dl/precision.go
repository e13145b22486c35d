package dl

import "descent/dl/blas"

// Format is the floating-point format in which a model multiplies matrices.
//
// With Float32 the factors of a product are rounded to float32 and multiplied there; a
// sum goes on in float64 after each 256 terms. It is faster where products are large,
// and slower where they are small, as in convolutions of few channels: see Speed in
// the documentation of the package.
// Everything else stays float64: parameters, losses, optimizers. The gradient of
// one batch then differs from float64's by some 1e-7 of its length (measured: 1e-7
// to 4e-7 on a small model of each kind), and numbers beyond 3.4e38 become
// infinite. The bits are as reproducible as those of Float64.
type Format int

const (
	Float64 Format = iota // 53 bits: relative rounding error 1.1e-16
	Float32               // 24 bits: 6.0e-8
)

// gemm, gemmBatch and gemmLines are the products of package blas, α = 1, in the
// model's format.

func (n *node) gemm(transA, transB bool, rows, cols, k int, a []float64, lda int, b []float64, ldb int, beta float64, c []float64, ldc int) {
	if n.float32() {
		blas.Gemm32(transA, transB, rows, cols, k, 1, a, lda, b, ldb, beta, c, ldc)
	} else {
		blas.Gemm(transA, transB, rows, cols, k, 1, a, lda, b, ldb, beta, c, ldc)
	}
}

func (n *node) gemmBatch(count int, transA, transB bool, rows, cols, k int, a []float64, lda, nextA int, b []float64, ldb, nextB int, beta float64, c []float64, ldc, nextC int) {
	if n.float32() {
		blas.GemmBatch32(count, transA, transB, rows, cols, k, 1, a, lda, nextA, b, ldb, nextB, beta, c, ldc, nextC)
	} else {
		blas.GemmBatch(count, transA, transB, rows, cols, k, 1, a, lda, nextA, b, ldb, nextB, beta, c, ldc, nextC)
	}
}

func (n *node) gemmLines(count int, transA bool, rows, cols, lines, k int, a []float64, lda, lineA, nextA int, b []float64, ldb, nextB int, beta float64, c []float64, ldc, nextC int) {
	if n.float32() {
		blas.GemmLines32(count, transA, rows, cols, lines, k, a, lda, lineA, nextA, b, ldb, nextB, beta, c, ldc, nextC)
	} else {
		blas.GemmLines(count, transA, rows, cols, lines, k, a, lda, lineA, nextA, b, ldb, nextB, beta, c, ldc, nextC)
	}
}

func (n *node) float32() bool { return n.format != nil && *n.format == Float32 }
