package blas

import "time"

// fmaPeak measures the FLOP/s of a loop of independent FMAs on the path in use.
func fmaPeak() float64 {
	fastest := 0.0
	for range 5 {
		start := time.Now()
		flop := spinFMA(100000)
		fastest = max(fastest, flop/time.Since(start).Seconds())
	}
	return fastest
}
