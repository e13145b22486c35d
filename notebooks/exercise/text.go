package exercise

import (
	"errors"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
)

var text = []Exercise{
	{
		ID:    "11.1",
		Title: "Bits per character",
		Check: func(bits func(p []float64) float64) error {
			p := []float64{0.5, 0.25, 0.125, 0.125}
			switch got := bits(slices.Clone(p)); {
			case got == 0:
				return ErrUnsolved
			case math.Abs(got-2.25*math.Ln2) < 1e-9:
				return errors.New("that is the mean in nats: take the logarithm to base 2")
			case math.Abs(got-9) < 1e-9:
				return errors.New("that is the sum over all characters, not the mean")
			default:
				return near("the result for 1/2, 1/4, 1/8, 1/8", got, 2.25, 1e-9)
			}
		},
		Hints: []string{
			"a character that came with probability 1/8 costs 3 bits.",
			"the mean of −math.Log2(p[i]).",
		},
	},
	{
		ID:    "11.2",
		Title: "Softmax with a temperature",
		Check: func(f func(logits []float64, temperature float64) []float64) error {
			got := f([]float64{1, 2, 4}, 0.5)
			if got == nil {
				return ErrUnsolved
			}
			if nearAll("p", got, heated([]float64{1, 2, 4}, 2), 1e-9) == nil {
				return errors.New("0.5 makes the probabilities flatter, where it should sharpen them: do you multiply?")
			}
			if err := nearAll("p", got, heated([]float64{1, 2, 4}, 0.5), 1e-9); err != nil {
				return err
			}
			return nearAll("for logits of 1000 and more, p", f([]float64{1000, 1001}, 1), heated([]float64{0, 1}, 1), 1e-9)
		},
		Hints: []string{
			"divide the logits by the temperature, then take the softmax.",
			"subtracting the largest logit from all changes nothing in the result and keeps the exponentials at most 1.",
		},
	},
	{
		ID:    "11.3",
		Title: "Causal attention",
		Check: func(f func(Q, K *mat.Dense) *mat.Dense) error {
			Q := mat.NewDense(3, 2, []float64{1, 0, 0.5, -1, 2, 1})
			K := mat.NewDense(3, 2, []float64{1, 2, -1, 0.5, 0, 1})
			got := f(mat.DenseCopyOf(Q), mat.DenseCopyOf(K))
			if got == nil {
				return ErrUnsolved
			}
			switch {
			case sameMat(got, attend(Q, K, math.Sqrt2, false)):
				return errors.New("the first place looks at later ones: the mask is missing")
			case sameMat(got, attend(Q, K, 1, true)):
				return errors.New("the scores are not divided by √d")
			}
			return nearMat("A", got, attend(Q, K, math.Sqrt2, true), 1e-9)
		},
		Hints: []string{
			"row t: scores of query t with keys 0 to t, divided by √d, then softmax. The rest is 0.",
			"a score of −∞ becomes a weight of 0.",
		},
	},
}

// heated is the softmax of z/temperature.
func heated(z []float64, temperature float64) []float64 {
	p, sum := make([]float64, len(z)), 0.0
	for k := range z {
		p[k] = math.Exp((z[k] - slices.Max(z)) / temperature)
		sum += p[k]
	}
	for k := range p {
		p[k] /= sum
	}
	return p
}

// attend returns softmax(QKᵀ/scale), row by row.
func attend(Q, K *mat.Dense, scale float64, causal bool) *mat.Dense {
	var S mat.Dense
	S.Mul(Q, K.T())
	T, _ := S.Dims()
	for t := range T {
		for s := range T {
			if causal && s > t {
				S.Set(t, s, math.Inf(-1))
			}
		}
		S.SetRow(t, heated(S.RawRowView(t), scale))
	}
	return &S
}
