package blas

import "math"

// SoftmaxRows sets each row of dst to the softmax of that row of x, both
// rows×cols: e = exp(x − max), then e/Sum(e). The maximum keeps exp from
// overflowing. A row that holds NaN or +Inf, or nothing but −Inf, becomes NaN.
func SoftmaxRows(dst, x []float64, rows, cols int) {
	sameLength("SoftmaxRows", len(dst), rows*cols)
	sameLength("SoftmaxRows", len(x), rows*cols)
	if len(dst) < 2*rowwiseBand {
		softmaxPass(dst, x, cols)
	} else {
		shareRows(rowwise{f: fSoftmax, dst: dst, x: x, cols: cols})
	}
}

func softmaxPass(dst, x []float64, cols int) {
	if len(x) == 0 {
		return
	}
	rows := len(x) / cols
	if softmaxRows(dst, x, rows, cols) {
		return
	}
	for i := range rows {
		in, out := x[i*cols:(i+1)*cols], dst[i*cols:(i+1)*cols]
		top := math.Inf(-1)
		for _, v := range in {
			if v > top {
				top = v
			}
		}
		for j, v := range in {
			out[j] = ExpOne(v - top)
		}
		s := Sum(out)
		for j := range out {
			out[j] /= s
		}
	}
}
