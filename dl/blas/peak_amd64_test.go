package blas

// spinFMA runs n rounds of FMAs and returns how many operations these were.
func spinFMA(n int) (flop float64) {
	switch path {
	case AVX512:
		peakAVX512(n)
		return float64(n) * 2 * 24 * 8
	case AVX2:
		peakAVX2(n)
		return float64(n) * 2 * 12 * 4
	}
	return spinGo(n)
}
