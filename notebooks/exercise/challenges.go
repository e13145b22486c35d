package exercise

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
)

var challenges = []Exercise{
	{
		ID:    "19.1",
		Title: "The memory of a training step",
		Check: func(trainingBytes func(parameters, activations, batch int) int) error {
			P, A, B := 57000, 40000, 64
			got := trainingBytes(P, A, B)
			switch got {
			case 0:
				return ErrUnsolved
			case 8 * (P + B*A):
				return errors.New("the parameters are there once: that is enough to predict, but training with Adam keeps more numbers for each parameter")
			case 8 * (2*P + B*A):
				return errors.New("parameters and gradients are there; what else does Adam keep for each parameter?")
			case 8 * (3*P + B*A):
				return errors.New("one array is missing: Adam keeps m and v beside the parameters and their gradients")
			case 8 * (4*P + A):
				return errors.New("the activations of one sample are there: Backward needs those of every sample in the batch")
			case 8 * B * (4*P + A):
				return errors.New("the parameters do not grow with the batch: all its samples share one set of weights and one gradient")
			case 8 * (4*P + 2*B*A):
				return errors.New("you count a gradient for each activation too: there are such arrays, but section 1 leaves them out")
			case 4 * (4*P + B*A):
				return errors.New("half of what is expected: a float64 takes 8 bytes")
			case 4*P + B*A:
				return errors.New("that counts numbers; a float64 takes 8 bytes")
			}
			for _, c := range [][3]int{{P, A, B}, {57000, 40000, 1}, {1000, 0, 32}, {0, 10, 3}} {
				if got, want := trainingBytes(c[0], c[1], c[2]), 8*(4*c[0]+c[1]*c[2]); got != want {
					return near(fmt.Sprintf("for %d parameters, %d activations a sample and a batch of %d the number of bytes", c[0], c[1], c[2]), float64(got), float64(want), 1e-12)
				}
			}
			return nil
		},
		Hints: []string{
			"two kinds of arrays: those as long as the parameter vector, and those that hold a number for each activation of each sample.",
			"Params has Value and Grad, Adam has M and V: four numbers for each parameter, whatever the batch.",
		},
	},
	{
		ID:    "19.2",
		Title: "Soft targets",
		Check: func(softTargets func(z []float64, T float64) []float64) error {
			z := []float64{4, 1, -2}
			got := softTargets(slices.Clone(z), 4)
			if got == nil {
				return ErrUnsolved
			}
			want := tempered(z, 4)
			divided := tempered(z, 1)
			for i := range divided {
				divided[i] /= 4
			}
			switch {
			case sameSlice(got, tempered(z, 1)):
				return errors.New("that is the softmax at T = 1: nothing has been softened")
			case sameSlice(got, tempered(z, 0.25)):
				return errors.New("with T = 4 your probabilities are sharper than at T = 1, not softer: which way does T act on the logits?")
			case sameSlice(got, divided):
				return errors.New("your targets do not add up to 1: T acts on the logits, before the exponential, not on the probabilities")
			}
			if err := nearAll("the targets", got, want, 1e-9); err != nil {
				return err
			}
			large := softTargets([]float64{3000, 2998}, 2)
			if len(large) == 2 && (math.IsNaN(large[0]) || math.IsNaN(large[1])) {
				return errors.New("right for small logits; for logits of 3,000 the exponential overflows: take the largest logit off first, which changes no probability")
			}
			return nearAll("for the logits 3000 and 2998 at T = 2, the targets", large, tempered([]float64{3000, 2998}, 2), 1e-9)
		},
		Hints: []string{
			"softmax of what? A high temperature must bring the logits closer to each other.",
			"divide every logit by T, then take the softmax: exp(z/T − largest/T), divided by its sum.",
		},
	},
	{
		ID:    "19.3",
		Title: "A split in time",
		Check: func(timeSplit func(times []float64, share float64) (train, test []int)) error {
			times := []float64{5, 1, 4, 2, 8, 6, 3, 7}
			train, test := timeSplit(slices.Clone(times), 0.25)
			if train == nil && test == nil {
				return ErrUnsolved
			}
			if err := partition(train, test, len(times)); err != nil {
				return err
			}
			latest, first := timesOf(times, train, slices.Max[[]float64]), timesOf(times, test, slices.Min[[]float64])
			switch {
			case slices.Equal(slices.Sorted(slices.Values(test)), []int{6, 7}):
				return errors.New("your test set is the last rows; the rows are not in order of time here, so look at times")
			case slices.Equal(slices.Sorted(slices.Values(test)), []int{1, 3}):
				return errors.New("your test set is the earliest quarter: that trains on the future")
			case latest > first:
				return fmt.Errorf("the training set reaches to time %g, and the test set begins at %g", latest, first)
			case len(test) != 2:
				return fmt.Errorf("of 8 rows with different times and a share of 0.25 you test on %d, want 2", len(test))
			}
			times = []float64{1, 2, 3, 3, 3, 4}
			train, test = timeSplit(slices.Clone(times), 0.5)
			if err := partition(train, test, len(times)); err != nil {
				return fmt.Errorf("for the times %v: %w", times, err)
			}
			if latest, first := timesOf(times, train, slices.Max[[]float64]), timesOf(times, test, slices.Min[[]float64]); latest >= first {
				return fmt.Errorf("rows of one moment, time %g, are on both sides: they are likely to be of one event, so keep them together", first)
			}
			if len(test) != 4 {
				return fmt.Errorf("for the times %v and a share of 0.5 you test on %d rows, want 4: the moment that the share ends in belongs to the test set", times, len(test))
			}
			times = []float64{0, 100, 1, 2}
			if _, test := timeSplit(slices.Clone(times), 0.5); len(test) != 2 {
				return fmt.Errorf("for the times %v and a share of 0.5 you test on %d rows, want 2: the share is one of the rows, not of the time that passed", times, len(test))
			}
			return nil
		},
		Hints: []string{
			"find one moment that divides: everything before it trains, everything from it on tests.",
			"sort a copy of the times; with n rows, the moment is at place n − round(share·n).",
			"then go through the rows: times[i] < moment goes to train, otherwise to test.",
		},
	},
	{
		ID:    "19.4",
		Title: "The score on shuffled labels",
		Check: func(shuffledScores func(pipeline func(X, y *mat.Dense) float64, X, y *mat.Dense, rounds int) []float64) error {
			const n = 30
			X, y := mat.NewDense(n, 1, nil), mat.NewDense(n, 1, nil)
			for i := range n {
				X.Set(i, 0, float64(i))
				y.Set(i, 0, float64(i%2))
			}
			var seen [][]float64
			moved, counted := false, true
			pipeline := func(A, b *mat.Dense) float64 {
				labels := mat.Col(nil, 0, b)
				seen = append(seen, labels)
				for i := range n {
					moved = moved || A.At(i, 0) != float64(i)
				}
				counted = counted && mat.Sum(b) == n/2
				return float64(len(seen))
			}
			got := shuffledScores(pipeline, X, y, 5)
			if got == nil {
				return ErrUnsolved
			}
			original := make([]float64, n)
			for i := range original {
				original[i] = float64(i % 2)
			}
			switch {
			case !slices.Equal(mat.Col(nil, 0, y), original):
				return errors.New("your function leaves y shuffled for its caller: shuffle a copy")
			case len(seen) == 0:
				return errors.New("the pipeline is never called")
			case slices.Equal(seen[0], original) && !moved:
				return errors.New("the pipeline gets the labels in their true order: nothing is shuffled")
			case moved:
				return errors.New("the rows of X move too: whoever takes his label along is not shuffled. Move the labels only")
			case !counted:
				return errors.New("the labels are drawn anew, so the classes have other sizes than before: permute those that are there")
			case len(seen) != 5 || len(got) != 5:
				return fmt.Errorf("for 5 rounds the pipeline is called %d times and you return %d scores", len(seen), len(got))
			case slices.Equal(seen[0], seen[1]) && slices.Equal(seen[1], seen[2]):
				return errors.New("each round has the same shuffle, so the scores say nothing of chance: draw a new one in each round")
			}
			return nearAll("the scores", got, []float64{1, 2, 3, 4, 5}, 1e-12)
		},
		Hints: []string{
			"the whole pipeline runs on each shuffle, choosing and scaling included; so hand it X and the shuffled labels and let it do everything.",
			"make one generator before the loop, rand.New(rand.NewPCG(1, 1)); in each round take mat.DenseCopyOf(y), swap its elements by rng.Shuffle, call pipeline(X, copy).",
		},
	},
}

// tempered is the softmax of z/T.
func tempered(z []float64, T float64) []float64 {
	p, sum := make([]float64, len(z)), 0.0
	for i, v := range z {
		p[i] = math.Exp((v - slices.Max(z)) / T)
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
	return p
}

// sameSlice reports whether two slices agree to nine digits.
func sameSlice(a, b []float64) bool { return nearAll("", a, b, 1e-9) == nil }

// partition says what is wrong unless each of n rows is on one side, and neither is empty.
func partition(train, test []int, n int) error {
	all := slices.Sorted(slices.Values(slices.Concat(train, test)))
	switch {
	case len(all) != n || len(slices.Compact(slices.Clone(all))) != n || all[0] != 0 || all[n-1] != n-1:
		return fmt.Errorf("of %d rows you return %d for training and %d for testing: each row belongs to exactly one of the two", n, len(train), len(test))
	case len(train) == 0 || len(test) == 0:
		return errors.New("one of the two sets is empty")
	}
	return nil
}

// timesOf applies f to the times of rows.
func timesOf(times []float64, rows []int, f func([]float64) float64) float64 {
	var t []float64
	for _, i := range rows {
		t = append(t, times[i])
	}
	return f(t)
}
