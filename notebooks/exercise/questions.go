package exercise

import (
	"errors"
	"fmt"
	"math"
)

var questions = []Exercise{
	{
		ID:    "20.1",
		Title: "How many steps",
		Check: func(steps func(n, batch, epochs int) int) error {
			switch got := steps(100, 32, 5); got {
			case 0:
				return ErrUnsolved
			case 20:
			case 15:
				return errors.New("for 100 samples in batches of 32 over 5 epochs you return 15: the short last batch is a step, too")
			case 16:
				return errors.New("for 100 samples in batches of 32 over 5 epochs you return 16: each epoch ends with a short batch of its own")
			case 4:
				return errors.New("you return the steps of one epoch")
			default:
				return fmt.Errorf("for 100 samples in batches of 32 over 5 epochs you return %d", got)
			}
			if got := steps(96, 32, 2); got != 6 {
				return fmt.Errorf("for 96 samples in batches of 32 over 2 epochs you return %d: here no batch is short", got)
			}
			if got := steps(10, 32, 3); got != 3 {
				return fmt.Errorf("for 10 samples in batches of 32 over 3 epochs you return %d: all samples are one batch", got)
			}
			return nil
		},
		Hints: []string{
			"first the steps of one epoch: how many batches do 100 samples fill, the last one perhaps in part?",
			"(n + batch - 1) / batch rounds up.",
		},
	},
	{
		ID:    "20.2",
		Title: "How many runs",
		Check: func(runsNeeded func(scores []float64, margin float64) int) error {
			scores := []float64{0.90, 0.92, 0.94, 0.92} // s = 0.01633
			switch got := runsNeeded(scores, 0.004); got {
			case 0:
				return ErrUnsolved
			case 17:
			case 16:
				return errors.New("for 0.90, 0.92, 0.94, 0.92 and a margin of 0.004 you return 16: round up, 16 runs are not quite enough")
			case 13, 12:
				return errors.New("for 0.90, 0.92, 0.94, 0.92 and a margin of 0.004 you need more: the variance divides by n−1, not by n")
			case 5, 4:
				return errors.New("for 0.90, 0.92, 0.94, 0.92 and a margin of 0.004 you need more: to halve the standard error takes four times the runs")
			default:
				return fmt.Errorf("for 0.90, 0.92, 0.94, 0.92 and a margin of 0.004 you return %d", got)
			}
			if got := runsNeeded([]float64{1, 3}, 0.7); got != 5 {
				return fmt.Errorf("for scores 1 and 3 and a margin of 0.7 you return %d", got)
			}
			return nil
		},
		Hints: []string{
			"solve s/√n ≤ margin for n.",
			"n is the square of s/margin, rounded up; s² is Σ(score − mean)²/(n−1) over the runs you have.",
		},
	},
	{
		ID:    "20.3",
		Title: "The first look at a run",
		Check: func(diagnose func(training, validation []float64) string) error {
			for _, c := range []struct {
				what                 string
				training, validation []float64
				want                 string
			}{
				{"a training loss that ends in NaN", []float64{2, 3, math.NaN()}, []float64{2, 3, math.NaN()}, "diverges"},
				{"a training loss that ends in infinity", []float64{2, 3, math.Inf(1)}, []float64{2, 3, 4}, "diverges"},
				{"a training loss that rises from 2 to 5", []float64{2, 3, 5}, []float64{2, 2, 2}, "diverges"},
				{"a training loss that falls from 2.30 to 2.28", []float64{2.30, 2.29, 2.28}, []float64{2.3, 2.3, 2.3}, "crawls"},
				{"a validation loss of 2.0, 0.9, 1.4", []float64{2, 0.8, 0.1}, []float64{2, 0.9, 1.4}, "overfits"},
				{"a validation loss of 2.0, 1.00, 1.05", []float64{2, 0.8, 0.5}, []float64{2, 1, 1.05}, "fine"},
				{"a run whose two losses fall", []float64{2, 1, 0.5}, []float64{2, 1.1, 0.7}, "fine"},
			} {
				switch got := diagnose(c.training, c.validation); got {
				case "":
					return ErrUnsolved
				case c.want:
				default:
					return fmt.Errorf("%s: you say %q%s", c.what, got, whyNot(c.want, got))
				}
			}
			return nil
		},
		Hints: []string{
			"go through the four words in the order of the text, and return at the first that fits.",
			"NaN compares false with everything: ask math.IsNaN and math.IsInf before you compare.",
			"the lowest validation loss is slices.Min(validation), not the first one.",
		},
	},
}

// whyNot says what a diagnosis may have overlooked.
func whyNot(want, got string) string {
	switch {
	case want == "diverges":
		return "; a loss that is no number, or higher than at the start, comes first of all"
	case want == "overfits":
		return "; compare the last validation loss with the lowest one"
	case got == "overfits":
		return "; up to a tenth above the lowest is allowed"
	}
	return ""
}
