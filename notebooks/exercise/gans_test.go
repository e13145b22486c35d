package exercise

import (
	"math"

	"descent/dl"
	"gonum.org/v1/gonum/mat"
)

var gansAnswers = []answerCase{
	{"16.1", func(pdata, pg float64, real, generated int) float64 { return 0 }, "○"},
	{"16.1", func(pdata, pg float64, real, generated int) float64 {
		return pdata * float64(real) / (pdata*float64(real) + pg*float64(generated))
	}, "✓"},
	{"16.1", func(pdata, pg float64, real, generated int) float64 { return pdata / (pdata + pg) }, "as many of each"},
	{"16.1", func(pdata, pg float64, real, generated int) float64 {
		return float64(real) / float64(real+generated)
	}, "the place counts too"},
	{"16.1", func(pdata, pg float64, real, generated int) float64 {
		return pdata * float64(generated) / (pdata*float64(generated) + pg*float64(real))
	}, "the wrong way round"},
	{"16.1", func(pdata, pg float64, real, generated int) float64 {
		return pdata * float64(real) / (pg * float64(generated))
	}, "not a probability"},
	{"16.1", func(pdata, pg float64, real, generated int) float64 {
		share := float64(real / (real + generated))
		return pdata * share / (pdata*share + pg*(1-share))
	}, "loses its fraction"},
	{"16.1", func(pdata, pg float64, real, generated int) float64 {
		return pg * float64(generated) / (pdata*float64(real) + pg*float64(generated))
	}, "the probability of \"generated\""},
	{"16.2", func(G, D *dl.Model, z *dl.Tensor) float64 { return 0 }, "○"},
	{"16.2", leastSquares(1, 1, true, nil), "✓"},
	{"16.2", leastSquares(0, 1, true, nil), "target 0"},
	{"16.2", leastSquares(1, 4, true, nil), "not of their mean"},
	{"16.2", leastSquares(1, 2, true, nil), "the ½ of the loss"},
	{"16.2", leastSquares(1, -1, true, nil), "the opposite sign"},
	{"16.2", leastSquares(1, 1, false, nil), "adds its gradient"},
	{"16.2", leastSquares(1, 1, true, func(G, D *dl.Model) { dl.NewSGD(0.1).Step(&D.Params) }), "the weights of D have changed"},
	{"16.2", leastSquares(1, 1, true, func(G, D *dl.Model) { dl.NewSGD(0.1).Step(&G.Params) }), "the weights of G have changed"},
	{"16.2", leastSquares(1, 1, true, func(G, D *dl.Model) { G.Params.ZeroGrad() }), "all zero"},
	{"16.3", func(x, eps []float64, abar float64) []float64 { return nil }, "○"},
	{"16.3", each(func(x, e, a float64) float64 { return (x - math.Sqrt(1-a)*e) / math.Sqrt(a) }), "✓"},
	{"16.3", each(func(x, e, a float64) float64 { return (x - (1-a)*e) / a }), "are variances"},
	{"16.3", each(func(x, e, a float64) float64 { return x - math.Sqrt(1-a)*e }), "too near to 0"},
	{"16.3", each(func(x, e, a float64) float64 { return (x - e) / math.Sqrt(a) }), "only a part"},
	{"16.3", each(func(x, e, a float64) float64 { return (x + math.Sqrt(1-a)*e) / math.Sqrt(a) }), "a second time"},
	{"16.3", each(func(x, e, a float64) float64 { return math.Sqrt(a)*x + math.Sqrt(1-a)*e }), "the way forward"},
	{"16.4", func(A, B *mat.Dense, w float64) float64 { return -1 }, "○"},
	{"16.4", kernelMeans(2, func(w float64) float64 { return 2 * w * w }, 2, false), "✓"},
	{"16.4", kernelMeans(1, func(w float64) float64 { return 2 * w * w }, 2, false), "take its square"},
	{"16.4", kernelMeans(2, func(w float64) float64 { return w * w }, 2, false), "instead of 2w²"},
	{"16.4", kernelMeans(2, func(w float64) float64 { return 2 * w }, 2, false), "by 2w instead"},
	{"16.4", kernelMeans(2, func(w float64) float64 { return 2 * w * w }, 1, false), "count twice"},
	{"16.4", kernelMeans(2, func(w float64) float64 { return 2 * w * w }, 2, true), "take means"},
	{"16.4", func(A, B *mat.Dense, w float64) float64 {
		return math.Sqrt(kernelMeans(2, func(w float64) float64 { return 2 * w * w }, 2, false)(A, B, w))
	}, "that is the root"},
}

// leastSquares is the right answer to 16.2 for target 1, factor 1 and fresh.
func leastSquares(target, factor float64, fresh bool, after func(G, D *dl.Model)) func(G, D *dl.Model, z *dl.Tensor) float64 {
	return func(G, D *dl.Model, z *dl.Tensor) (loss float64) {
		s := D.Forward(G.Forward(z, true), true)
		n := float64(len(s.Data))
		ds := dl.NewTensor(s.Shape...)
		for i, v := range s.Data {
			loss += (v - target) * (v - target) / (2 * n)
			ds.Data[i] = factor * (v - target) / n
		}
		dx := D.Backward(ds)
		if fresh {
			G.Params.ZeroGrad()
		}
		G.Backward(dx)
		if after != nil {
			after(G, D)
		}
		return loss
	}
}

func each(f func(x, e, a float64) float64) func(x, eps []float64, abar float64) []float64 {
	return func(x, eps []float64, abar float64) []float64 {
		out := make([]float64, len(x))
		for i := range x {
			out[i] = f(x[i], eps[i], abar)
		}
		return out
	}
}

// kernelMeans is the right answer to 16.4 for power 2, width 2w², cross 2 and means.
func kernelMeans(power float64, width func(w float64) float64, cross float64, sums bool) func(A, B *mat.Dense, w float64) float64 {
	return func(A, B *mat.Dense, w float64) float64 {
		k := func(P, Q *mat.Dense) float64 {
			n, _ := P.Dims()
			m, _ := Q.Dims()
			sum := 0.0
			for i := range n {
				for j := range m {
					sum += math.Exp(-math.Pow(math.Hypot(P.At(i, 0)-Q.At(j, 0), P.At(i, 1)-Q.At(j, 1)), power) / width(w))
				}
			}
			if sums {
				return sum
			}
			return sum / float64(n*m)
		}
		return k(A, A) + k(B, B) - cross*k(A, B)
	}
}
