package exercise

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"descent/dl/datasets"
)

var linearRegression = []Exercise{
	{
		ID:    "04.1",
		Title: "Mean squared error",
		Check: func(mse func(yhat, y []float64) float64) error {
			yhat, y := []float64{1, 2, 4}, []float64{1, 1, 1}
			got := mse(yhat, y)
			switch got {
			case 0:
				return ErrUnsolved
			case 10:
				return errors.New("for ŷ = [1 2 4] and y = [1 1 1] you return 10: that is the sum of the squares, not their mean")
			case 4.0 / 3:
				return errors.New("for ŷ = [1 2 4] and y = [1 1 1] you return 1.333: that is the mean of the errors, not of their squares")
			case math.Sqrt(10.0 / 3):
				return errors.New("for ŷ = [1 2 4] and y = [1 1 1] you return 1.826: that is the root of the mean squared error")
			case 16.0 / 9:
				return errors.New("for ŷ = [1 2 4] and y = [1 1 1] you return 1.778: that is the square of the mean error; square each error first")
			}
			if err := near("the error for ŷ = [1 2 4] and y = [1 1 1]", got, 10.0/3, 1e-9); err != nil {
				return err
			}
			return near("the error for ŷ = [0 0] and y = [3 -3]", mse([]float64{0, 0}, []float64{3, -3}), 9, 1e-9)
		},
		Hints: []string{
			"the formula is 1/n Σ (ŷ−y)²: go through the elements with a loop and add up squares.",
			"after the loop, divide by float64(len(y)).",
		},
	},
	{
		ID:    "04.2",
		Title: "The largest stable rate",
		Check: func(largestRate func(X *mat.Dense) float64) error {
			X := datasets.Line(4, 1, 1).X
			got := largestRate(X)
			if got == 0 {
				return ErrUnsolved
			}
			n, _ := X.Dims()
			var H mat.SymDense
			H.SymOuterK(2/float64(n), X.T())
			lambda := largestEigenvalue(&H)
			switch {
			case close(got, 1/lambda):
				return fmt.Errorf("for the article's data you return %.4g, half of what is expected: is the factor 2 of the derivative of a square in your Hessian, and is it 2/λmax that you return", got)
			case close(got, 2/lambda/float64(n)):
				return fmt.Errorf("for the article's data you return %.4g: the loss is a mean over n samples, and so is its Hessian", got)
			case close(got, lambda):
				return fmt.Errorf("for the article's data you return %.4g: that is the largest eigenvalue itself", got)
			}
			if err := near("the rate for the article's data", got, 2/lambda, 1e-6); err != nil {
				return err
			}
			wide := mat.NewDense(2, 2, []float64{3, 0, 0, 1}) // λmax = 9
			return near("the rate for X = [3 0; 0 1]", largestRate(wide), 2.0/9, 1e-6)
		},
		Hints: []string{
			"gradient descent on J is stable below 2/λmax, where λmax is the largest eigenvalue of the Hessian of J.",
			"the Hessian of 1/n‖Xw−y‖² is 2/n·XᵀX, whatever y is.",
			"mat.SymDense has SymOuterK(alpha, X.T()), which is alpha·XᵀX; mat.EigenSym has Factorize and Values, in rising order.",
		},
	},
	{
		ID:    "04.3",
		Title: "Weight decay picks one line",
		Check: func(ridge func(X, y *mat.Dense, lambda float64) *mat.Dense) error {
			t := datasets.Line(4, 1, 1)
			got := ridge(t.X, t.Y, 0.1)
			if got == nil {
				return ErrUnsolved
			}
			right := ridgeWeights(t.X, t.Y, 0.1)
			r, c := got.Dims()
			if r != 2 || c != 1 {
				return fmt.Errorf("the weights are %d×%d, want 2×1", r, c)
			}
			if mat.EqualApprox(got, ridgeWeights(t.X, t.Y, 0.1/4), 1e-9) {
				return errors.New("the weights fit a penalty of λ/n: the loss is a mean over n samples, so the n belongs before λ in your equations")
			}
			if mat.EqualApprox(got, ridgeWeights(t.X, t.Y, 0.2), 1e-9) {
				return errors.New("the weights fit a penalty of 2λ: both terms are squares, and the 2 of their derivatives stands before both or before none")
			}
			if mat.EqualApprox(got, ridgeWeights(t.X, t.Y, 0), 1e-9) {
				return errors.New("the weights are those without a penalty")
			}
			return nearMat("w", got, right, 1e-6)
		},
		Hints: []string{
			"set the gradient of 1/n‖Xw−y‖² + λ‖w‖² to zero and solve for w.",
			"the gradient is 2/n·Xᵀ(Xw−y) + 2λw; at zero, (XᵀX + nλI) w = Xᵀy.",
			"build XᵀX with Mul, add n·λ to its diagonal with Set, and call w.Solve(A, Xty).",
		},
	},
}

func largestEigenvalue(s mat.Symmetric) float64 {
	var eigen mat.EigenSym
	eigen.Factorize(s, false)
	values := eigen.Values(nil)
	return values[len(values)-1]
}

// ridgeWeights minimises 1/n‖Xw−y‖² + λ‖w‖².
func ridgeWeights(X, y *mat.Dense, lambda float64) *mat.Dense {
	n, d := X.Dims()
	var A, b, w mat.Dense
	A.Mul(X.T(), X)
	for i := range d {
		A.Set(i, i, A.At(i, i)+float64(n)*lambda)
	}
	b.Mul(X.T(), y)
	if err := w.Solve(&A, &b); err != nil {
		panic(err)
	}
	return &w
}

func close(a, b float64) bool { return math.Abs(a-b) <= 1e-6*math.Abs(b) }
