package exercise

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/mat"
)

var challengesAnswers = []answerCase{
	{"19.1", func(parameters, activations, batch int) int { return 0 }, "○"},
	{"19.1", func(parameters, activations, batch int) int { return 8 * (4*parameters + batch*activations) }, "✓"},
	{"19.1", func(parameters, activations, batch int) int { return 8 * (parameters + batch*activations) }, "enough to predict"},
	{"19.1", func(parameters, activations, batch int) int { return 8 * batch * (4*parameters + activations) }, "do not grow with the batch"},
	{"19.1", func(parameters, activations, batch int) int { return 8 * (4*parameters + activations) }, "every sample in the batch"},
	{"19.1", func(parameters, activations, batch int) int { return 8 * (4*parameters + 2*batch*activations) }, "section 1 leaves them out"},
	{"19.2", func(z []float64, T float64) []float64 { return nil }, "○"},
	{"19.2", tempered, "✓"},
	{"19.2", func(z []float64, T float64) []float64 { return tempered(z, 1/T) }, "sharper"},
	{"19.2", func(z []float64, T float64) []float64 { return tempered(z, 1) }, "nothing has been softened"},
	{"19.2", func(z []float64, T float64) []float64 {
		p := tempered(z, 1)
		for i := range p {
			p[i] /= T
		}
		return p
	}, "do not add up to 1"},
	{"19.2", func(z []float64, T float64) []float64 {
		p, sum := make([]float64, len(z)), 0.0
		for i, v := range z {
			p[i] = math.Exp(v / T)
			sum += p[i]
		}
		for i := range p {
			p[i] /= sum
		}
		return p
	}, "overflows"},
	{"19.3", func(times []float64, share float64) (train, test []int) { return nil, nil }, "○"},
	{"19.3", func(times []float64, share float64) (train, test []int) {
		sorted := slices.Sorted(slices.Values(times))
		moment := sorted[len(times)-int(math.Round(share*float64(len(times))))]
		for i, t := range times {
			if t < moment {
				train = append(train, i)
			} else {
				test = append(test, i)
			}
		}
		return train, test
	}, "✓"},
	{"19.3", lastRows, "look at times"},
	{"19.3", byOrder(false), "on both sides"},
	{"19.3", byOrder(true), "trains on the future"},
	{"19.3", func(times []float64, share float64) (train, test []int) { // a share of the time that passed
		begin := slices.Max(times) - share*(slices.Max(times)-slices.Min(times))
		for i, t := range times {
			if t < begin {
				train = append(train, i)
			} else {
				test = append(test, i)
			}
		}
		return train, test
	}, "not of the time that passed"},
	{"19.4", func(pipeline func(X, y *mat.Dense) float64, X, y *mat.Dense, rounds int) []float64 { return nil }, "○"},
	{"19.4", shuffling(func(rng *rand.Rand, X, y *mat.Dense) (*mat.Dense, *mat.Dense) {
		c := mat.DenseCopyOf(y)
		rng.Shuffle(30, func(i, j int) { a, b := c.At(i, 0), c.At(j, 0); c.Set(i, 0, b); c.Set(j, 0, a) })
		return X, c
	}), "✓"},
	{"19.4", shuffling(func(rng *rand.Rand, X, y *mat.Dense) (*mat.Dense, *mat.Dense) {
		rng.Shuffle(30, func(i, j int) { a, b := y.At(i, 0), y.At(j, 0); y.Set(i, 0, b); y.Set(j, 0, a) })
		return X, y
	}), "shuffle a copy"},
	{"19.4", shuffling(func(rng *rand.Rand, X, y *mat.Dense) (*mat.Dense, *mat.Dense) { return X, y }), "nothing is shuffled"},
	{"19.4", shuffling(func(rng *rand.Rand, X, y *mat.Dense) (*mat.Dense, *mat.Dense) {
		A, b := mat.NewDense(30, 1, nil), mat.NewDense(30, 1, nil)
		for i, k := range rng.Perm(30) {
			A.Set(i, 0, X.At(k, 0))
			b.Set(i, 0, y.At(k, 0))
		}
		return A, b
	}), "Move the labels only"},
	{"19.4", shuffling(func(_ *rand.Rand, X, y *mat.Dense) (*mat.Dense, *mat.Dense) {
		c := mat.DenseCopyOf(y)
		rand.New(rand.NewPCG(1, 1)).Shuffle(30, func(i, j int) { a, b := c.At(i, 0), c.At(j, 0); c.Set(i, 0, b); c.Set(j, 0, a) })
		return X, c
	}), "the same shuffle"},
	{"19.4", shuffling(func(rng *rand.Rand, X, y *mat.Dense) (*mat.Dense, *mat.Dense) {
		c := mat.NewDense(30, 1, nil)
		c.Apply(func(_, _ int, _ float64) float64 { return float64(rng.IntN(2)) }, c)
		return X, c
	}), "drawn anew"},
}

func lastRows(times []float64, share float64) (train, test []int) {
	n := len(times) - int(share*float64(len(times)))
	for i := range times {
		if i < n {
			train = append(train, i)
		} else {
			test = append(test, i)
		}
	}
	return train, test
}

// byOrder sorts the rows by time and cuts, without a look at rows of one moment.
func byOrder(backwards bool) func(times []float64, share float64) (train, test []int) {
	return func(times []float64, share float64) (train, test []int) {
		rows := make([]int, len(times))
		for i := range rows {
			rows[i] = i
		}
		slices.SortStableFunc(rows, func(a, b int) int {
			if backwards {
				a, b = b, a
			}
			return int(times[a] - times[b])
		})
		n := len(times) - int(share*float64(len(times)))
		return rows[:n], rows[n:]
	}
}

func shuffling(change func(rng *rand.Rand, X, y *mat.Dense) (*mat.Dense, *mat.Dense)) func(pipeline func(X, y *mat.Dense) float64, X, y *mat.Dense, rounds int) []float64 {
	return func(pipeline func(X, y *mat.Dense) float64, X, y *mat.Dense, rounds int) []float64 {
		rng, scores := rand.New(rand.NewPCG(1, 1)), []float64{}
		for range rounds {
			scores = append(scores, pipeline(change(rng, X, y)))
		}
		return scores
	}
}
