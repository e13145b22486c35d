package exercise

import (
	"errors"
	"fmt"

	"gonum.org/v1/gonum/mat"
)

var overfitting = []Exercise{
	{
		ID:    "08.1",
		Title: "When to stop",
		Check: func(stopsAt func(losses []float64, patience int) int) error {
			losses := []float64{5, 4, 3, 3.5, 3.2, 2.9, 3, 3.1, 3.2, 1}
			got := stopsAt(losses, 3)
			switch got {
			case -1:
				return ErrUnsolved
			case 5:
				return errors.New("for [5 4 3 3.5 3.2 2.9 3 3.1 3.2 1] and patience 3 you return 5: that is the best epoch; training goes on for 3 more before it stops")
			case 9:
				return errors.New("for [5 4 3 3.5 3.2 2.9 3 3.1 3.2 1] and patience 3 you return 9: by then training has stopped; nobody knows that the loss would fall again")
			case 4:
				return errors.New("for [5 4 3 3.5 3.2 2.9 3 3.1 3.2 1] and patience 3 you return 4: after epoch 2 only two epochs bring nothing new before epoch 5 does")
			}
			for _, c := range []struct {
				losses         []float64
				patience, want int
			}{{losses, 3, 8}, {losses, 2, 4}, {losses, 5, 9}, {[]float64{3, 2, 1}, 1, 2}, {[]float64{1, 1, 1}, 1, 1}} {
				got := stopsAt(c.losses, c.patience)
				switch {
				case got == c.want:
					continue
				case c.patience == 2 && got == 7:
					return fmt.Errorf("for %v and patience 2 you return 7: you seem to compare each loss with the one before it; compare it with the lowest so far", c.losses)
				case c.losses[0] == 1 && got == 2:
					return fmt.Errorf("for %v and patience 1 you return 2: a loss that equals the lowest is no new lowest", c.losses)
				default:
					return fmt.Errorf("for %v and patience %d you return %d", c.losses, c.patience, got)
				}
			}
			return nil
		},
		Hints: []string{
			"keep two variables: the lowest loss so far, and how many epochs it is ago.",
			"when the loss is lower than the lowest, the count goes back to 0; otherwise it grows by 1, and at patience you return the epoch.",
		},
	},
	{
		ID:    "08.2",
		Title: "Dropout",
		Check: func(dropOut func(a []float64, keep []bool, rate float64) []float64) error {
			a, keep := []float64{1, -2, 3, 4}, []bool{true, false, true, true}
			got := dropOut(a, keep, 0.25)
			if got == nil {
				return ErrUnsolved
			}
			switch {
			case nearAll("", got, []float64{1, 0, 3, 4}, 1e-9) == nil:
				return errors.New("what is kept must grow, so that the sum stays the same on average")
			case nearAll("", got, []float64{4, 0, 12, 16}, 1e-9) == nil:
				return errors.New("you divide by the share that is dropped; divide by the share that is kept")
			case nearAll("", got, []float64{0, -8.0 / 3, 0, 0}, 1e-9) == nil:
				return errors.New("you keep those whose keep is false")
			case nearAll("", got, []float64{0.75, 0, 2.25, 3}, 1e-9) == nil:
				return errors.New("you multiply by the share that is kept; that makes the numbers smaller still")
			}
			if err := nearAll("the result", got, []float64{4.0 / 3, 0, 4, 16.0 / 3}, 1e-9); err != nil {
				return err
			}
			if a[0] != 1 || a[1] != -2 {
				return errors.New("the result is right, but your function has changed its argument; make a new slice")
			}
			return nil
		},
		Hints: []string{
			"make a slice of the same length; it begins with zeros, so only the kept elements need a line.",
			"the share that is kept is 1 - rate.",
		},
	},
	{
		ID:    "08.3",
		Title: "Bias and variance",
		Check: func(biasVariance func(fits *mat.Dense, truth []float64) [2]float64) error {
			fits := mat.NewDense(3, 2, []float64{1, 4, 2, 6, 6, 2})
			truth := []float64{1, 4} // means 3 and 4: bias² (4+0)/2; scatter (4+1+9)/3 and (0+4+4)/3
			got := biasVariance(mat.DenseCopyOf(fits), truth)
			if got == [2]float64{} {
				return ErrUnsolved
			}
			variance := (14.0/3 + 8.0/3) / 2
			switch {
			case close(got[0], variance) && close(got[1], 2):
				return errors.New("the two are exchanged")
			case close(got[0], 1):
				return errors.New("the bias is averaged before it is squared: misses in opposite directions would cancel")
			case close(got[0], 4) && close(got[1], 2*variance):
				return errors.New("you return sums over the places; their means are asked for")
			case close(got[0], 2) && close(got[1], variance*3/2):
				return errors.New("the variance is divided by the number of models minus 1; here it is a plain mean, so that the two add up to the error")
			case close(got[0]+got[1], (0+0+1+4+25+4)/6.0) && !close(got[0], 2):
				return errors.New("the sum is right, but not how it is divided: take the mean over the models first, at each place")
			}
			if err := near("the squared bias", got[0], 2, 1e-9); err != nil {
				return err
			}
			return near("the variance", got[1], variance, 1e-9)
		},
		Hints: []string{
			"go place by place: mat.Sum(fits.ColView(j)) divided by the number of models is the mean prediction there.",
			"bias² is (mean − truth)², the variance the mean of (prediction − mean)²; both are then averaged over the places.",
		},
	},
}
