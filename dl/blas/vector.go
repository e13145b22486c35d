package blas

import (
	"fmt"
	"math"
)

// Axpy sets y[i] = α·x[i] + y[i], fused.
func Axpy(alpha float64, x, y []float64) {
	sameLength("Axpy", len(y), len(x))
	if !binary(fAxpy, alpha, y, y, x) {
		for i, v := range x {
			y[i] = math.FMA(alpha, v, y[i])
		}
	}
}

// Scale sets x[i] = α·x[i].
func Scale(alpha float64, x []float64) {
	if !binary(fScale, alpha, x, x, x) {
		for i, v := range x {
			x[i] = alpha * v
		}
	}
}

// Add sets dst[i] = x[i] + y[i].
func Add(dst, x, y []float64) {
	sameLength("Add", len(dst), len(x))
	sameLength("Add", len(dst), len(y))
	if !binary(fAdd, 0, dst, x, y) {
		for i, v := range x {
			dst[i] = v + y[i]
		}
	}
}

// Sub sets dst[i] = x[i] − y[i].
func Sub(dst, x, y []float64) {
	sameLength("Sub", len(dst), len(x))
	sameLength("Sub", len(dst), len(y))
	if !binary(fSub, 0, dst, x, y) {
		for i, v := range x {
			dst[i] = v - y[i]
		}
	}
}

// Mul sets dst[i] = x[i]·y[i].
func Mul(dst, x, y []float64) {
	sameLength("Mul", len(dst), len(x))
	sameLength("Mul", len(dst), len(y))
	if !binary(fMul, 0, dst, x, y) {
		for i, v := range x {
			dst[i] = v * y[i]
		}
	}
}

// MulAdd sets dst[i] = x[i]·y[i] + dst[i], fused.
func MulAdd(dst, x, y []float64) {
	sameLength("MulAdd", len(dst), len(x))
	sameLength("MulAdd", len(dst), len(y))
	if !binary(fMulAdd, 0, dst, x, y) {
		for i, v := range x {
			dst[i] = math.FMA(v, y[i], dst[i])
		}
	}
}

// Fill sets every x[i] to v.
func Fill(x []float64, v float64) {
	if v == 0 && !math.Signbit(v) {
		clear(x)
		return
	}
	for i := range x {
		x[i] = v
	}
}

// ReLU sets dst[i] = max(x[i], 0): 0 where x[i] < 0, else x[i], so that NaN comes
// through.
func ReLU(dst, x []float64) {
	if !unary(fReLU, dst, x) {
		for i, v := range x {
			dst[i] = ReLUOne(v)
		}
	}
}

// ReLUOne returns 0 where x < 0, else x.
func ReLUOne(x float64) float64 {
	if x < 0 {
		return 0
	}
	return x
}

// ReLUGrad sets dx[i] = dy[i] where y[i] > 0, else 0; y is ReLU's output (or its
// input).
func ReLUGrad(dx, dy, y []float64) {
	sameLength("ReLUGrad", len(dx), len(dy))
	sameLength("ReLUGrad", len(dx), len(y))
	if !binary(fReLUGrad, 0, dx, dy, y) {
		for i, v := range dy {
			if !(y[i] > 0) {
				v = 0
			}
			dx[i] = v
		}
	}
}

// SigmoidGrad sets dx[i] = (dy[i]·y[i])·(1 − y[i]), each step rounded; y is Sigmoid's
// output.
func SigmoidGrad(dx, dy, y []float64) {
	sameLength("SigmoidGrad", len(dx), len(dy))
	sameLength("SigmoidGrad", len(dx), len(y))
	if !binary(fSigmoidGrad, 0, dx, dy, y) {
		for i, v := range y {
			dx[i] = dy[i] * v * (1 - v)
		}
	}
}

// TanhGrad sets dx[i] = dy[i]·FMA(−y[i], y[i], 1); y is Tanh's output.
func TanhGrad(dx, dy, y []float64) {
	sameLength("TanhGrad", len(dx), len(dy))
	sameLength("TanhGrad", len(dx), len(y))
	if !binary(fTanhGrad, 0, dx, dy, y) {
		for i, v := range y {
			dx[i] = dy[i] * math.FMA(-v, v, 1)
		}
	}
}

// AddRow adds the row b to each row of the rows×cols matrix y.
func AddRow(y []float64, rows, cols int, b []float64) {
	sameLength("AddRow", len(y), rows*cols)
	sameLength("AddRow", len(b), cols)
	if len(y) < 2*rowwiseBand {
		addRowPass(y, cols, b, false)
	} else {
		shareRows(rowwise{f: fAddRow, dst: y, b: b, cols: cols})
	}
}

// AddRowReLU is AddRow, then ReLU of y onto itself, in one pass.
func AddRowReLU(y []float64, rows, cols int, b []float64) {
	sameLength("AddRowReLU", len(y), rows*cols)
	sameLength("AddRowReLU", len(b), cols)
	if len(y) < 2*rowwiseBand {
		addRowPass(y, cols, b, true)
	} else {
		shareRows(rowwise{f: fAddRowReLU, dst: y, b: b, cols: cols})
	}
}

func addRowPass(y []float64, cols int, b []float64, relu bool) {
	if len(y) > tiny && addRow(y, len(y)/cols, cols, b, relu) {
		return
	}
	for ; len(y) > 0; y = y[cols:] {
		for j, v := range b {
			y[j] += v
			if relu {
				y[j] = ReLUOne(y[j])
			}
		}
	}
}

// sameLength panics unless got == want.
func sameLength(where string, got, want int) {
	if got != want {
		panic(badLength(where, got, want))
	}
}

func badLength(where string, got, want int) string {
	return fmt.Sprintf("blas: %s: a slice of length %d where %d is wanted", where, got, want)
}
