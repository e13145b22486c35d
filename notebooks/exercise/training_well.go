package exercise

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

var trainingWell = []Exercise{
	{
		ID:    "07.1",
		Title: "A start for ReLU",
		Check: func(deviation func(D int) float64) error {
			got := deviation(200)
			switch {
			case got == 0 && deviation(2) == 1:
				return errors.New("for 200 inputs you return 0 and for 2 inputs 1: Go divides two whole numbers without a remainder; make D a float64 first")
			case got == 0:
				return ErrUnsolved
			case close(got, 0.01):
				return errors.New("for 200 inputs you return 0.01: that is the variance, and a deviation is asked for")
			case close(got, math.Sqrt(1.0/200)):
				return errors.New("for 200 inputs you return 0.0707, which keeps the size of z; the ReLU behind it takes half of the mean square away")
			case close(got, math.Sqrt(6.0/200)):
				return errors.New("for 200 inputs you return √(6/200): that is the limit of a uniform distribution, not its deviation")
			}
			if err := near("the deviation for 200 inputs", got, 0.1, 1e-9); err != nil {
				return err
			}
			return near("the deviation for 8 inputs", deviation(8), 0.5, 1e-9)
		},
		Hints: []string{
			"a layer multiplies the size by q = σ√(D/2). Which q keeps it?",
			"solve σ√(D/2) = 1 for σ; Go's root is math.Sqrt, and D must become a float64 before the division.",
		},
	},
	{
		ID:    "07.2",
		Title: "Dead units",
		Check: func(deadUnits func(a *mat.Dense) int) error {
			a := mat.NewDense(2, 4, []float64{0, 1, 0, 0, 0, 0, 3, 0})
			switch got := deadUnits(a); got {
			case 2:
			case -1:
				return ErrUnsolved
			case 6:
				return errors.New("you count 6 in [0 1 0 0; 0 0 3 0]: those are all zeros; a unit is a column")
			case 4:
				return errors.New("you count 4 in [0 1 0 0; 0 0 3 0]: a unit that is 0 for some sample is not dead yet")
			case 0:
				return errors.New("you count 0 in [0 1 0 0; 0 0 3 0], perhaps over rows: a row is a sample, a column is a unit")
			default:
				return fmt.Errorf("you count %d in [0 1 0 0; 0 0 3 0], and there are 4 units, 2 of them with a value other than 0", got)
			}
			if got := deadUnits(mat.NewDense(3, 1, []float64{0, 0, 1e-9})); got != 0 {
				return fmt.Errorf("you count %d in [0; 0; 1e-9]: a small activation is not a dead unit", got)
			}
			return nil
		},
		Hints: []string{
			"go through the columns; for each, look whether all of its rows are 0.",
			"mat.Max(a.ColView(j)) is 0 exactly where a unit behind a ReLU is dead.",
		},
	},
	{
		ID:    "07.3",
		Title: "Batch normalisation after training",
		Check: func(normalise func(x, mu, variance, gamma, beta []float64, eps float64) []float64) error {
			x, mu, variance, gamma, beta := []float64{3, -1}, []float64{1, 1}, []float64{3, 15}, []float64{2, 1}, []float64{0.5, -1}
			got := normalise(slices.Clone(x), mu, variance, gamma, beta, 1)
			form := func(f func(i int) float64) bool { return len(got) == 2 && close(got[0], f(0)) && close(got[1], f(1)) }
			switch {
			case len(got) == 0:
				return ErrUnsolved
			case form(func(i int) float64 { return gamma[i]*(x[i]-mu[i])/(variance[i]+1) + beta[i] }):
				return errors.New("you divide by the variance; its root is wanted")
			case form(func(i int) float64 { return gamma[i]*(x[i]-mu[i])/(math.Sqrt(variance[i])+1) + beta[i] }):
				return errors.New("you add ε to the root; it belongs under it")
			case form(func(i int) float64 { return (x[i] - mu[i]) / math.Sqrt(variance[i]+1) }):
				return errors.New("that is x̂; scale and shift are missing")
			case form(func(i int) float64 { return gamma[i] * ((x[i]-mu[i])/math.Sqrt(variance[i]+1) + beta[i]) }):
				return errors.New("you scale the shift too; γ multiplies x̂ only")
			case form(func(i int) float64 { return gamma[i]*(x[i]-1)/math.Sqrt(4+1) + beta[i] }):
				return errors.New("you take the variance of this sample's own features, as layer norm does; the collected variance is wanted")
			case floats.Equal(got, beta):
				return errors.New("you return β: did you subtract the mean of this one sample from itself, and not mu")
			}
			return nearAll("y", got, []float64{2.5, -1.5}, 1e-9)
		},
		Hints: []string{
			"a loop over the features; each has its own mu[i], variance[i], gamma[i] and beta[i].",
			"x̂ is (x[i] − mu[i]) / math.Sqrt(variance[i] + eps).",
		},
	},
	{
		ID:    "07.4",
		Title: "Eight sick runs",
		Check: func(diagnosis func() map[string]string) error {
			got, right, open := diagnosis(), 0, 0
			for letter, cause := range causes {
				switch got[letter] {
				case cause:
					right++
				case "?", "":
					open++
				default:
					if !slices.Contains(allCauses, got[letter]) {
						return fmt.Errorf("%q is none of the eight causes: they are %v", got[letter], allCauses)
					}
				}
			}
			if open == 8 {
				return ErrUnsolved
			}
			if right < 8 {
				return fmt.Errorf("%d of 8 are right, %d still open. Each cause occurs once", right, open)
			}
			return nil
		},
		Hints: []string{
			"look at the first epoch of each: which loss starts near ln 10 = 2.30 and never leaves it, which one starts far below, which one ends early?",
			"in a healthy run the training loss ends far below the validation loss. In one picture they stay together to the end: what could make validation as easy as training?",
			"three runs climb or jump. One is at ease for some epochs before it swings out ever further; one goes wrong in its first steps and ends level; one jumps early and again late, because each batch undoes the one before.",
			"two are left where both curves begin normally: in one the validation loss turns and rises far above that of a healthy run.",
		},
	},
}

// causes are what is wrong in the sick runs of notebook 07.
var causes = map[string]string{"A": "order", "B": "loss", "C": "rate", "D": "leak", "E": "dead", "F": "log", "G": "zeroing", "H": "labels"}

var allCauses = []string{"dead", "labels", "leak", "log", "loss", "order", "rate", "zeroing"}
