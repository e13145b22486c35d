package dl

import (
	"fmt"
	"math"
)

// Loss measures predictions ŷ against targets y.
//
// Eval returns L, a mean over the samples, and where grad is not nil sets it
// to ∂L/∂ŷ. Classification losses take ŷ as logits z, and y as class numbers,
// one for each row of ŷ, or as one-hot rows. Fit and Evaluate check the targets
// first; Eval, called by hand, panics with the same error.
type Loss interface {
	Eval(yhat, y, grad *Tensor) float64
}

// TargetChecker is a Loss or a Metric that can say what is wrong with targets y,
// for a model whose samples give shape out, before they are used. Fit, Evaluate
// and Measure ask it first.
type TargetChecker interface {
	CheckTargets(out Shape, y *Tensor) error
}

// MSE is the mean squared error, over all elements:
//
//	L = 1/n Σ (ŷ−y)²,  ∂L/∂ŷ = 2/n (ŷ−y)
//
// It is the negative log-likelihood of Gaussian noise, but for constants.
type MSE struct{}

func (MSE) Eval(yhat, y, grad *Tensor) float64 {
	sameSize("MSE", yhat, y)
	n := float64(len(yhat.Data))
	scale, sum := 2/n, 0.0
	for i, v := range yhat.Data {
		r := v - y.Data[i]
		sum = math.FMA(r, r, sum)
		if grad != nil {
			grad.Data[i] = scale * r
		}
	}
	return sum / n
}

// MAE is the mean absolute error, over all elements:
//
//	L = 1/n Σ |ŷ−y|,  ∂L/∂ŷ = 1/n sign(ŷ−y), 0 where ŷ = y
//
// It is the negative log-likelihood of Laplacian noise, but for constants.
type MAE struct{}

func (MAE) Eval(yhat, y, grad *Tensor) float64 {
	sameSize("MAE", yhat, y)
	n := float64(len(yhat.Data))
	sum := 0.0
	for i, v := range yhat.Data {
		r := v - y.Data[i]
		sum += math.Abs(r)
		if grad != nil {
			grad.Data[i] = sign(r) / n
		}
	}
	return sum / n
}

// Huber is squared near the target and linear far from it, so that outliers
// pull with a force of at most δ (Huber 1964), over all elements:
//
//	L = 1/n Σ h(ŷ−y),  h(r) = ½r² where |r| ≤ δ, else δ(|r| − ½δ)
//	∂L/∂ŷ = 1/n (ŷ−y), clipped to ±δ/n
type Huber struct {
	Delta float64 // δ, in the unit of y; 0 means 1
}

func (h Huber) Eval(yhat, y, grad *Tensor) float64 {
	sameSize("Huber", yhat, y)
	n := float64(len(yhat.Data))
	delta, sum := orDefault(h.Delta, 1), 0.0
	for i, v := range yhat.Data {
		r := v - y.Data[i]
		c := max(-delta, min(r, delta)) // c·(r − ½c) is ½r² inside, δ(|r| − ½δ) outside
		sum = math.FMA(c, math.FMA(-0.5, c, r), sum)
		if grad != nil {
			grad.Data[i] = c / n
		}
	}
	return sum / n
}

func (h Huber) CheckTargets(out Shape, y *Tensor) error {
	if !(h.Delta >= 0) {
		return fmt.Errorf("dl: Huber: Delta is %v, want more than 0, or 0 for 1", h.Delta)
	}
	return checkSame("Huber", out, y)
}

// sign is −1, 0 or 1, and NaN for NaN.
func sign(x float64) float64 {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return x
}
