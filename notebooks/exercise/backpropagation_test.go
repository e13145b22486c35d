package exercise

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

var backpropagationAnswers = []answerCase{
	{"05.1", func(a, da float64) float64 { return 0 }, "○"},
	{"05.1", func(a, da float64) float64 { return da * a * (1 - a) }, "✓"},
	{"05.1", func(a, da float64) float64 { return a * (1 - a) }, "that is the local slope"},
	{"05.1", func(a, da float64) float64 { return da * (1 - a*a) }, "the slope of tanh"},
	{"05.1", func(a, da float64) float64 { s := 1 / (1 + math.Exp(-a)); return da * s * (1 - s) }, "its output already"},
	{"05.2", func(X, W, dY *mat.Dense) (dW, db, dX *mat.Dense) { return nil, nil, nil }, "○"},
	{"05.2", denseGradients(1, false), "✓"},
	{"05.2", denseGradients(1.0/3, false), "db is the mean over the samples"},
	{"05.2", denseGradients(1, true), "dX is 2×3, want 3×2"},
	{"05.2", func(X, W, dY *mat.Dense) (dW, db, dX *mat.Dense) {
		dW, _, dX = denseGradients(1, false)(X, W, dY)
		return dW, dY, dX
	}, "db is 3×4, want 1×4"},
	{"05.3", func(X, W1, W2, y *mat.Dense) (dW1, dW2 *mat.Dense) { return nil, nil }, "○"},
	{"05.3", reluAnswer(6, passed), "✓"},
	{"05.3", reluAnswer(3, passed), "samples times outputs"},
	{"05.3", reluAnswer(12, passed), "half of what is expected"},
	{"05.3", reluAnswer(6, func(_, da float64) float64 { return da }), "nothing may pass"},
	{"05.3", reluAnswer(6, func(_, da float64) float64 { return max(0, da) }), "saw on the way forward"},
}

func denseGradients(scale float64, transposed bool) func(X, W, dY *mat.Dense) (dW, db, dX *mat.Dense) {
	return func(X, W, dY *mat.Dense) (dW, db, dX *mat.Dense) {
		n, units := dY.Dims()
		dW, db, dX = new(mat.Dense), mat.NewDense(1, units, nil), new(mat.Dense)
		dW.Mul(X.T(), dY)
		dX.Mul(dY, W.T())
		for i := range n {
			db.Add(db, dY.Slice(i, i+1, 0, units))
		}
		db.Scale(scale, db)
		if transposed {
			dX = mat.DenseCopyOf(dX.T())
		}
		return dW, db, dX
	}
}

func reluAnswer(n float64, back func(a, da float64) float64) func(X, W1, W2, y *mat.Dense) (dW1, dW2 *mat.Dense) {
	return func(X, W1, W2, y *mat.Dense) (dW1, dW2 *mat.Dense) { return reluNetwork(X, W1, W2, y, n, back) }
}

// passed lets a gradient through where the ReLU let a value through.
func passed(a, da float64) float64 {
	if a > 0 {
		return da
	}
	return 0
}
