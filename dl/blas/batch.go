package blas

// GemmBatch does count Gemms of the same shape, one after the other: product i
// has its A at a[i·nextA:], its B at b[i·nextB:] and its C at c[i·nextC:]. A next
// of 0 means that all products share that matrix; with nextC = 0 and β = 1 they
// add up in C. Other C must not overlap.
//
// A convolution is a few such calls (each over all images of a batch), the heads
// of attention are another.
func GemmBatch(count int, transA, transB bool, m, n, k int, alpha float64, a []float64, lda, nextA int, b []float64, ldb, nextB int, beta float64, c []float64, ldc, nextC int) {
	for i := range count {
		Gemm(transA, transB, m, n, k, alpha, a[i*nextA:], lda, b[i*nextB:], ldb, beta, c[i*nextC:], ldc)
	}
}
