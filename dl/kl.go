package dl

import (
	"fmt"
	"math"

	"descent/dl/blas"
)

// KLDivergence is how far the distribution softmax(z) of each row of logits is
// from the row of probabilities y, a mean over the N rows (Kullback and Leibler
// 1951):
//
//	L = 1/N Σ_rows Σ_k y_k ln(y_k / softmax(z)_k),  ∂L/∂z = 1/N (softmax(z) − y)
//
// It is cross-entropy less the entropy of y, Σ y ln y, which no model can
// change: the gradients are the same, but this loss can reach 0. 0 ln 0 is 0.
// Keras and PyTorch take ŷ as probabilities or their logarithms, and Keras clips
// both to 1e-7; PyTorch's mean over rows is called "batchmean".
type KLDivergence struct{}

func (KLDivergence) Eval(yhat, y, grad *Tensor) float64 {
	sameSize("KLDivergence", yhat, y)
	entropy := 0.0
	for _, p := range y.Data {
		if p > 0 {
			entropy = math.FMA(-p, blas.LogOne(p), entropy)
		}
	}
	return CrossEntropy{}.Eval(yhat, y, grad) - entropy/float64(yhat.Rows())
}

func (KLDivergence) CheckTargets(out Shape, y *Tensor) error {
	if cols := y.Shape[1:].Size(); out.last() == 1 || cols != out.Size() {
		return &ShapeError{Where: "KLDivergence", Got: fmt.Sprintf("y has %s for the model's output of %v", columns(cols), out), Want: "a row of probabilities for each row of at least 2 logits"}
	}
	return checkProbabilities("KLDivergence", out.last(), y)
}
