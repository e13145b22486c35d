package exercise

import (
	"errors"
	"math"
)

var evaluation = []Exercise{
	{
		ID:    "09.1",
		Title: "Precision and recall",
		Check: func(precisionRecall func(tp, fp, fn, tn float64) [2]float64) error {
			got := precisionRecall(6, 2, 3, 89)
			switch {
			case got == [2]float64{-1, -1}:
				return ErrUnsolved
			case close(got[0], 6.0/9) && close(got[1], 0.75):
				return errors.New("the two are exchanged: precision divides by what was called positive, recall by what is positive")
			case close(got[0], 0.95):
				return errors.New("for TP 6, FP 2, FN 3, TN 89 your precision is 0.95: that is the accuracy")
			case close(got[1], 89.0/91):
				return errors.New("for TP 6, FP 2, FN 3, TN 89 your recall is 89/91: that is the share of the negatives that were left alone; ask how many of the positives were found")
			}
			if err := near("the precision for TP 6, FP 2, FN 3, TN 89", got[0], 0.75, 1e-9); err != nil {
				return err
			}
			if err := near("the recall for TP 6, FP 2, FN 3, TN 89", got[1], 6.0/9, 1e-9); err != nil {
				return err
			}
			if got := precisionRecall(0, 0, 5, 95); math.IsNaN(got[0]) || got[0] != 0 {
				return errors.New("where nothing was called positive your precision is not 0: 0 is divided by 0")
			}
			if got := precisionRecall(0, 5, 0, 95); math.IsNaN(got[1]) || got[1] != 0 {
				return errors.New("where nothing is positive your recall is not 0: 0 is divided by 0")
			}
			return nil
		},
		Hints: []string{
			"section 1 has both formulas.",
			"divide only if tp+fp (or tp+fn) is above 0; the result is 0 otherwise.",
		},
	},
	{
		ID:    "09.2",
		Title: "The best threshold",
		Check: func(bestThreshold func(miss, alarm float64) float64) error {
			got := bestThreshold(9, 1)
			switch {
			case got == 0:
				return ErrUnsolved
			case close(got, 0.9):
				return errors.New("for a miss that costs 9 and an alarm that costs 1 you return 0.9: so few would be called, and most missed; the costlier a miss, the lower the line")
			case got > 1:
				return errors.New("for a miss that costs 9 and an alarm that costs 1 you return a number above 1: a threshold is a probability")
			case close(got, 0.5):
				return errors.New("for a miss that costs 9 and an alarm that costs 1 you return 0.5: that is where both mistakes cost the same")
			case close(got, 1.0/9):
				return errors.New("for a miss that costs 9 and an alarm that costs 1 you return 1/9: compare p·9 with (1−p)·1, not with 1")
			}
			if err := near("the threshold for costs 9 and 1", got, 0.1, 1e-9); err != nil {
				return err
			}
			return near("the threshold for equal costs", bestThreshold(3, 3), 0.5, 1e-9)
		},
		Hints: []string{
			"what does it cost on average to leave a sample of probability p alone? What to call it positive?",
			"at the threshold both cost the same: p·miss = (1−p)·alarm. Solve for p.",
		},
	},
	{
		ID:    "09.3",
		Title: "The area under the ROC curve",
		Check: func(areaUnderROC func(score, y []float64) float64) error {
			score, y := []float64{0.9, 0.8, 0.8, 0.3, 0.1, 0.6}, []float64{1, 0, 1, 1, 0, 0}
			got := areaUnderROC(score, y)
			switch {
			case got == 0:
				return ErrUnsolved
			case close(got, 6.0/9):
				return errors.New("a tie counts nothing in yours; it should count half")
			case close(got, 7.0/9):
				return errors.New("a tie counts fully in yours; it should count half")
			case close(got, 6.5/36) || close(got, 6.5/30) || close(got, 6.5/15):
				return errors.New("you divide by all pairs of samples; only pairs of one positive and one negative count")
			case close(got, 2.5/9):
				return errors.New("you count the pairs in which the negative is higher")
			case close(got, 6.5):
				return errors.New("you return the number of pairs; divide it by how many pairs there are")
			}
			if err := near("the area for scores [0.9 0.8 0.8 0.3 0.1 0.6] and labels [1 0 1 1 0 0]", got, 6.5/9, 1e-9); err != nil {
				return err
			}
			return near("the area for scores [-5 2 7] and labels [0 1 1]", areaUnderROC([]float64{-5, 2, 7}, []float64{0, 1, 1}), 1, 1e-9)
		},
		Hints: []string{
			"two loops: over all i with y[i] = 1 and all j with y[j] = 0.",
			"add 1 where score[i] > score[j] and 0.5 where they are equal; divide by the number of pairs.",
		},
	},
}
