package exercise

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

var automl = []Exercise{
	{
		ID:    "14.1",
		Title: "How many random trials",
		Check: func(trialsNeeded func(p, q float64) int) error {
			got := trialsNeeded(0.05, 0.95)
			switch {
			case got == 0:
				return ErrUnsolved
			case got == 20:
				return errors.New("for p = 0.05, q = 0.95 you return 20: one in twenty is good on average, but 20 trials all miss with probability 0.95²⁰ = 0.36")
			case got == 19:
				return errors.New("for p = 0.05, q = 0.95 you return 19: probabilities of several trials do not add up; multiply those of missing")
			case got == 58:
				return errors.New("for p = 0.05, q = 0.95 you return 58: with 58 trials the probability is 0.949, a little less than asked; which way is to be rounded")
			case got == 1:
				return errors.New("for p = 0.05, q = 0.95 you return 1, but one trial is good with probability 0.05 only; which of p, q, 1 - p and 1 - q does the formula need")
			case got > 59:
				return fmt.Errorf("for p = 0.05, q = 0.95 you return %d: that is enough, but fewer would do", got)
			case got != 59:
				return fmt.Errorf("for p = 0.05, q = 0.95 you return %d: all of them miss with probability 0.95 to that power, which is more than 1 - q", got)
			}
			if got := trialsNeeded(0.5, 0.99); got != 7 {
				return fmt.Errorf("right for p = 0.05, but for p = 0.5, q = 0.99 you return %d", got)
			}
			return nil
		},
		Hints: []string{
			"what is the probability that all n trials miss?",
			"(1-p)ⁿ ≤ 1-q; take logarithms, and mind that both are negative.",
			"math.Log(1-q) / math.Log(1-p), rounded up with math.Ceil.",
		},
	},
	{
		ID:    "14.2",
		Title: "Successive halving",
		Check: checkHalving,
		Hints: []string{
			"keep a slice of the trials that are alive, the epochs they have, and the epochs they had before.",
			"each round costs len(alive) times the epochs that are new; only the very first round begins at 0.",
			"slices.SortFunc with error(a, epochs) < error(b, epochs) puts the best first; alive = alive[:max(1, len(alive)/eta)] keeps them.",
		},
	},
	{
		ID:    "14.3",
		Title: "Expected improvement",
		Check: func(expectedGain func(mu, sigma, highest float64) float64) error {
			density := func(u float64) float64 { return math.Exp(-u*u/2) / math.Sqrt(2*math.Pi) }
			below := func(u float64) float64 { return math.Erfc(-u/math.Sqrt2) / 2 }
			mu, sigma, highest := 0.8, 0.1, 0.85
			u := (mu - highest) / sigma
			want := (mu-highest)*below(u) + sigma*density(u)
			got := expectedGain(mu, sigma, highest)
			switch {
			case got == -1:
				return ErrUnsolved
			case close(got, -(mu-highest)*below(-u)+sigma*density(u)):
				return errors.New("that is the formula for an error: it is largest where the accuracy is expected to be low")
			case close(got, (mu-highest)*below(-u)+sigma*density(u)):
				return errors.New("u has the wrong sign: where mu is far above highest an improvement is nearly certain, and Φ(u) should be near 1")
			case close(got, below(u)):
				return errors.New("you return the probability of an improvement; a gain of 0.001 would count as much as one of 0.1")
			case close(got, math.Max(0, mu-highest)):
				return errors.New("you return the improvement of the mean; an uncertain place may improve although its mean does not")
			case close(got, (mu-highest)*below(u)+density(u)):
				return errors.New("the second term lacks a factor: without uncertainty there would be nothing to hope for")
			case close(got, (mu-highest)*below(u)+sigma*math.Exp(-u*u/2)):
				return errors.New("the density of the normal distribution has a factor in front of the exponential")
			case got < 0:
				return fmt.Errorf("for mu = 0.8, sigma = 0.1, highest = 0.85 you return %s; an expected improvement cannot be negative", number(got))
			}
			if err := near("the gain for mu = 0.8, sigma = 0.1, highest = 0.85", got, want, 1e-9); err != nil {
				return err
			}
			for _, c := range [][2]float64{{0.9, 0.05}, {0.8, 0}} {
				got := expectedGain(c[0], 0, highest)
				if math.IsNaN(got) {
					return fmt.Errorf("for mu = %g and sigma = 0 you return NaN: there you divide by 0", c[0])
				}
				if math.Abs(got-c[1]) > 1e-9 {
					return fmt.Errorf("for mu = %g, sigma = 0, highest = 0.85 you return %s: without uncertainty the gain is known, and a loss counts as 0", c[0], number(got))
				}
			}
			return nil
		},
		Hints: []string{
			"an accuracy a is an error 1-a: put 1-mu for the mean and 1-highest for the lowest, and simplify.",
			"u is (mu-highest)/sigma; Φ(u) is math.Erfc(-u/math.Sqrt2)/2.",
			"before dividing by sigma: if sigma == 0 { return max(0, mu-highest) }.",
		},
	},
	{
		ID:    "14.4",
		Title: "An honest report",
		Check: func(reports func(scores [][]float64) [2]float64) error {
			scores := [][]float64{{0.9, 0.6, 0.62}, {0.5, 0.9, 0.64}, {0.55, 0.5, 0.93}, {0.68, 0.61, 0.65}}
			got := reports([][]float64{slices.Clone(scores[0]), slices.Clone(scores[1]), slices.Clone(scores[2]), slices.Clone(scores[3])})
			winner, honest := 2.12/3, (0.5+0.6+0.62)/3 // without fold 0 trial 1 is best, without the others trial 0
			switch {
			case got == [2]float64{}:
				return ErrUnsolved
			case close(got[0], honest) && close(got[1], winner):
				return errors.New("the two are exchanged")
			case close(got[0], 0.9) || close(got[0], 0.93):
				return errors.New("the winner's report is the best score of a single fold; it should be the best mean over all folds")
			}
			if err := near("the winner's mean", got[0], winner, 1e-9); err != nil {
				return err
			}
			switch {
			case close(got[1], winner):
				return errors.New("your honest number is the winner's own mean: the trial was chosen by the folds that now judge it")
			case close(got[1], (0.9+0.9+0.93)/3):
				return errors.New("for each fold you choose the trial that is best on that very fold")
			case close(got[1], (0.55+0.5+0.62)/3):
				return errors.New("you choose the trial with the best single score on the other folds; choose by their mean")
			case close(got[1], (1.54+1.52+1.5)/6):
				return errors.New("you average the scores by which trials were chosen; take the score on the fold that was left out")
			}
			return near("the honest number", got[1], honest, 1e-9)
		},
		Hints: []string{
			"two loops for the honest number: over the fold that judges, and inside it over the trials.",
			"a trial's score on the other folds is the sum of its scores minus the one on this fold.",
			"remember the trial with the largest such sum, and add scores[best][fold].",
		},
	},
}

// checkHalving lets a slow starter lose, and counts what was trained.
func checkHalving(successiveHalving func(n, eta, full int, error func(k, epochs int) float64) [2]int) error {
	const n, eta, full = 9, 3, 9
	curve := func(k, epochs int) float64 { // trial 8 starts worst but one and would end best; 4 is the best of the quick ones
		switch {
		case k == 8:
			return 1 - 0.11*float64(epochs)
		case k == 0:
			return 0.95 - 0.001*float64(epochs)
		}
		return 0.5 + 0.05*math.Abs(float64(k-4)) - 0.01*float64(epochs)
	}
	asked := 0
	got := successiveHalving(n, eta, full, func(k, epochs int) float64 {
		if k >= 0 && k < n && epochs > asked {
			asked = epochs
		}
		return curve(k, epochs)
	})
	switch {
	case got == [2]int{-1, 0}:
		return ErrUnsolved
	case got[0] == 8:
		return errors.New("for nine trials, of which the last starts slowly, you return the last: halving cannot know that it would be best in the end, since it is out after one epoch")
	case asked > full:
		return fmt.Errorf("you ask for the error after %d epochs, but %d are a full training", asked, full)
	case got[0] == 0:
		return errors.New("you return trial 0, the worst but one after an epoch: do the worst survive")
	case got[0] != 4:
		return fmt.Errorf("you return trial %d; of those that survive the first round another has the lowest error", got[0])
	case got[1] == 9*1+3*3+1*9:
		return errors.New("right winner, but 27 epochs are too many: you pay a survivor's first epochs again in each round")
	case got[1] == n*full:
		return errors.New("right winner, but 81 epochs are what training all to the end would cost")
	case got[1] == 9+6:
		return errors.New("right winner, but 15 epochs leave out the last round, in which the last trial is trained to the end")
	case got[1] == 9+3+1:
		return errors.New("right winner, but you count trainings; count epochs")
	case got[1] != 9*1+3*2+1*6:
		return fmt.Errorf("right winner, but %d epochs are not what nine, three and one trial cost, each going on from where it stopped", got[1])
	}
	overtakes := func(k, epochs int) float64 { // trial 1 is second after one epoch, and first from two on
		if k == 1 && epochs > 1 {
			return -1
		}
		return float64(k)
	}
	switch got, epochs := successiveHalving(4, 2, 8, overtakes), 4*1+2*1+1*2+1*4; {
	case got == [2]int{0, epochs}:
		return errors.New("right for nine trials, but for four of which the second overtakes the first after two epochs you return the first: look at the errors again at each stop")
	case got != [2]int{1, epochs}:
		return fmt.Errorf("right for nine trials, but for 4 trials, eta = 2 and 8 epochs you return trial %d and %d epochs; the last trial goes on until all 8 are reached", got[0], got[1])
	}
	return nil
}
