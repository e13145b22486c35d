package datasets

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
)

func TestScalersInvert(t *testing.T) {
	X := BreastCancer().X
	n, cols := X.Dims()
	for name, fit := range map[string]func(mat.Matrix) (*Scaler, error){"FitStandard": FitStandard, "FitMinMax": FitMinMax} {
		scaler, err := fit(X)
		if err != nil {
			t.Fatal(err)
		}
		scaled, err := scaler.Apply(X)
		if err != nil {
			t.Fatal(err)
		}
		back, err := scaler.Invert(scaled)
		if err != nil {
			t.Fatal(err)
		}
		if !mat.EqualApprox(back, X, 1e-12) {
			t.Errorf("%s: Invert does not undo Apply", name)
		}
		for j := range cols {
			c := mat.Col(nil, j, scaled)
			sum, squares := 0.0, 0.0
			for _, v := range c {
				sum, squares = sum+v, squares+v*v
			}
			switch {
			case name == "FitStandard" && (math.Abs(sum/float64(n)) > 1e-12 || math.Abs(squares/float64(n)-1) > 1e-12):
				t.Errorf("column %d: mean %g, variance %g after standardising", j, sum/float64(n), squares/float64(n))
			case name == "FitMinMax" && (slices.Min(c) != 0 || slices.Max(c) != 1):
				t.Errorf("column %d: from %g to %g, want 0 to 1", j, slices.Min(c), slices.Max(c))
			}
		}
	}
}

func TestScalersTakeConstantColumns(t *testing.T) {
	X := mat.NewDense(3, 2, []float64{0.1, 1, 0.1, 2, 0.1, 3})
	for _, fit := range []func(mat.Matrix) (*Scaler, error){FitStandard, FitMinMax} {
		scaler, err := fit(X)
		if err != nil {
			t.Fatal(err)
		}
		scaled, err := scaler.Apply(X)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 3 {
			if scaled.At(i, 0) != 0 {
				t.Errorf("the constant became %g, want 0", scaled.At(i, 0))
			}
		}
	}
}
