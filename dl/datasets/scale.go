package datasets

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// A Scaler brings columns to a common scale: x becomes (x − Shift)/Scale,
// column by column. Fit one to the training data only and apply it to all
// data, or the test set leaks into the training.
type Scaler struct{ Shift, Scale []float64 }

// FitStandard returns the scaler that gives each column of X mean 0 and
// standard deviation 1 (that of the population, with N below the root, as in
// scikit-learn). A constant column has no deviation: its Scale is 1.
func FitStandard(X mat.Matrix) (*Scaler, error) {
	return fit("FitStandard", X, func(column []float64) (shift, scale float64) {
		for _, v := range column {
			shift += v
		}
		shift /= float64(len(column))
		for _, v := range column {
			scale = math.FMA(v-shift, v-shift, scale)
		}
		return shift, math.Sqrt(scale / float64(len(column)))
	})
}

// FitMinMax returns the scaler that takes the least number of each column of X
// to 0 and the greatest to 1. The Scale of a constant column is 1.
func FitMinMax(X mat.Matrix) (*Scaler, error) {
	return fit("FitMinMax", X, func(column []float64) (shift, scale float64) {
		low, high := column[0], column[0]
		for _, v := range column {
			low, high = min(low, v), max(high, v)
		}
		return low, high - low
	})
}

func fit(function string, X mat.Matrix, measure func(column []float64) (shift, scale float64)) (*Scaler, error) {
	n, cols := X.Dims()
	if n == 0 {
		return nil, fmt.Errorf("datasets: %s: no rows, want training data", function)
	}
	s := &Scaler{make([]float64, cols), make([]float64, cols)}
	column := make([]float64, n)
	for j := range cols {
		constant := true
		for i := range column {
			column[i] = X.At(i, j)
			if math.IsNaN(column[i]) || math.IsInf(column[i], 0) {
				return nil, fmt.Errorf("datasets: %s: row %d, column %d is %g, want finite numbers; leave the row out or fill it in", function, i, j, column[i])
			}
			constant = constant && column[i] == column[0]
		}
		s.Shift[j], s.Scale[j] = measure(column)
		if constant {
			s.Shift[j], s.Scale[j] = column[0], 0 // the mean may be off by rounding
		}
		if s.Scale[j] == 0 {
			s.Scale[j] = 1
		}
	}
	return s, nil
}

// Apply returns X scaled, N×D as X is.
func (s *Scaler) Apply(X mat.Matrix) (*mat.Dense, error) {
	return s.each("Apply", X, func(v, shift, scale float64) float64 { return (v - shift) / scale })
}

// Invert undoes Apply: it takes predictions of a scaled target, say, back to
// the target's units.
func (s *Scaler) Invert(X mat.Matrix) (*mat.Dense, error) {
	return s.each("Invert", X, func(v, shift, scale float64) float64 { return math.FMA(v, scale, shift) })
}

func (s *Scaler) each(function string, X mat.Matrix, change func(v, shift, scale float64) float64) (*mat.Dense, error) {
	n, cols := X.Dims()
	if cols != len(s.Shift) || n == 0 {
		return nil, fmt.Errorf("datasets: Scaler.%s: data are %d×%d, want %d columns, as the scaler was fitted to", function, n, cols, len(s.Shift))
	}
	scaled := mat.NewDense(n, cols, nil)
	for i := range n {
		row := scaled.RawRowView(i)
		for j := range row {
			row[j] = change(X.At(i, j), s.Shift[j], s.Scale[j])
		}
	}
	return scaled, nil
}
