package exercise

import (
	"fmt"
	"math"
	"strconv"

	"gonum.org/v1/gonum/mat"
)

// near compares a number with what is expected, to a relative tolerance. what
// names the number in the sentence that comes back: "the rate".
func near(what string, got, want, tolerance float64) error {
	if math.Abs(got-want) <= tolerance*math.Max(1e-12, math.Abs(want)) {
		return nil
	}
	switch {
	case math.IsNaN(got):
		return fmt.Errorf("%s is NaN: somewhere 0 is divided by 0, or an infinity comes in", what)
	case math.IsInf(got, 0):
		return fmt.Errorf("%s is infinite: somewhere something is divided by 0", what)
	case math.Abs(got+want) <= tolerance*math.Abs(want):
		return fmt.Errorf("%s is %.6g: its sign is wrong", what, got)
	}
	for _, r := range ratios {
		if math.Abs(got-r.factor*want) <= tolerance*math.Abs(want) {
			return fmt.Errorf("%s is %.6g, %s what is expected", what, got, r.words)
		}
	}
	if got > want {
		return fmt.Errorf("%s is %.6g, which is too large", what, got)
	}
	return fmt.Errorf("%s is %.6g, which is too small", what, got)
}

// ratios are wrong by a factor that tells something.
var ratios = []struct {
	factor float64
	words  string
}{{2, "twice"}, {0.5, "half of"}, {-2, "minus twice"}, {-0.5, "minus half of"}, {math.Sqrt2, "√2 times"}, {1 / math.Sqrt2, "1/√2 of"}, {10, "ten times"}, {0.1, "a tenth of"}, {100, "a hundred times"}, {0.01, "a hundredth of"}}

// nearAll compares a slice element by element.
func nearAll(what string, got, want []float64, tolerance float64) error {
	if len(got) != len(want) {
		return fmt.Errorf("%s has %d elements, want %d", what, len(got), len(want))
	}
	for i := range want {
		if err := near(fmt.Sprintf("%s[%d]", what, i), got[i], want[i], tolerance); err != nil {
			return err
		}
	}
	return nil
}

// nearMat compares a matrix element by element.
func nearMat(what string, got, want mat.Matrix, tolerance float64) error {
	if isNil(got) {
		return fmt.Errorf("%s is nil", what)
	}
	r, c := want.Dims()
	if gr, gc := got.Dims(); gr != r || gc != c {
		return fmt.Errorf("%s is %d×%d, want %d×%d", what, gr, gc, r, c)
	}
	for i := range r {
		for j := range c {
			if err := near(fmt.Sprintf("%s at row %d, column %d", what, i, j), got.At(i, j), want.At(i, j), tolerance); err != nil {
				return err
			}
		}
	}
	return nil
}

// isNil reports whether m is nil or a nil *mat.Dense or *mat.VecDense.
func isNil(m mat.Matrix) bool {
	switch m := m.(type) {
	case nil:
		return true
	case *mat.Dense:
		return m == nil
	case *mat.VecDense:
		return m == nil
	}
	return false
}

// number writes a number as a learner would.
func number(v float64) string { return strconv.FormatFloat(v, 'g', 6, 64) }
