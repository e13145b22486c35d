package blas

import "golang.org/x/sys/cpu"

// best returns the best path of this CPU.
func best() Path {
	x := &cpu.X86
	switch {
	case x.HasAVX512F && x.HasAVX512DQ && x.HasAVX512VL && x.HasAVX2 && x.HasFMA && x.HasBMI2:
		return AVX512
	case x.HasAVX2 && x.HasFMA:
		return AVX2
	}
	return Portable
}

func unary(f function, dst, x []float64) bool {
	sameLength("dst", len(dst), len(x))
	return false
}

func binary(f operation, alpha float64, dst, x, y []float64) bool        { return false }
func sum(x []float64) (float64, bool)                                    { return 0, false }
func dot(x, y []float64) (float64, bool)                                 { return 0, false }
func sumRows(dst, a []float64, rows, cols int) bool                      { return false }
func addRow(y []float64, rows, cols int, b []float64, relu bool) bool    { return false }
func softmaxRows(dst, x []float64, rows, cols int) bool                  { return false }
func momentum(theta, g, v []float64, lr, mu float64, nesterov bool) bool { return false }
func adam(theta, g, m, v []float64, c *adamConstants) bool               { return false }
