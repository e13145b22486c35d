package exercise

import (
	"errors"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
)

var crossModalLearning = []Exercise{
	{
		ID:    "18.1",
		Title: "The nearest word",
		Check: func(nearest func(u []float64, V *mat.Dense) int) error {
			V := mat.NewDense(4, 2, []float64{6, 6, 1, 0.2, 4, -1, -1, -1})
			switch got := nearest([]float64{4, 1}, V); got {
			case -1:
				return ErrUnsolved
			case 0:
				return errors.New("for u = (4, 1) you choose (6, 6), the longest vector: a dot product alone favours long vectors; compare the directions")
			case 2:
				return errors.New("for u = (4, 1) you choose (4, -1), the one at the shortest distance; by direction another one is nearer")
			case 3:
				return errors.New("for u = (4, 1) you choose (-1, -1), which points nearly the opposite way: the largest cosine is wanted, not the smallest")
			case 1:
			default:
				return errors.New("the result has to be the number of a row of V, from 0")
			}
			if nearest([]float64{-0.1, -0.1}, V) != 3 || nearest([]float64{30, 31}, V) != 0 {
				return errors.New("for u = (4, 1) the answer is right, but not for u = (-0.1, -0.1) or u = (30, 31)")
			}
			return nil
		},
		Hints: []string{
			"the cosine of two vectors is their dot product divided by both lengths.",
			"the length of u is the same for all rows, so it changes no ranking; the length of the row does.",
			"floats.Dot(u, V.RawRowView(i)) / floats.Norm(V.RawRowView(i), 2), with a loop that keeps the best i.",
		},
	},
	{
		ID:    "18.2",
		Title: "The lowest loss",
		Check: func(floor func(labels []int) float64) error {
			got := floor([]int{3, 3, 7, 7, 7, 1})
			switch {
			case math.IsNaN(got):
				return ErrUnsolved
			case got == 0:
				return errors.New("for 3 3 7 7 7 1 you return 0, but no encoder can tell two equal captions of the batch apart")
			case close(got, math.Log(6)):
				return errors.New("for 3 3 7 7 7 1 you return ln 6: that is the loss of encoders that know nothing")
			case close(got, math.Log(3)):
				return errors.New("for 3 3 7 7 7 1 you return ln 3: that counts the classes; count how many rows share a caption")
			case close(got, (math.Log(2)+math.Log(3))/3):
				return errors.New("for 3 3 7 7 7 1 you take the mean over the three captions; the loss is a mean over the six rows")
			case close(got, 2*math.Log(2)+3*math.Log(3)):
				return errors.New("for 3 3 7 7 7 1 you return the sum over the six rows; the loss is their mean")
			case close(got, math.Log(6)-(2*math.Log(2)+3*math.Log(3))/6):
				return errors.New("for 3 3 7 7 7 1 you take the logarithm of 6/n, which is largest for the caption that is there once; but that row can be told apart from all others")
			case close(got, math.Log(2)):
				return errors.New("for 3 3 7 7 7 1 you return ln 2: take the logarithm row by row, then the mean")
			}
			if err := near("the lowest loss for 3 3 7 7 7 1", got, (2*math.Log(2)+3*math.Log(3))/6, 1e-9); err != nil {
				return err
			}
			if got := floor([]int{0, 1, 2, 3}); math.Abs(got) > 1e-12 {
				return errors.New("where every caption is there once, the loss can fall to 0")
			}
			return near("the lowest loss for 5 5 5 5", floor([]int{5, 5, 5, 5}), math.Log(4), 1e-9)
		},
		Hints: []string{
			"an image whose caption is there n times can give its own caption at most the share 1/n, for equal captions get equal shares.",
			"the loss of that row is then −ln(1/n) = ln n.",
			"count how often each label occurs, then take the mean of ln(count) over all rows.",
		},
	},
	{
		ID:    "18.3",
		Title: "Several right answers",
		Check: func(gradient func(S *mat.Dense, labels []int) *mat.Dense) error {
			S, labels := mat.NewDense(3, 3, []float64{2, 0, 1, 0.5, 0.5, 0.5, -1, 3, 0}), []int{4, 6, 4}
			got := gradient(mat.DenseCopyOf(S), labels)
			if got == nil {
				return ErrUnsolved
			}
			if r, c := got.Dims(); r == 3 && c == 3 {
				for _, wrong := range []struct {
					target  func(i, j int) float64
					divisor float64
					message string
				}{
					{func(i, j int) float64 { return map[bool]float64{true: 1}[i == j] }, 3, "row 0 has the right answers 0 and 2, which share a label; you push 2 away as a negative"},
					{func(i, j int) float64 { return map[bool]float64{true: 1}[labels[i] == labels[j]] }, 3, "the targets of row 0 are 1, 0, 1: a row of targets is a distribution, its sum is 1"},
					{func(i, j int) float64 { return share(labels, i, j) }, 1, "the loss is a mean over the rows, and so is its gradient: divide by B"},
					{func(i, j int) float64 { return share(labels, i, j) }, 6, "half of what is expected: L asks only from image to word here, a mean over B questions and not over 2B"},
					{func(i, j int) float64 { return 2*softmaxOf(S.RawRowView(i))[j] - share(labels, i, j) }, 3, "the sign is wrong: the gradient is what the softmax gives minus what it should give"},
				} {
					if nearMat("", got, gradientOf(S, wrong.target, wrong.divisor), 1e-6) == nil {
						return errors.New(wrong.message)
					}
				}
			}
			return nearMat("the gradient", got, gradientOf(S, func(i, j int) float64 { return share(labels, i, j) }, 3), 1e-6)
		},
		Hints: []string{
			"for cross-entropy the gradient of a row of logits is (softmax − targets)/B, whatever the targets are.",
			"the targets of row i are 1/n in the n columns j with labels[j] == labels[i], and 0 elsewhere.",
		},
	},
	{
		ID:    "18.4",
		Title: "Back through the length",
		Check: func(throughLength func(a, du []float64) []float64) error {
			a, du := []float64{3, 4}, []float64{1, 2}
			got := throughLength(slices.Clone(a), slices.Clone(du))
			if got == nil {
				return ErrUnsolved
			}
			if len(got) == 2 {
				for _, wrong := range []struct {
					value   [2]float64
					message string
				}{
					{[2]float64{0.2, 0.4}, "you divide by the length of a, but u also changes because the length does: the part of ∂L/∂u along u has to go"},
					{[2]float64{1 - 0.6*2.2, 2 - 0.8*2.2}, "the part along u is gone, but the division by the length of a is missing"},
					{[2]float64{(1 - 33) / 5.0, (2 - 44) / 5.0}, "you take away a (a·∂L/∂u); the part along a direction needs the unit vector u"},
					{[2]float64{0.6 * 2.2 / 5, 0.8 * 2.2 / 5}, "that is the part along u; it is the other part that counts"},
				} {
					if close(got[0], wrong.value[0]) && close(got[1], wrong.value[1]) {
						return errors.New(wrong.message)
					}
				}
			}
			if err := nearAll("∂L/∂a for a = (3, 4), ∂L/∂u = (1, 2)", got, []float64{(1 - 0.6*2.2) / 5, (2 - 0.8*2.2) / 5}, 1e-9); err != nil {
				return err
			}
			got = throughLength([]float64{0, 0.5, 0}, []float64{1, 7, -2})
			return nearAll("∂L/∂a for a = (0, 0.5, 0), ∂L/∂u = (1, 7, -2)", got, []float64{2, 0, -4}, 1e-9)
		},
		Hints: []string{
			"u = a/‖a‖. Moving a along itself does not turn it, so that part of the gradient is lost.",
			"∂u_i/∂a_j = (δ_ij − u_i u_j)/‖a‖.",
			"take from ∂L/∂u its part along u, u (u·∂L/∂u), and divide what is left by ‖a‖.",
		},
	},
}

// share is 1/n where label j is one of the n that equal label i, and 0 elsewhere.
func share(labels []int, i, j int) float64 {
	n := 0.0
	for _, l := range labels {
		if l == labels[i] {
			n++
		}
	}
	if labels[i] != labels[j] {
		return 0
	}
	return 1 / n
}

// gradientOf is (softmax − target)/divisor, row by row.
func gradientOf(S *mat.Dense, target func(i, j int) float64, divisor float64) *mat.Dense {
	G := mat.DenseCopyOf(S)
	G.Apply(func(i, j int, _ float64) float64 { return (softmaxOf(S.RawRowView(i))[j] - target(i, j)) / divisor }, G)
	return G
}
