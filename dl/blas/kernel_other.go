//go:build !amd64

package blas

// Other architectures have no kernels yet: each of these says so by returning
// false, and the caller computes by the definition.

func best() Path { return Portable }

func unary(f function, dst, x []float64) bool {
	sameLength(f.String(), len(dst), len(x))
	return false
}

func binary(f operation, alpha float64, dst, x, y []float64) bool        { return false }
func sum(x []float64) (float64, bool)                                    { return 0, false }
func dot(x, y []float64) (float64, bool)                                 { return 0, false }
func sumRows(dst, a []float64, lda, rows int) bool                       { return false }
func addRow(y []float64, rows, cols int, b []float64, relu bool) bool    { return false }
func softmaxRows(dst, x []float64, rows, cols int) bool                  { return false }
func momentum(theta, g, v []float64, lr, mu float64, nesterov bool) bool { return false }
func adam(theta, g, m, v []float64, c *adamConstants) bool               { return false }

func maxWindows(best []float64, from []int, x []float64, at, channels, step, line, high, wide int) bool {
	return false
}

func vectorGemm(p *product)   {}
func vectorGemm32(p *product) {}

type vectors struct{}
