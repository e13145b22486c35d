package blas

import "math"

// spinGo is spinFMA in Go, on 8 independent chains.
func spinGo(n int) (flop float64) {
	var a, b, c, d, e, f, g, h float64
	x := 0.5
	for range n {
		a, b, c, d = math.FMA(x, x, a), math.FMA(x, x, b), math.FMA(x, x, c), math.FMA(x, x, d)
		e, f, g, h = math.FMA(x, x, e), math.FMA(x, x, f), math.FMA(x, x, g), math.FMA(x, x, h)
	}
	sink = a + b + c + d + e + f + g + h
	return float64(n) * 2 * 8
}

var sink float64
