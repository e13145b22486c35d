//go:build !amd64

package blas

func spinFMA(n int) (flop float64) { return spinGo(n) }
