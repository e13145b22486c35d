package exercise

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

var optimizers = []Exercise{
	{
		ID:    "03.1",
		Title: "The fastest fixed rate",
		Check: func(bestRate func(lambda []float64) float64) error {
			lambda := []float64{0.5, 4, 1}
			got := bestRate(slices.Clone(lambda))
			switch {
			case got == 0:
				return ErrUnsolved
			case close(got, 2.0/4):
				return errors.New("for λ = 0.5, 4, 1 you return 0.5: that is the largest stable rate, at which the steep direction never settles")
			case close(got, 1.0/4):
				return errors.New("for λ = 0.5, 4, 1 you return 0.25: that finishes the steep direction in one step, but the flat one could go faster")
			case close(got, 2/1.5):
				return errors.New("for λ = 0.5, 4, 1 you return 2 divided by the sum of the first and the last: the slice is in no order")
			case close(got, 2/5.5):
				return errors.New("for λ = 0.5, 4, 1 you return 2 divided by the sum of all; only two of them decide")
			}
			if err := near("the rate for λ = 0.5, 4, 1", got, 2/4.5, 1e-9); err != nil {
				return err
			}
			return near("the rate for λ = 3 alone", bestRate([]float64{3}), 1.0/3, 1e-9)
		},
		Hints: []string{
			"section 2 has the formula; it needs the smallest and the largest λ.",
			"package slices has Min and Max; add \"slices\" to the imports if it is not there.",
		},
	},
	{
		ID:    "03.2",
		Title: "Three bugs",
		Check: func(wrongLines func() [3]int) error {
			got := wrongLines()
			if got == [3]int{} {
				return ErrUnsolved
			}
			for i, want := range [3]int{5, 5, 4} {
				switch {
				case got[i] == 0:
					return fmt.Errorf("version %c is still open", "ABC"[i])
				case got[i] != want:
					return fmt.Errorf("in version %c, line %d is as in the paper", "ABC"[i], got[i])
				}
			}
			return nil
		},
		Hints: []string{
			"compare each line with the formulas of section 6; every version has exactly one that differs in a way that matters.",
			"look at where ε stands, at what is under a root, and at what is divided by the correction.",
		},
	},
	{
		ID:    "03.3",
		Title: "Adam",
		Check: func(adamStep func(theta, g, m, v []float64, t int, alpha float64)) error {
			// the third gradient is so small that ε counts
			theta, m, v := []float64{1, -2, 0}, make([]float64, 3), make([]float64, 3)
			want, wm, wv := slices.Clone(theta), make([]float64, 3), make([]float64, 3)
			for t := 1; t <= 3; t++ {
				g := []float64{math.Pow(-2, float64(t)), 0.5, 1e-6}
				adamStep(theta, slices.Clone(g), m, v, t, 0.1)
				if t == 1 && theta[0] == 1 && theta[1] == -2 && m[0] == 0 {
					return ErrUnsolved
				}
				for i := range want {
					wm[i] = 0.9*wm[i] + 0.1*g[i]
					wv[i] = 0.999*wv[i] + 0.001*g[i]*g[i]
					c1, c2 := 1-math.Pow(0.9, float64(t)), 1-math.Pow(0.999, float64(t))
					if t == 1 && close(theta[i], want[i]-0.1*wm[i]/(math.Sqrt(wv[i])+1e-8)) {
						return errors.New("the first step is 3.16 times too long: the correction for the zero start is missing")
					}
					want[i] -= 0.1 * (wm[i] / c1) / (math.Sqrt(wv[i]/c2) + 1e-8)
					switch {
					case t == 1 && close(m[i], wm[i]/c1) || close(v[i], wv[i]/c2):
						return errors.New("m or v itself is corrected: the next step needs them as they were; the corrected values are new variables")
					case t == 1 && close(want[0], theta[0]) && close(want[1], theta[1]) && i == 2 && !close(want[2], theta[2]):
						return errors.New("right where the gradient is large, wrong where it is 1e-6: ε has the wrong size, or does not stand beside the root of the corrected v")
					}
				}
				for _, c := range []struct {
					name      string
					got, want []float64
				}{{"m", m, wm}, {"v", v, wv}, {"theta", theta, want}} {
					if err := nearAll(fmt.Sprintf("after step %d, %s", t, c.name), c.got, c.want, 1e-9); err != nil {
						return err
					}
				}
			}
			return nil
		},
		Hints: []string{
			"go through the elements with for i := range theta; first m[i], then v[i], then the corrected pair, then theta[i].",
			"the powers are math.Pow(0.9, float64(t)) and math.Pow(0.999, float64(t)); the corrected values are new variables, m and v themselves stay uncorrected.",
			"the last line is theta[i] -= alpha * mhat / (math.Sqrt(vhat) + 1e-8).",
		},
	},
}
