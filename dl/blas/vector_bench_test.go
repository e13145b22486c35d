package blas

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"
)

// fastest runs f for the benchmark's time and reports the quickest round.
func fastest(b *testing.B, f func()) (seconds float64) {
	seconds = math.Inf(1)
	for b.Loop() {
		start := time.Now()
		f()
		seconds = min(seconds, time.Since(start).Seconds())
	}
	return seconds
}

func BenchmarkFunctions(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	x := random(rng, 4096)
	for i := range x {
		x[i] = x[i]*5 + 5.1
	}
	y, slope := make([]float64, len(x)), make([]float64, len(x))
	for _, f := range []struct {
		name string
		run  func(dst, x []float64)
	}{
		{"Exp", Exp}, {"Expm1", Expm1}, {"Sigmoid", Sigmoid}, {"Tanh", Tanh}, {"Erf", Erf}, {"Log", Log}, {"Log1p", Log1p},
		{"ReLU", ReLU}, {"Sin", Sin}, {"Cos", Cos},
		{"GELU", func(dst, x []float64) { GELU(dst, slope, x) }},
		{"Softmax10", func(dst, x []float64) { SoftmaxRows(dst[:4090], x[:4090], 409, 10) }},
		{"Softmax64", func(dst, x []float64) { SoftmaxRows(dst, x, 64, 64) }},
	} {
		b.Run(f.name, func(b *testing.B) {
			s := fastest(b, func() { f.run(y, x) })
			b.ReportMetric(s*1e9/float64(len(x)), "ns/element")
		})
	}
}

// BenchmarkPasses reports the memory traffic of each pass, in the cache and out
// of it, beside copy's.
func BenchmarkPasses(b *testing.B) {
	for _, n := range []int{1 << 10, 1 << 14, 1 << 23} {
		var s [4][]float64
		rng := rand.New(rand.NewPCG(1, 2))
		for i := range s {
			s[i] = random(rng, n)
		}
		Mul(s[3], s[3], s[3])
		rows := n / 64
		for _, f := range []struct {
			name    string
			streams int // slices read and slices written
			run     func()
		}{
			{"copy", 2, func() { copy(s[0], s[1]) }},
			{"Sum", 1, func() { sink = Sum(s[0]) }},
			{"Dot", 2, func() { sink = Dot(s[0], s[1]) }},
			{"Add", 3, func() { Add(s[0], s[1], s[2]) }},
			{"ReLU", 2, func() { ReLU(s[0], s[1]) }},
			{"ReLUGrad", 3, func() { ReLUGrad(s[0], s[1], s[2]) }},
			{"AddRow", 2, func() { AddRow(s[0], rows, 64, s[1][:64]) }},
			{"SumRows", 1, func() { SumRows(s[0][:64], s[1], 64, rows) }},
			{"SGD", 3, func() { SGD(s[0], s[1], 1e-9) }},
			{"Momentum", 5, func() { Momentum(s[0], s[1], s[2], 1e-9, 0.5, false) }},
			{"Adam", 7, func() { Adam(s[0], s[1], s[2], s[3], 1e-9, 0.9, 0.999, 1e-7, 0, 1, 1) }},
		} {
			b.Run(fmt.Sprintf("n=%d/%s", n, f.name), func(b *testing.B) {
				t := fastest(b, f.run)
				b.ReportMetric(float64(8*n*f.streams)/t/1e9, "GB/s")
				b.ReportMetric(t*1e9/float64(n), "ns/element")
			})
		}
	}
}
