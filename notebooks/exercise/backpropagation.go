package exercise

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/mat"
)

var backpropagation = []Exercise{
	{
		ID:    "05.1",
		Title: "Backward through a sigmoid",
		Check: func(sigmoidBackward func(a, da float64) float64) error {
			a, da := 0.8, 3.0
			got := sigmoidBackward(a, da)
			s := 1 / (1 + math.Exp(-a))
			switch {
			case got == 0:
				return ErrUnsolved
			case close(got, a*(1-a)):
				return errors.New("for a = 0.8 and da = 3 you return 0.16: that is the local slope; what arrives from above is not in it")
			case close(got, da*(1-a*a)):
				return errors.New("for a = 0.8 and da = 3 you return 1.08: that is the slope of tanh, 1−a²")
			case close(got, da*s*(1-s)):
				return errors.New("you put a through the sigmoid once more; a is its output already")
			}
			return near("the gradient for a = 0.8 and da = 3", got, da*a*(1-a), 1e-9)
		},
		Hints: []string{
			"section 1 does this for tanh, whose slope is 1−a². The slope of the sigmoid can be written with its output too.",
			"the slope of the sigmoid is a(1−a). Multiply by da.",
		},
	},
	{
		ID:    "05.2",
		Title: "Backward through a dense layer",
		Check: func(denseBackward func(X, W, dY *mat.Dense) (dW, db, dX *mat.Dense)) error {
			X := mat.NewDense(3, 2, []float64{1, 2, -1, 0.5, 3, -2})
			W := mat.NewDense(2, 4, []float64{1, 0, -1, 2, 0.5, 1, 1, -3})
			dY := mat.NewDense(3, 4, []float64{1, 2, 3, 4, -1, 0, 1, 0.5, 2, -2, 0, 1})
			gotW, gotb, gotX := denseBackward(mat.DenseCopyOf(X), mat.DenseCopyOf(W), mat.DenseCopyOf(dY))
			if gotW == nil && gotb == nil && gotX == nil {
				return ErrUnsolved
			}
			var dW, dX mat.Dense
			dW.Mul(X.T(), dY)
			dX.Mul(dY, W.T())
			db := mat.NewDense(1, 4, []float64{2, 0, 4, 5.5})
			if gotb != nil {
				var mean mat.Dense
				mean.Scale(1.0/3, db)
				if sameMat(gotb, &mean) {
					return errors.New("db is the mean over the samples; the layer adds up, and a mean belongs in the loss")
				}
			}
			for _, c := range []struct {
				name      string
				got, want *mat.Dense
			}{{"dW", gotW, &dW}, {"db", gotb, db}, {"dX", gotX, &dX}} {
				if err := nearMat(c.name, c.got, c.want, 1e-9); err != nil {
					return err
				}
			}
			return nil
		},
		Hints: []string{
			"each gradient has the shape of what it belongs to: 2×4 for W, 1×4 for b, 3×2 for X in this test.",
			"dW.Mul(X.T(), dY) and dX.Mul(dY, W.T()); db is the sum of the rows of dY.",
		},
	},
	{
		ID:    "05.3",
		Title: "A network with a ReLU",
		Check: func(reluGradients func(X, W1, W2, y *mat.Dense) (dW1, dW2 *mat.Dense)) error {
			X := mat.NewDense(3, 2, []float64{1, 2, -1, 0.5, 3, -2})
			W1 := mat.NewDense(2, 3, []float64{1, -1, 0.5, 0.5, 1, -1})
			W2 := mat.NewDense(3, 2, []float64{1, -2, 0.5, 1, -1, 2})
			y := mat.NewDense(3, 2, []float64{1, 0, 2, -1, 0, 3})
			got1, got2 := reluGradients(mat.DenseCopyOf(X), mat.DenseCopyOf(W1), mat.DenseCopyOf(W2), mat.DenseCopyOf(y))
			if got1 == nil && got2 == nil {
				return ErrUnsolved
			}
			gate := func(a, da float64) float64 {
				if a == 0 {
					return 0
				}
				return da
			}
			dW1, dW2 := reluNetwork(X, W1, W2, y, 6, gate)
			perSample1, perSample2 := reluNetwork(X, W1, W2, y, 3, gate)
			through, _ := reluNetwork(X, W1, W2, y, 6, func(_, da float64) float64 { return da })
			clipped, _ := reluNetwork(X, W1, W2, y, 6, func(_, da float64) float64 { return max(0, da) })
			switch {
			case sameMat(got1, perSample1) && sameMat(got2, perSample2):
				return errors.New("the gradients are twice what is expected: the mean is over all elements of ŷ, samples times outputs")
			case sameMat(got1, through):
				return errors.New("dW1 is as if there were no ReLU on the way back: where it gave 0, nothing may pass")
			case sameMat(got1, clipped):
				return errors.New("you put the gradient itself through the ReLU; what may pass depends on what the ReLU saw on the way forward, not on the gradient's sign")
			}
			if err := nearMat("dW2", got2, dW2, 1e-9); err != nil {
				return err
			}
			return nearMat("dW1", got1, dW1, 1e-9)
		},
		Hints: []string{
			"compute forward first, Z = XW1, A = max(0, Z), ŷ = AW2, and go back line by line, as in section 4.",
			"the gradient of the mean squared error is 2/(n·k)·(ŷ−y) for ŷ of n rows and k columns.",
			"dW2 = Aᵀdŷ; then dA = dŷ·W2ᵀ, set to 0 where A is 0; then dW1 = XᵀdA.",
		},
	},
}

// reluNetwork returns the gradients of W1 and W2 for ŷ = max(0, XW1)·W2 and the
// squared error divided by n; back takes the gradient da of an output a of the
// ReLU to that of its input.
func reluNetwork(X, W1, W2, y *mat.Dense, n float64, back func(a, da float64) float64) (dW1, dW2 *mat.Dense) {
	var A, dyhat, dA mat.Dense
	A.Mul(X, W1)
	A.Apply(func(_, _ int, z float64) float64 { return max(0, z) }, &A)
	dyhat.Mul(&A, W2)
	dyhat.Sub(&dyhat, y)
	dyhat.Scale(2/n, &dyhat)
	dW1, dW2 = new(mat.Dense), new(mat.Dense)
	dW2.Mul(A.T(), &dyhat)
	dA.Mul(&dyhat, W2.T())
	dA.Apply(func(i, j int, da float64) float64 { return back(A.At(i, j), da) }, &dA)
	dW1.Mul(X.T(), &dA)
	return dW1, dW2
}

// sameMat is mat.EqualApprox that takes matrices of different shapes, and nil.
func sameMat(a, b *mat.Dense) bool {
	if a == nil || b == nil {
		return false
	}
	ar, ac := a.Dims()
	br, bc := b.Dims()
	return ar == br && ac == bc && mat.EqualApprox(a, b, 1e-9)
}
