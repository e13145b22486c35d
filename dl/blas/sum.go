package blas

import "math"

// Sum returns Σ x[i] in 8 lanes: lane l adds x[l], x[l+8], x[l+16], … to 0, and
// the lanes are combined as ((0+4)+(2+6)) + ((1+5)+(3+7)).
func Sum(x []float64) float64 {
	if s, ok := sum(x); ok {
		return s
	}
	var lane [8]float64
	for i, v := range x {
		lane[i%8] += v
	}
	return combine(&lane)
}

// Dot returns Σ x[i]·y[i] in 8 lanes as Sum does, each a chain of fused
// multiply-adds.
func Dot(x, y []float64) float64 {
	sameLength("Dot", len(x), len(y))
	if s, ok := dot(x, y); ok {
		return s
	}
	var lane [8]float64
	for i, v := range x {
		lane[i%8] = math.FMA(v, y[i], lane[i%8])
	}
	return combine(&lane)
}

// combine adds up the lanes by halves, as vector registers do.
func combine(s *[8]float64) float64 {
	return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]))
}

// SumRows adds the sum of each column of the rows×cols matrix a to dst:
// dst[j] ← dst[j] + a[0,j] + a[1,j] + … in rising order. It is the gradient of
// AddRow.
func SumRows(dst, a []float64, rows, cols int) {
	sameLength("SumRows", len(dst), cols)
	sameLength("SumRows", len(a), rows*cols)
	if sumRows(dst, a, rows, cols) {
		return
	}
	for i := range rows {
		for j, v := range a[i*cols : (i+1)*cols] {
			dst[j] += v
		}
	}
}
