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

// SumRows adds the sum of each of the first len(dst) columns of a to dst, a being a
// matrix of so many rows, lda apart: dst[j] ← dst[j] + a[0,j] + a[1,j] + … in rising
// order. It is the gradient of AddRow.
func SumRows(dst, a []float64, lda, rows int) {
	checkMatrix("a", rows, len(dst), lda, len(a))
	if rows*len(dst) < 4*rowwiseBand {
		sumRowsPass(dst, a, lda, rows)
		return
	}
	w := takeWorkspace()
	w.columns = columns{dst, a, lda, rows}
	Parallel(&w.columns, (len(dst)+15)/16)
	w.columns = columns{} // keep nobody's memory alive
	giveWorkspace(w)
}

// columns is SumRows as a task: a chunk is 16 columns.
type columns struct {
	dst, a    []float64
	lda, rows int
}

// Run implements Task.
func (c *columns) Run(chunk int) {
	from := 16 * chunk
	sumRowsPass(c.dst[from:min(from+16, len(c.dst))], c.a[from:], c.lda, c.rows)
}

func sumRowsPass(dst, a []float64, lda, rows int) {
	if sumRows(dst, a, lda, rows) {
		return
	}
	for i := range rows {
		for j, v := range a[i*lda : i*lda+len(dst)] {
			dst[j] += v
		}
	}
}
