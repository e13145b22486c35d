package exercise

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"descent/dl"
)

var classification = []Exercise{
	{
		ID:    "06.1",
		Title: "Softmax",
		Check: func(softmax func(z []float64) []float64) error {
			z := []float64{1, 2, 3}
			got := softmax(z)
			if len(got) == 0 {
				return ErrUnsolved
			}
			if floats.EqualApprox(got, []float64{math.Exp(1), math.Exp(2), math.Exp(3)}, 1e-9) {
				return errors.New("for z = [1 2 3] you return the exponentials; they do not add up to 1 yet")
			}
			if floats.EqualApprox(got, []float64{1.0 / 6, 2.0 / 6, 3.0 / 6}, 1e-9) {
				return errors.New("for z = [1 2 3] you return the shares of the logits; where are the exponentials")
			}
			if len(got) == 3 && math.Abs(got[2]-1/(1+math.Exp(-3))) < 1e-9 {
				return errors.New("for z = [1 2 3] you return the sigmoid of each; softmax compares the logits with each other")
			}
			if err := nearAll("softmax([1 2 3])", got, softmaxOf([]float64{1, 2, 3}), 1e-9); err != nil {
				return err
			}
			if large := softmax([]float64{1001, 1003}); len(large) == 2 && math.IsNaN(large[1]) {
				return errors.New("for z = [1001 1003] you return NaN: the exponentials overflow. Only differences of logits matter")
			}
			if err := nearAll("softmax([1001 1003])", softmax([]float64{1001, 1003}), softmaxOf([]float64{1001, 1003}), 1e-9); err != nil {
				return err
			}
			z = []float64{4, 5}
			if softmax(z); z[0] != 4 || z[1] != 5 {
				return errors.New("your function changes the slice that it is given; write into a new one")
			}
			return nil
		},
		Hints: []string{
			"take the exponential of each logit, then divide by the sum of the exponentials.",
			"e^1001 is too large for a float64. What happens to the quotient if you subtract the same number from every logit?",
			"subtract floats.Max(z), so that the largest exponent is 0; write into make([]float64, len(z)).",
		},
	},
	{
		ID:    "06.2",
		Title: "Prediction minus truth",
		Check: func(gradient func(z []float64, class int) []float64) error {
			z := []float64{0.5, -1, 2}
			got := gradient(z, 1)
			if len(got) == 0 {
				return ErrUnsolved
			}
			p := softmaxOf([]float64{0.5, -1, 2})
			want := []float64{p[0], p[1] - 1, p[2]}
			switch {
			case floats.EqualApprox(got, p, 1e-9):
				return errors.New("you return the probabilities; the truth is still to be subtracted")
			case floats.EqualApprox(got, []float64{0.5, -2, 2}, 1e-9):
				return errors.New("you subtract the truth from the logits; the prediction is a probability")
			case floats.EqualApprox(got, []float64{-want[0], -want[1], -want[2]}, 1e-9):
				return errors.New("every sign is wrong: which of prediction and truth is subtracted from which")
			case floats.EqualApprox(got, []float64{want[0] / 3, want[1] / 3, want[2] / 3}, 1e-9):
				return errors.New("you divide by the number of classes; the loss is a mean over samples, and here is one sample")
			case floats.EqualApprox(got, []float64{p[0], p[1], p[2] - 1}, 1e-9):
				return errors.New("you subtract 1 at the class with the largest logit; the truth is at class")
			case floats.EqualApprox(got, []float64{0, -1 / p[1], 0}, 1e-9):
				return errors.New("that is the derivative in the probabilities; it has to go on through the softmax, to the logits")
			}
			if err := nearAll("∂L/∂z for z = [0.5 -1 2] and class 1", got, want, 1e-9); err != nil {
				return err
			}
			return nearAll("∂L/∂z for z = [3 3] and class 0", gradient([]float64{3, 3}, 0), []float64{-0.5, 0.5}, 1e-9)
		},
		Hints: []string{
			"the derivation is in section 3: L = ln Σ e^z_j − z_c.",
			"compute softmax(z), then change a single element of it.",
		},
	},
	{
		ID:    "06.3",
		Title: "A threshold from costs",
		Check: func(threshold func(miss, alarm float64) float64) error {
			got := threshold(9, 1)
			switch {
			case got == 0:
				return ErrUnsolved
			case close(got, 0.9):
				return errors.New("for a miss that costs 9 and an alarm that costs 1 you return 0.9: then you would miss almost every case. Which way should a costly miss move the threshold")
			case close(got, 1.0/9):
				return errors.New("for costs 9 and 1 you return 1/9: that is the ratio of the costs, which is the threshold for the odds, not for the probability")
			case got > 1 || got < 0:
				return fmt.Errorf("for costs 9 and 1 you return %.3g, which is no probability", got)
			case close(got, 0.5):
				return errors.New("for costs 9 and 1 you return 0.5, which is right only when both mistakes cost the same")
			}
			if err := near("the threshold for costs 9 and 1", got, 0.1, 1e-9); err != nil {
				return err
			}
			if err := near("the threshold for equal costs", threshold(2, 2), 0.5, 1e-9); err != nil {
				return err
			}
			return near("the threshold for costs 1 and 3", threshold(1, 3), 0.75, 1e-9)
		},
		Hints: []string{
			"let p be the probability of class 1. Write down the expected cost of saying \"class 1\" and of saying \"class 0\".",
			"saying 1 costs (1−p)·alarm on average, saying 0 costs p·miss. At the threshold the two are equal.",
			"solve (1−p)·alarm = p·miss for p.",
		},
	},
	{
		ID:    "06.4",
		Title: "The best temperature",
		Check: func(temperature func(z *mat.Dense, class []int) float64) error {
			for _, factor := range []float64{3, 0.5} {
				z, class := confident(400, factor)
				want := bestTemperature(z, class)
				got := temperature(z, class)
				switch {
				case got == 0 && factor == 3:
					return ErrUnsolved
				case math.Abs(got-1/want) < 0.02/want:
					return fmt.Errorf("you return %.3g, one over what is expected: the logits are divided by T", got)
				case got == 1:
					return errors.New("you return 1, which leaves the logits as they are")
				case factor == 0.5 && math.Abs(got-1) < 0.02:
					return errors.New("for a model that is not sure enough you return about 1: look below 1, too")
				}
				if err := near(fmt.Sprintf("the temperature for %d samples", len(class)), got, want, 0.02); err != nil {
					return err
				}
			}
			return nil
		},
		Hints: []string{
			"write a function that returns the mean of −ln softmax(z/T)[class] for a given T, then try many T, as section 6 does.",
			"try T from 0.1 to 20 in steps of 1 % (T *= 1.01) and keep the best.",
			"mat.Row(nil, i, z) copies row i, so that dividing it by T does not change z for the next T.",
		},
	},
}

func softmaxOf(z []float64) []float64 {
	p, largest := make([]float64, len(z)), floats.Max(z)
	for k := range z {
		p[k] = math.Exp(z[k] - largest)
	}
	floats.Scale(1/floats.Sum(p), p)
	return p
}

// confident draws logits and classes that follow them, then multiplies the
// logits, so that the best temperature is near factor.
func confident(n int, factor float64) (z *mat.Dense, class []int) {
	rng := rand.New(rand.NewPCG(6, 4))
	z = mat.NewDense(n, 3, nil)
	for i := range n {
		row := z.RawRowView(i)
		for k := range row {
			row[k] = 2 * dl.Normal(rng)
		}
		u, k := rng.Float64(), 0
		for p := softmaxOf(row); k < 2 && u > p[k]; k++ {
			u -= p[k]
		}
		class = append(class, k)
		floats.Scale(factor, row)
	}
	return z, class
}

// bestTemperature minimises the cross-entropy, which is convex in 1/T, by thirds.
func bestTemperature(z *mat.Dense, class []int) float64 {
	loss := func(inverse float64) float64 {
		sum := 0.0
		for i, c := range class {
			row := mat.Row(nil, i, z)
			floats.Scale(inverse, row)
			sum -= math.Log(softmaxOf(row)[c])
		}
		return sum
	}
	low, high := 0.02, 20.0
	for range 60 {
		a, b := low+(high-low)/3, high-(high-low)/3
		if loss(a) < loss(b) {
			high = b
		} else {
			low = a
		}
	}
	return 2 / (low + high)
}
