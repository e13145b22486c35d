package exercise

import (
	"math"
	"slices"
)

var automlAnswers = []answerCase{
	{"14.1", func(p, q float64) int { return 0 }, "○"},
	{"14.1", func(p, q float64) int { return int(math.Ceil(math.Log(1-q) / math.Log(1-p))) }, "✓"},
	{"14.1", func(p, q float64) int { return int(math.Log(1-q) / math.Log(1-p)) }, "which way is to be rounded"},
	{"14.1", func(p, q float64) int { return int(math.Round(1 / p)) }, "on average"},
	{"14.1", func(p, q float64) int { return int(math.Round(q / p)) }, "do not add up"},
	{"14.1", func(p, q float64) int { return int(math.Ceil(math.Log(1-p) / math.Log(1-q))) }, "which of p, q, 1 - p and 1 - q"},
	{"14.1", func(p, q float64) int { return int(math.Ceil(math.Log(q) / math.Log(1-p))) }, "which of p, q, 1 - p and 1 - q"},
	{"14.1", func(p, q float64) int { return 1000 }, "fewer would do"},
	{"14.2", halve(func(alive []int, before, epochs int) int { return 0 }, false, -1), "○"},
	{"14.2", halve(onlyNew, false, 0), "✓"},
	{"14.2", halve(func(alive []int, before, epochs int) int { return len(alive) * epochs }, false, 0), "pay a survivor's first epochs again"},
	{"14.2", halve(func(alive []int, before, epochs int) int { return len(alive) }, false, 0), "count epochs"},
	{"14.2", halve(onlyNew, true, 0), "do the worst survive"},
	{"14.2", func(n, eta, full int, error func(k, epochs int) float64) [2]int {
		return halve(onlyNew, false, 0)(n, eta, full, func(k, epochs int) float64 { return error(k, full) })
	}, "would be best in the end"},
	{"14.2", func(n, eta, full int, error func(k, epochs int) float64) [2]int { return [2]int{4, n * full} }, "all to the end"},
	{"14.2", func(n, eta, full int, error func(k, epochs int) float64) [2]int {
		return halve(onlyNew, false, 0)(n, eta, full, func(k, epochs int) float64 { return error(k, 1) })
	}, "again at each stop"},
	{"14.3", func(mu, sigma, highest float64) float64 { return -1 }, "○"},
	{"14.3", func(mu, sigma, highest float64) float64 {
		if sigma == 0 {
			return max(0, mu-highest)
		}
		return gain(mu, sigma, highest)
	}, "✓"},
	{"14.3", func(mu, sigma, highest float64) float64 {
		return gain(mu, sigma, highest) + 0*sigma/sigma
	}, "divide by 0"},
	{"14.3", func(mu, sigma, highest float64) float64 {
		if sigma == 0 {
			return mu - highest
		}
		return gain(mu, sigma, highest)
	}, "a loss counts as 0"},
	{"14.3", func(mu, sigma, lowest float64) float64 { return gain(-mu, sigma, -lowest) }, "formula for an error"},
	{"14.3", func(mu, sigma, highest float64) float64 {
		u := (highest - mu) / sigma
		return (mu-highest)*math.Erfc(-u/math.Sqrt2)/2 + sigma*math.Exp(-u*u/2)/math.Sqrt(2*math.Pi)
	}, "wrong sign"},
	{"14.3", func(mu, sigma, highest float64) float64 { return math.Erfc((highest-mu)/sigma/math.Sqrt2) / 2 }, "probability of an improvement"},
	{"14.3", func(mu, sigma, highest float64) float64 { return max(0, mu-highest) }, "improvement of the mean"},
	{"14.4", func(scores [][]float64) [2]float64 { return [2]float64{} }, "○"},
	{"14.4", report(leftOut), "✓"},
	{"14.4", report(func(scores [][]float64, fold int) int { return 0 }), "the folds that now judge it"},
	{"14.4", report(func(scores [][]float64, fold int) int {
		return argmax(scores, func(row []float64) float64 { return row[fold] })
	}), "best on that very fold"},
	{"14.4", report(func(scores [][]float64, fold int) int {
		return argmax(scores, func(row []float64) float64 {
			return slices.Max(slices.Delete(slices.Clone(row), fold, fold+1))
		})
	}), "best single score"},
	{"14.4", func(scores [][]float64) [2]float64 { r := report(leftOut)(scores); return [2]float64{r[1], r[0]} }, "exchanged"},
}

func onlyNew(alive []int, before, epochs int) int { return len(alive) * (epochs - before) }

// halve is successive halving with a way to count its cost. wrong keeps the worst first; untouched returns nothing.
func halve(cost func(alive []int, before, epochs int) int, wrong bool, untouched int) func(n, eta, full int, error func(k, epochs int) float64) [2]int {
	return func(n, eta, full int, error func(k, epochs int) float64) [2]int {
		if untouched == -1 {
			return [2]int{-1, 0}
		}
		alive, spent, before := []int{}, 0, 0
		for k := range n {
			alive = append(alive, k)
		}
		for epochs := 1; ; epochs *= eta {
			spent += cost(alive, before, epochs)
			before = epochs
			slices.SortStableFunc(alive, func(a, b int) int {
				better := error(a, epochs) < error(b, epochs)
				if better != wrong {
					return -1
				}
				return 1
			})
			if epochs >= full {
				return [2]int{alive[0], spent}
			}
			alive = alive[:max(1, len(alive)/eta)]
		}
	}
}

// gain is the expected improvement on the highest value.
func gain(mu, sigma, highest float64) float64 {
	u := (mu - highest) / sigma
	return (mu-highest)*math.Erfc(-u/math.Sqrt2)/2 + sigma*math.Exp(-u*u/2)/math.Sqrt(2*math.Pi)
}

// report returns the best mean and the mean over the folds of what the chosen trial scores there.
func report(choose func(scores [][]float64, fold int) int) func(scores [][]float64) [2]float64 {
	return func(scores [][]float64) [2]float64 {
		folds := len(scores[0])
		out := [2]float64{sum(scores[argmax(scores, sum)]) / float64(folds), 0}
		for fold := range folds {
			out[1] += scores[choose(scores, fold)][fold] / float64(folds)
		}
		return out
	}
}

func leftOut(scores [][]float64, fold int) int {
	return argmax(scores, func(row []float64) float64 { return sum(row) - row[fold] })
}

func argmax(scores [][]float64, of func(row []float64) float64) int {
	best := 0
	for k := range scores {
		if of(scores[k]) > of(scores[best])+1e-12 {
			best = k
		}
	}
	return best
}
