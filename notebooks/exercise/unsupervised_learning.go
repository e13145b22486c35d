package exercise

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

var unsupervisedLearning = []Exercise{
	{
		ID:    "17.1",
		Title: "How many directions",
		Check: func(directions func(sigma []float64, share float64) int) error {
			got, equal := directions([]float64{4, 2, 2, 1}, 0.9), directions([]float64{1, 1, 1, 1}, 0.5)
			switch {
			case got == 0 && directions([]float64{1}, 0.5) == 0:
				return ErrUnsolved
			case got == 0, got == 4 && equal == 4:
				return fmt.Errorf("for σ = 4, 2, 2, 1 and a share of 0.9 you return %d: no direction alone has that share; several have it together", got)
			case got == 4:
				return errors.New("for σ = 4, 2, 2, 1 and a share of 0.9 you return 4: variance goes with the square of a singular value")
			case got == 2:
				return errors.New("for σ = 4, 2, 2, 1 and a share of 0.9 you return 2: the index of a direction is one less than how many there are up to it")
			case equal == 3:
				return errors.New("for σ = 1, 1, 1, 1 and a share of 0.5 you return 3: a share that is just reached is enough")
			}
			for _, c := range []struct {
				sigma []float64
				share float64
				want  int
			}{{[]float64{4, 2, 2, 1}, 0.9, 3}, {[]float64{1, 1, 1, 1}, 0.5, 2}, {[]float64{10, 1, 1}, 0.9, 1}, {[]float64{2, 1}, 1, 2}} {
				if got := directions(c.sigma, c.share); got != c.want {
					return fmt.Errorf("for σ = %v and a share of %g you return %d", c.sigma, c.share, got)
				}
			}
			return nil
		},
		Hints: []string{
			"first the sum of all variances, then a loop that adds them up from the largest.",
			"the variance along direction i is σᵢ²/(N−1); the N−1 drops out of a share.",
			"return i+1 as soon as the sum so far is at least share·total.",
		},
	},
	{
		ID:    "17.2",
		Title: "Where the alarm goes off",
		Check: func(threshold func(normal []float64, rate float64) float64) error {
			normal := []float64{0.3, 0.1, 0.9, 0.2, 0.5, 0.4, 0.8, 0.6, 2.0, 0.7} // sorted: 0.1 … 0.9, 2.0
			given := slices.Clone(normal)
			got := threshold(given, 0.2)
			switch {
			case got == 0:
				return ErrUnsolved
			case !slices.Equal(given, normal):
				return errors.New("your function has changed the order of its argument; sort a copy")
			case close(got, 0.2) || close(got, 0.3):
				return fmt.Errorf("for 0.1, 0.2 … 0.9, 2.0 and a rate of 0.2 you return %g, from the low end: most normal pictures would raise an alarm", got)
			case close(got, 0.9):
				return errors.New("for 0.1, 0.2 … 0.9, 2.0 and a rate of 0.2 you return 0.9: only one of ten lies above, and two may; the lower the threshold, the more anomalies are found")
			case close(got, 2):
				return errors.New("for 0.1, 0.2 … 0.9, 2.0 and a rate of 0.2 you return the largest error: no false alarm, but one strange normal picture now decides what is found")
			case 0.7 < got && got < 0.9 && !close(got, 0.8):
				return fmt.Errorf("for 0.1, 0.2 … 0.9, 2.0 and a rate of 0.2 you return %.3g, which lies between two of the errors; return one of them", got)
			case 0.9 < got && got < 3:
				return fmt.Errorf("for 0.1, 0.2 … 0.9, 2.0 and a rate of 0.2 you return %.3g, which is none of the errors; mean and deviation suit a bell curve, and reconstruction errors have a long tail: count instead", got)
			}
			if err := near("the threshold for 0.1, 0.2 … 0.9, 2.0 and a rate of 0.2", got, 0.8, 1e-9); err != nil {
				return err
			}
			if err := near("the threshold for the same at a rate of 0", threshold(slices.Clone(normal), 0), 2, 1e-9); err != nil {
				return err
			}
			return near("the threshold for 1, 2, 3, 4 at a rate of 0.3", threshold([]float64{4, 2, 3, 1}, 0.3), 3, 1e-9)
		},
		Hints: []string{
			"sort a copy (slices.Sorted(slices.Values(normal))).",
			"of n errors, int(rate·n) may lie above the threshold.",
			"so the threshold is the element with that many behind it in rising order.",
		},
	},
	{
		ID:    "17.3",
		Title: "The divergence of two normals",
		Check: func(divergence func(mu1, s1, mu2, s2 float64) float64) error {
			got := divergence(1, 0, 0, 0)
			switch {
			case math.IsNaN(got) && math.IsNaN(divergence(0, 1, 0, 1)):
				return ErrUnsolved
			case math.IsNaN(got):
				return errors.New("for s₁ = s₂ = 0 you return NaN; s1 and s2 are ln σ², so that the variances are 1 there, not 0")
			case close(divergence(0, 0, 0, 0), 0.5):
				return errors.New("for N(0, 1) from N(0, 1) you return 0.5, and a distribution does not differ from itself: the mean of ln q₁ has a −½ of its own, from the −(z − μ₁)²/2σ₁² in it")
			case close(got, 1):
				return errors.New("for N(1, 1) from N(0, 1) you return 1: there is a ½ in the density, and so in front of everything")
			case close(got, -0.5):
				return errors.New("for N(1, 1) from N(0, 1) you return −0.5, and a divergence is never negative: the sign is exchanged")
			}
			if err := near("the divergence of N(1, 1) from N(0, 1)", got, 0.5, 1e-9); err != nil {
				return err
			}
			got, want := divergence(0, math.Log(4), 1, 0), (3+1-math.Log(4))/2
			switch {
			case close(got, (math.Log(4)+0.25+0.25-1)/2):
				return errors.New("what you compute is the divergence the other way round; it is not symmetric: averages are taken over the first distribution")
			case close(got, (math.Log(4)+4+1-1)/2):
				return errors.New("ln(σ₂/σ₁) has the wrong sign: a wide first distribution has a low density, so its −ln σ₁ enters")
			case close(got, want-math.Log(4)/2):
				return errors.New("the quadratic part is right; what stands before it is ln(σ₂/σ₁), and s1 and s2 are logarithms of σ²")
			}
			if err := near("the divergence of N(0, 4) from N(1, 1)", got, want, 1e-9); err != nil {
				return err
			}
			if err := near("the divergence of a distribution from itself", divergence(0.3, -1, 0.3, -1), 0, 1e-9); err != nil {
				return err
			}
			return near("the divergence of N(2, 1) from N(0, 4)", divergence(2, 0, 0, math.Log(4)), (math.Log(4)+5.0/4-1)/2, 1e-9)
		},
		Hints: []string{
			"write ln q₁(z) − ln q₂(z); the ½ ln 2π cancels.",
			"under the first distribution the mean of (z−μ₁)² is e^{s₁}, and that of (z−μ₂)² is e^{s₁} + (μ₁−μ₂)².",
			"with μ₂ = 0 and s₂ = 0 it must become the formula of section 5.",
		},
	},
}
