package exercise

import "gonum.org/v1/gonum/mat"

var overfittingAnswers = []answerCase{
	{"08.1", func(losses []float64, patience int) int { return -1 }, "○"},
	{"08.1", stopsAt, "✓"},
	{"08.1", func(losses []float64, patience int) int { return stopsAt(losses, patience) - patience }, "that is the best epoch"},
	{"08.1", func(losses []float64, patience int) int { return len(losses) - 1 }, "nobody knows"},
	{"08.1", func(losses []float64, patience int) int { return stopsAt(losses, 2) }, "only two epochs"},
	{"08.1", func(losses []float64, patience int) int {
		worse := 0
		for epoch := 1; epoch < len(losses); epoch++ {
			if losses[epoch] < losses[epoch-1] {
				worse = 0
			} else if worse++; worse == patience {
				return epoch
			}
		}
		return len(losses) - 1
	}, "with the one before it"},
	{"08.1", func(losses []float64, patience int) int {
		best, worse := losses[0], 0
		for epoch, loss := range losses {
			if loss <= best {
				best, worse = loss, 0
			} else if worse++; worse == patience {
				return epoch
			}
		}
		return len(losses) - 1
	}, "no new lowest"},
	{"08.2", func(a []float64, keep []bool, rate float64) []float64 {
		dropped := make([]bool, len(keep))
		for i := range keep {
			dropped[i] = !keep[i]
		}
		return dropWith(func(v, rate float64) float64 { return v / (1 - rate) })(a, dropped, rate)
	}, "whose keep is false"},
	{"08.2", func(a []float64, keep []bool, rate float64) []float64 {
		copy(a, dropWith(func(v, rate float64) float64 { return v / (1 - rate) })(a, keep, rate))
		return a
	}, "has changed its argument"},
	{"08.2", func(a []float64, keep []bool, rate float64) []float64 { return nil }, "○"},
	{"08.2", dropWith(func(v, rate float64) float64 { return v / (1 - rate) }), "✓"},
	{"08.2", dropWith(func(v, rate float64) float64 { return v }), "must grow"},
	{"08.2", dropWith(func(v, rate float64) float64 { return v / rate }), "divide by the share that is kept"},
	{"08.2", dropWith(func(v, rate float64) float64 { return v * (1 - rate) }), "smaller still"},
	{"08.3", func(fits *mat.Dense, truth []float64) [2]float64 { return [2]float64{} }, "○"},
	{"08.3", decompose(0, false), "✓"},
	{"08.3", decompose(1, false), "a plain mean"},
	{"08.3", decompose(0, true), "the two are exchanged"},
	{"08.3", func(fits *mat.Dense, truth []float64) [2]float64 {
		both := decompose(0, false)(fits, truth)
		return [2]float64{2 * both[0], 2 * both[1]}
	}, "sums over the places"},
	{"08.3", func(fits *mat.Dense, truth []float64) [2]float64 {
		return [2]float64{1, decompose(0, false)(fits, truth)[1]}
	}, "averaged before it is squared"},
}

func stopsAt(losses []float64, patience int) int {
	best, at := losses[0], 0
	for epoch, loss := range losses {
		if loss < best {
			best, at = loss, epoch
		}
		if epoch-at == patience {
			return epoch
		}
	}
	return len(losses) - 1
}

func dropWith(f func(v, rate float64) float64) func(a []float64, keep []bool, rate float64) []float64 {
	return func(a []float64, keep []bool, rate float64) []float64 {
		out := make([]float64, len(a))
		for i := range a {
			if keep[i] {
				out[i] = f(a[i], rate)
			}
		}
		return out
	}
}

func decompose(fewer float64, exchanged bool) func(fits *mat.Dense, truth []float64) [2]float64 {
	return func(fits *mat.Dense, truth []float64) [2]float64 {
		n, m := fits.Dims()
		bias, variance := 0.0, 0.0
		for j := range m {
			mean := mat.Sum(fits.ColView(j)) / float64(n)
			bias += (mean - truth[j]) * (mean - truth[j]) / float64(m)
			for i := range n {
				variance += (fits.At(i, j) - mean) * (fits.At(i, j) - mean) / (float64(n) - fewer) / float64(m)
			}
		}
		if exchanged {
			return [2]float64{variance, bias}
		}
		return [2]float64{bias, variance}
	}
}
