package exercise

import (
	"errors"
	"math"
	"slices"
)

var interpretability = []Exercise{
	{
		ID:    "13.1",
		Title: "Hide one feature",
		Check: func(occlude func(f func(x []float64) float64, x []float64, j int, base float64) float64) error {
			f := func(x []float64) float64 { return 2*x[0] - 3*x[1]*x[2] }
			x := []float64{1, 2, 4}
			got := occlude(f, x, 1, 0.5)
			if math.IsNaN(got) {
				return ErrUnsolved
			}
			if !slices.Equal(x, []float64{1, 2, 4}) {
				return errors.New("your function leaves x changed; work on a copy, or put the number back")
			}
			if close(got, 18) {
				return errors.New("for f = 2x0 − 3x1x2 at (1, 2, 4), feature 1, base 0.5, you return 18: the output rises from −22 to −4, so the fall is negative")
			}
			if close(got, -24) {
				return errors.New("you set the feature to 0; set it to base")
			}
			if err := near("the fall for f = 2x0 − 3x1x2 at (1, 2, 4), feature 1, base 0.5", got, -18, 1e-9); err != nil {
				return err
			}
			return near("the fall for feature 0, base 0", occlude(f, x, 0, 0), 2, 1e-9)
		},
		Hints: []string{
			"compute f once with x as it is and once with a copy (slices.Clone) in which element j is base.",
			"a fall is before minus after.",
		},
	},
	{
		ID:    "13.2",
		Title: "The step of the attack",
		Check: func(signStep func(x, gradient []float64, epsilon float64) []float64) error {
			x, g := []float64{0.5, 0.5, 0.95, 0.05, 0.3}, []float64{3, -0.001, 2, -5, 0}
			got := signStep(slices.Clone(x), g, 0.1)
			if got == nil {
				return ErrUnsolved
			}
			if len(got) == 5 {
				switch {
				case close(got[0], 0.4):
					return errors.New("you go against the gradient; the attack wants the loss to rise")
				case close(got[0], 0.8):
					return errors.New("you move along the gradient itself; only its sign counts, so that every pixel moves by epsilon")
				case close(got[2], 1.05):
					return errors.New("an element leaves the range from 0 to 1")
				case !close(got[4], 0.3):
					return errors.New("an element with gradient 0 moves")
				}
			}
			return nearAll("the result", got, []float64{0.6, 0.4, 1, 0, 0.3}, 1e-9)
		},
		Hints: []string{
			"three cases by the sign of gradient[i]; then max(0, min(1, v)).",
			"math.Copysign(epsilon, gradient[i]) has the size of epsilon and the sign of the gradient.",
		},
	},
	{
		ID:    "13.3",
		Title: "Integrated gradients",
		Check: func(integratedGradients func(gradient func(x []float64) []float64, x, base []float64, steps int) []float64) error {
			gradient := func(x []float64) []float64 { return []float64{2*x[0] + x[1], x[0]} } // of x0² + x0·x1
			x, base := []float64{3, 2}, []float64{1, 0}
			got := integratedGradients(gradient, x, base, 200)
			if got == nil {
				return ErrUnsolved
			}
			want := []float64{10, 4} // they add up to f(3,2) − f(1,0) = 14
			if len(got) == 2 {
				switch {
				case close(got[0], 2*8) && close(got[1], 2*3):
					return errors.New("that is the gradient at x times the difference; the gradient has to be taken all along the way")
				case nearAll("", got, []float64{15, 4}, 1e-3) == nil:
					return errors.New("you multiply by x; multiply by x − base")
				case nearAll("", got, []float64{9.97, 3.99}, 1e-6) == nil:
					return errors.New("you take the gradient where each step begins; the midpoint rule takes it in the middle")
				case nearAll("", got, []float64{10.03, 4.01}, 1e-6) == nil:
					return errors.New("you take the gradient where each step ends; the midpoint rule takes it in the middle")
				case nearAll("", got, []float64{5, 2}, 1e-3) == nil:
					return errors.New("that is the mean gradient; the factor x − base is missing")
				}
			}
			if err := nearAll("the result for x0² + x0x1 from (1, 0) to (3, 2)", got, want, 1e-3); err != nil {
				return err
			}
			if one := integratedGradients(gradient, x, base, 1); nearAll("", one, []float64{10, 4}, 1e-9) != nil {
				return errors.New("it is nearly right with many steps, but with one step the midpoint rule takes the gradient half way, and here that is exact")
			}
			return nil
		},
		Hints: []string{
			"step s of n stands at base + (s+½)/n·(x − base).",
			"average the gradients over the steps, element by element; then multiply each by x[i] − base[i].",
		},
	},
}
