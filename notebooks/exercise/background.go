package exercise

import (
	"errors"
	"fmt"
)

var background = []Exercise{
	{
		ID:    "01.1",
		Title: "A neuron with a ReLU",
		Check: func(reluNeuron func(x, w []float64, b float64) float64) error {
			x, w := []float64{1, 2, 3}, []float64{0.5, -1, 2}
			got := reluNeuron(x, w, 0.25)
			switch {
			case got == -1:
				return ErrUnsolved
			case close(got, 4.5):
				return errors.New("for x = [1 2 3], w = [0.5 -1 2], b = 0.25 you return 4.5: the bias is missing")
			case got == 1:
				return errors.New("for x = [1 2 3], w = [0.5 -1 2], b = 0.25 you return 1: that is the step of section 3; a ReLU passes a positive z on as it is")
			case close(got, 6*1.5+0.25):
				return errors.New("for x = [1 2 3], w = [0.5 -1 2], b = 0.25 you return 9.25: each input has a weight of its own; multiply before you add up")
			}
			if err := near("the result for x = [1 2 3], w = [0.5 -1 2], b = 0.25", got, 4.75, 1e-12); err != nil {
				return err
			}
			if got := reluNeuron(x, w, -10); got != 0 {
				return fmt.Errorf("where z is -5.5 you return %v: a ReLU is 0 for every negative z", got)
			}
			return nil
		},
		Hints: []string{
			"begin with z := b and add x[i]*w[i] in a loop.",
			"Go has max for numbers: return max(0, z).",
		},
	},
	{
		ID:    "01.2",
		Title: "Or",
		Check: func(or func() [3]float64) error {
			n := or()
			if n == [3]float64{} {
				return ErrUnsolved
			}
			err := truth("your neuron", func(a, b float64) float64 { return step(n, a, b) }, [4]float64{0, 1, 1, 1})
			if err != nil && truth("", func(a, b float64) float64 { return step(n, a, b) }, [4]float64{0, 0, 0, 1}) == nil {
				return errors.New("that is an and: it is 1 only when both inputs are")
			}
			return err
		},
		Hints: []string{
			"section 3 has an and with weights 1, 1 and bias -1.5. What has to change so that one input is enough?",
			"with both weights 1, z is b, 1+b, 1+b and 2+b. The first must not be above 0, the second must.",
		},
	},
	{
		ID:    "01.3",
		Title: "Exclusive or",
		Check: func(exclusiveOr func() [3][3]float64) error {
			n := exclusiveOr()
			if n == [3][3]float64{} {
				return ErrUnsolved
			}
			for i, want := range [4]float64{0, 1, 1, 0} {
				a, b := float64(i/2), float64(i%2)
				h1, h2 := step(n[0], a, b), step(n[1], a, b)
				if got := step(n[2], h1, h2); got != want {
					return fmt.Errorf("for inputs %v and %v your hidden neurons give %v and %v, and the output %v: it should be %v", a, b, h1, h2, got, want)
				}
			}
			return nil
		},
		Hints: []string{
			"say it in words with or, and, not: exclusive or is \"… but not …\".",
			"let the first hidden neuron be an or and the second an and; you have the numbers for both.",
			"the output neuron wants a positive weight from the or, a negative one from the and, and a small negative bias.",
		},
	},
}

// step is a neuron with weights n[0], n[1] and bias n[2].
func step(n [3]float64, a, b float64) float64 {
	if a*n[0]+b*n[1]+n[2] > 0 {
		return 1
	}
	return 0
}

// truth compares a function of two bits with its table, for 00, 01, 10 and 11.
func truth(what string, f func(a, b float64) float64, want [4]float64) error {
	for i, w := range want {
		a, b := float64(i/2), float64(i%2)
		if got := f(a, b); got != w {
			return fmt.Errorf("%s gives %v for inputs %v and %v", what, got, a, b)
		}
	}
	return nil
}
