package exercise

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"descent/dl"
	"github.com/janpfeifer/must"
	"gonum.org/v1/gonum/mat"
)

var gans = []Exercise{
	{
		ID:    "16.1",
		Title: "The best judge of an uneven batch",
		Check: func(ideal func(pdata, pg float64, real, generated int) float64) error {
			got := ideal(0.3, 0.1, 20, 60)
			switch {
			case got == 0 && ideal(0.3, 0.1, 60, 0) == 0:
				return ErrUnsolved
			case got == 0:
				return errors.New("for a batch of 20 real and 60 generated samples you return 0, without generated ones you do not: a quotient of two ints loses its fraction; make them float64 first")
			case close(got, 0.5) && close(ideal(0.2, 0.2, 30, 10), 0.25):
				return errors.New("that is the probability of \"generated\"; the judge says how probable \"real\" is")
			}
			said := fmt.Sprintf("for densities 0.3 and 0.1 and a batch of 20 real and 60 generated samples you return %s", number(got))
			switch {
			case close(got, 0.75):
				return errors.New(said + ", which is right for a batch with as many of each; here a generated sample is three times as frequent")
			case close(got, 0.25):
				return errors.New(said + ": it is as if the batch alone decided; the place counts too")
			case close(got, 0.9):
				return errors.New(said + ": the counts are the wrong way round")
			case close(got, 1):
				return errors.New(said + ": that is how many real samples come on one generated there, not a probability")
			}
			for _, c := range []struct {
				pdata, pg       float64
				real, generated int
				want            float64
			}{{0.3, 0.1, 20, 60, 0.5}, {0.2, 0.2, 30, 10, 0.75}, {0, 0.5, 10, 10, 0}, {0.4, 0.1, 50, 50, 0.8}} {
				what := fmt.Sprintf("the answer for densities %g and %g and %d real and %d generated samples", c.pdata, c.pg, c.real, c.generated)
				if err := near(what, ideal(c.pdata, c.pg, c.real, c.generated), c.want, 1e-9); err != nil {
					return err
				}
			}
			return nil
		},
		Hints: []string{
			"how many real samples of the batch do you expect in a small interval around the place, and how many generated ones?",
			"the answer is the real ones divided by all of them.",
		},
	},
	{
		ID:    "16.2",
		Title: "Least squares through the judge",
		Check: checkLeastSquares,
		Hints: []string{
			"follow gradientG: Forward of both, the gradient by s, Backward of D, then Backward of G with what D's returned.",
			"the derivative of (s - 1)²/(2n) by s is (s - 1)/n, and n is the number of rows.",
			"clear G's gradients before G's Backward, not after.",
		},
	},
	{
		ID:    "16.3",
		Title: "The clean point in one jump",
		Check: func(clean func(x, eps []float64, abar float64) []float64) error {
			x, eps := []float64{1.3, -0.2}, []float64{0.5, 1} // from x₀ = (2, −2): 0.5·2 + 0.6·0.5, and so on
			const abar = 0.25
			want := make([]float64, 2)
			for i := range x {
				want[i] = (x[i] - math.Sqrt(0.75)*eps[i]) / 0.5
			}
			got := clean(slices.Clone(x), slices.Clone(eps), abar)
			if got == nil {
				return ErrUnsolved
			}
			with := func(f func(x, e float64) float64) bool {
				return nearAll("", got, []float64{f(x[0], eps[0]), f(x[1], eps[1])}, 1e-9) == nil
			}
			r := math.Sqrt(1 - abar)
			switch {
			case with(func(x, e float64) float64 { return (x - (1-abar)*e) / abar }):
				return errors.New("abar and 1 - abar are variances; what multiplies a point are their roots")
			case with(func(x, e float64) float64 { return x - r*e }):
				return errors.New("the noise is gone, but the point is still too near to 0: on the way forward it was made smaller")
			case with(func(x, e float64) float64 { return (x - e) / math.Sqrt(abar) }):
				return errors.New("eps has standard deviation 1; only a part of that was added at this time")
			case with(func(x, e float64) float64 { return (x + r*e) / math.Sqrt(abar) }):
				return errors.New("you add the noise a second time")
			case with(func(x, e float64) float64 { return math.Sqrt(abar)*x + r*e }):
				return errors.New("that is the way forward: it adds noise to x")
			}
			return nearAll("the clean point", got, want, 1e-9)
		},
		Hints: []string{
			"write down how x_t comes from x₀ and ε, as in train, and solve for x₀.",
			"first take away √(1 − ᾱ)·ε, then divide by √ᾱ.",
		},
	},
	{
		ID:    "16.4",
		Title: "A distance from pairs",
		Check: checkMMD,
		Hints: []string{
			"write a function that returns the mean of the kernel over all pairs of a row of P and a row of Q, and call it three times.",
			"mean(A, A) + mean(B, B) - 2·mean(A, B), each mean divided by the number of pairs.",
			"the kernel is math.Exp(-d2/(2*w*w)), where d2 is the sum of the squared differences.",
		},
	},
}

// checkLeastSquares compares the gradient with central differences, and looks
// for weights that moved and for gradients that pile up.
func checkLeastSquares(leastSquares func(G, D *dl.Model, z *dl.Tensor) float64) error {
	G := must.M1(dl.Sequential(dl.Shape{2}, &dl.Dense{Units: 3}, &dl.Tanh{}, &dl.Dense{Units: 2}))
	D := must.M1(dl.Sequential(dl.Shape{2}, &dl.Dense{Units: 4}, &dl.Tanh{}, &dl.Dense{Units: 1}))
	z := &dl.Tensor{Shape: dl.Shape{4, 2}, Data: []float64{0.5, -1, 1.5, 0.3, -0.7, 0.2, 0.1, 0.9}}
	loss := func(target float64) float64 {
		sum := 0.0
		for _, s := range D.Forward(G.Forward(z, true), true).Data {
			sum += (s - target) * (s - target) / 8
		}
		return sum
	}
	slopes := func(target float64) []float64 { // of the loss, by central differences
		g := make([]float64, len(G.Params.Value))
		for i, at := range G.Params.Value {
			G.Params.Value[i] = at + 1e-5
			up := loss(target)
			G.Params.Value[i] = at - 1e-5
			g[i] = (up - loss(target)) / 2e-5
			G.Params.Value[i] = at
		}
		return g
	}
	want, wrong, J := slopes(1), slopes(0), loss(1)
	theta, weights := slices.Clone(G.Params.Value), slices.Clone(D.Params.Value)
	got := leastSquares(G, D, z)
	first := slices.Clone(G.Params.Grad)
	off := func(factor float64, of []float64) bool { // is the gradient factor times of?
		for i, g := range first {
			if math.Abs(g-factor*of[i]) > 1e-6 {
				return false
			}
		}
		return true
	}
	switch {
	case got == 0 && off(0, want):
		return ErrUnsolved
	case !slices.Equal(weights, D.Params.Value):
		return errors.New("the weights of D have changed; a generator's step only looks through D")
	case !slices.Equal(theta, G.Params.Value):
		return errors.New("the weights of G have changed; leave the gradient in G.Params.Grad, and the step to an optimizer")
	case off(0, want):
		return errors.New("G.Params.Grad is all zero: the gradient has not come through D into G")
	case off(-1, want):
		return errors.New("the gradient has the opposite sign: a step down it would make the loss larger")
	case off(1, wrong):
		return errors.New("that is the gradient for the target 0: it teaches G to be found out")
	case off(4, want):
		return errors.New("the gradient is that of the sum over the samples, not of their mean")
	case off(2, want):
		return errors.New("the gradient is twice what it should be: the ½ of the loss cancels the 2 of the square")
	case !off(1, want):
		return fmt.Errorf("the first element of G.Params.Grad is %.5f, by differences it is %.5f", first[0], want[0])
	}
	leastSquares(G, D, z)
	if !off(1, G.Params.Grad) {
		return errors.New("the first call is right, but the second one adds its gradient to the first")
	}
	return near("the gradient is right; the loss", got, J, 1e-9)
}

func checkMMD(mmd func(A, B *mat.Dense, w float64) float64) error {
	A, B := mat.NewDense(2, 2, []float64{0, 0, 1, 0}), mat.NewDense(3, 2, []float64{0, 2, 3, 0, 1, 1})
	const w = 1.5
	mean := func(P, Q *mat.Dense, power, divide float64, pairs func(i, j int) bool) float64 {
		n, _ := P.Dims()
		m, _ := Q.Dims()
		sum, count := 0.0, 0.0
		for i := range n {
			for j := range m {
				if pairs(i, j) {
					d := math.Hypot(P.At(i, 0)-Q.At(j, 0), P.At(i, 1)-Q.At(j, 1))
					sum += math.Exp(-math.Pow(d, power) / divide)
					count++
				}
			}
		}
		return sum / count
	}
	all, others := func(i, j int) bool { return true }, func(i, j int) bool { return i != j }
	of := func(power, divide, cross float64) float64 {
		return mean(A, A, power, divide, all) + mean(B, B, power, divide, all) - cross*mean(A, B, power, divide, all)
	}
	got := mmd(mat.DenseCopyOf(A), mat.DenseCopyOf(B), w)
	switch {
	case got == -1:
		return ErrUnsolved
	case close(got, of(2, 2*w*w, 1)):
		return errors.New("two equal sets would have a discrepancy: the pairs across count twice")
	case close(got, of(1, 2*w*w, 2)):
		return errors.New("the kernel takes the distance; it should take its square")
	case close(got, of(2, w*w, 2)):
		return errors.New("the kernel divides by w² instead of 2w²")
	case close(got, of(2, 2*w, 2)):
		return errors.New("the kernel divides by 2w instead of 2w²")
	case close(got, mean(A, A, 2, 2*w*w, others)+mean(B, B, 2, 2*w*w, others)-2*mean(A, B, 2, 2*w*w, all)):
		return errors.New("you leave out the pairs of a point with itself: a fair estimate too, but not this one, and it can be negative")
	case close(got, 4*mean(A, A, 2, 2*w*w, all)+9*mean(B, B, 2, 2*w*w, all)-12*mean(A, B, 2, 2*w*w, all)):
		return errors.New("these are sums over the pairs; take means, or large sets seem far apart")
	case close(got, math.Sqrt(of(2, 2*w*w, 2))):
		return errors.New("that is the root; the square is asked for")
	}
	if err := near("MMD² of a set of 2 and one of 3 points", got, of(2, 2*w*w, 2), 1e-9); err != nil {
		return err
	}
	if same := mmd(A, A, w); math.Abs(same) > 1e-12 {
		return fmt.Errorf("the discrepancy of a set from itself is %s, want 0", number(same))
	}
	return nil
}
