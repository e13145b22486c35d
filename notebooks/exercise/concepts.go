package exercise

import (
	"errors"
	"math"
)

var concepts = []Exercise{
	{
		ID:    "02.1",
		Title: "Huber's loss",
		Check: func(huberLoss func(r, delta float64) float64) error {
			if huberLoss(1, 2) == 0 && huberLoss(5, 2) == 0 {
				return ErrUnsolved
			}
			switch got := huberLoss(5, 2); {
			case close(got, 12.5):
				return errors.New("for r = 5 and δ = 2 you return 12.5: outside δ the loss goes on as a straight line, not as a square")
			case close(got, 10):
				return errors.New("for r = 5 and δ = 2 you return 10, δ·|r|: so the two parts do not meet at |r| = δ")
			case close(got, 8) && close(huberLoss(-5, 2), 12.5):
				return errors.New("for r = -5 and δ = 2 you return 12.5, as if it were inside δ: compare the size of r, without its sign")
			case close(huberLoss(1, 2), 1):
				return errors.New("for r = 1 and δ = 2 you return 1: inside δ it is half the square")
			}
			for _, c := range [][3]float64{{1, 2, 0.5}, {-1, 2, 0.5}, {5, 2, 8}, {-5, 2, 8}, {0.5, 0.25, 0.09375}} {
				if err := near("the loss for r = "+number(c[0])+" and δ = "+number(c[1]), huberLoss(c[0], c[1]), c[2], 1e-9); err != nil {
					return err
				}
			}
			return nil
		},
		Hints: []string{
			"two cases, by math.Abs(r) <= delta; the table in section 3 has a formula for each.",
			"inside: r*r/2. Outside: delta * (math.Abs(r) - delta/2), which has the same value and slope at the border.",
		},
	},
	{
		ID:    "02.2",
		Title: "Cross-entropy that never overflows",
		Check: func(crossEntropy func(z []float64, y int) float64) error {
			z := []float64{2, 1, -1}
			got := crossEntropy(z, 1)
			if got == 0 {
				return ErrUnsolved
			}
			sum := math.Exp(2) + math.Exp(1) + math.Exp(-1)
			if close(got, math.Exp(1)/sum) {
				return errors.New("you return the probability itself; the loss is minus its logarithm")
			}
			if err := near("the loss for z = [2 1 -1] and class 1", got, math.Log(sum)-1, 1e-9); err != nil {
				return err
			}
			for _, c := range []struct {
				z    []float64
				want float64
			}{{[]float64{1000, 0}, 1000}, {[]float64{-1000, 0}, 0}, {[]float64{0, -2000}, 2000}} {
				got := crossEntropy(c.z, 1)
				if math.IsNaN(got) || math.IsInf(got, 0) {
					return errors.New("it is right for small logits, but for [1000 0], [-1000 0] or [0 -2000] and class 1 it is NaN or infinite: something overflows, or the logarithm of 0 is taken")
				}
				if got > 0 && got < 100 && c.want > 100 {
					return errors.New("for logits such as [1000 0] and class 1 the loss stops at a small value: nothing may be added to the probability, nor may it be cut off; take the logarithm by algebra instead")
				}
				if math.Abs(got-c.want) > 1e-9 {
					return near("the loss for large logits", got, c.want, 1e-9)
				}
			}
			return nil
		},
		Hints: []string{
			"write the loss as ln Σ e^z − z_y first; there is no division any more.",
			"section 5: take m, the largest logit, out of the sum: ln Σ e^z = m + ln Σ e^(z−m).",
		},
	},
	{
		ID:    "02.3",
		Title: "A loss for counts",
		Check: func(poissonLoss func(z, y float64) [2]float64) error {
			z, y := 0.5, 3.0
			got := poissonLoss(z, y)
			if got == [2]float64{} {
				return ErrUnsolved
			}
			lambda := math.Exp(z)
			switch {
			case close(got[0], z-y*math.Log(z)):
				return errors.New("you took z for λ itself; the model predicts its logarithm, so λ = e^z")
			case close(got[0], y*z-lambda):
				return errors.New("that is the logarithm of the probability; the loss is minus that")
			case close(got[0], lambda-y*z+math.Log(6)):
				return errors.New("you kept ln y!: it does not depend on z, so it moves no parameter; leave it out")
			case close(got[0], lambda-y*z) && close(got[1], 1-y/lambda):
				return errors.New("the loss is right; the slope is that with respect to λ, and z is wanted: one more factor of the chain rule")
			}
			if err := near("the loss for z = 0.5 and y = 3 (without the part that does not depend on z)", got[0], lambda-y*z, 1e-9); err != nil {
				return err
			}
			if err := near("the slope for z = 0.5 and y = 3", got[1], lambda-y, 1e-9); err != nil {
				return err
			}
			return near("the slope for z = -1 and y = 0", poissonLoss(-1, 0)[1], math.Exp(-1), 1e-9)
		},
		Hints: []string{
			"−ln p = λ − y·ln λ + ln y!. The last part does not depend on the model.",
			"put λ = e^z, so that ln λ = z.",
			"L = e^z − y·z; its derivative is prediction minus target once more.",
		},
	},
}
