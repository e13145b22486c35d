package dl

import (
	"fmt"
	"math"

	"descent/dl/blas"
)

// ShapeError says that the shape of something does not fit where it is used.
// Functions return it; Forward and Backward, called by hand, panic with it, as
// Gonum does.
type ShapeError struct {
	Where string // the layer or function, as "layer 3 (Dense)"
	Got   string // what came, as "input is 9×7×1"
	Want  string // what was expected, as "H×W×C with H and W at least 3"
	From  string // where it came from, as "layer 2 (Flatten), 9×7×1 → 63", if known
}

// Error has the form "dl: layer 3 (Dense): got …, want … (from …)".
func (e *ShapeError) Error() string {
	s := fmt.Sprintf("dl: %s: %s, want %s", e.Where, e.Got, e.Want)
	if e.From != "" {
		s += " (from " + e.From + ")"
	}
	return s
}

// finite reports whether every element is neither NaN nor infinite; i is the
// first that is not.
func finite(x []float64) (i int, ok bool) {
	if isFinite(blas.Sum(x)) { // all are, at the speed of memory; else one is not, or they are very large
		return 0, true
	}
	for i, v := range x {
		if !isFinite(v) {
			return i, false
		}
	}
	return 0, true
}

func isFinite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// checkFinite says where t, called name, has NaN or an infinity, and the cure.
func checkFinite(where, name string, t *Tensor, cure string) error {
	if i, ok := finite(t.Data); !ok {
		return fmt.Errorf("dl: %s: %s is %v at %s; want finite numbers%s", where, name, t.Data[i], position(t, i), cure)
	}
	return nil
}

// decayRate checks a number that lies between 0 and 1, such as a share.
func decayRate(name string, v float64) error {
	if !(v >= 0 && v < 1) {
		return fmt.Errorf("dl: %s is %v, want at least 0 and below 1", name, v)
	}
	return nil
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
