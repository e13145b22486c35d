package dl

import (
	"fmt"
	"math"

	"descent/dl/blas"
)

// BinaryCrossEntropy takes each logit z of ŷ as a yes or no of its own, with
// P(yes) = σ(z) = 1/(1 + e⁻ᶻ), and y as 0 or 1, or a probability, for each. It is
// the negative log-likelihood of a Bernoulli distribution, over all elements:
//
//	L = −1/n Σ [w y ln σ(z) + (1−y) ln(1−σ(z))]
//	  = 1/n Σ [w y s(−z) + (1−y) s(z)],  s(z) = ln(1 + eᶻ) = max(z, 0) + ln(1 + e^−|z|)
//	∂L/∂z = 1/n [(1−y) σ(z) − w y σ(−z)]
//
// s is softplus, which can neither overflow nor take ln 0.
type BinaryCrossEntropy struct {
	LabelSmoothing float64 // S: y becomes (1−S)y + S/2, as in Keras; default 0
	PositiveWeight float64 // w, what missing a yes costs; 0 means 1. PyTorch's pos_weight
}

func (l BinaryCrossEntropy) Eval(yhat, y, grad *Tensor) float64 {
	sameSize("BinaryCrossEntropy", yhat, y)
	n, w, loss := float64(len(yhat.Data)), orDefault(l.PositiveWeight, 1), 0.0
	for i, z := range yhat.Data {
		t := math.FMA(1-l.LabelSmoothing, y.Data[i], l.LabelSmoothing/2)
		yes, no := w*t, 1-t
		e := blas.ExpOne(-math.Abs(z))
		log1p := blas.Log1pOne(e)
		loss = math.FMA(yes, max(-z, 0)+log1p, loss)
		loss = math.FMA(no, max(z, 0)+log1p, loss)
		if grad != nil {
			p, q := 1/(1+e), e/(1+e) // σ(|z|) and σ(−|z|)
			if z < 0 {
				p, q = q, p
			}
			grad.Data[i] = math.FMA(no, p, -float64(yes*q)) / n
		}
	}
	return loss / n
}

func (l BinaryCrossEntropy) CheckTargets(out Shape, y *Tensor) error {
	if !(l.PositiveWeight >= 0) {
		return fmt.Errorf("dl: BinaryCrossEntropy: PositiveWeight is %v, want more than 0, or 0 for 1", l.PositiveWeight)
	}
	if err := checkSmoothing("BinaryCrossEntropy", l.LabelSmoothing); err != nil {
		return err
	}
	return checkBinary("BinaryCrossEntropy", out, y)
}

// CrossEntropy takes each row of ŷ as the logits z of C classes, with
// P(k) = softmax(z)_k = e^z_k / Σ_j e^z_j. Targets y are class numbers from 0, one
// for each row, or rows of C probabilities, of which one-hot is a case. It is
// the negative log-likelihood of a categorical distribution, a mean over the
// N rows:
//
//	L = −1/N Σ_rows w Σ_k y_k ln softmax(z)_k = 1/N Σ_rows w Σ_k y_k (ln Σ_j e^z_j − z_k)
//	∂L/∂z = 1/N w (softmax(z) − y)
//
// The largest logit m is taken out of the sum, ln Σ e^z = m + ln Σ e^(z−m), so that
// nothing overflows and no ln 0 is taken.
//
// Models that give sequences (T×C a sample) have T class numbers a row of y.
type CrossEntropy struct {
	LabelSmoothing float64 // S: y becomes (1−S)y + S/C (Szegedy et al. 2016, section 7); default 0

	// ClassWeights are w for each class; nil means 1 for all. The weighted sum
	// is divided by the number of rows, as in Keras; PyTorch divides it by the
	// sum of the weights. A row of probabilities weighs their mean, Σ_k w_k y_k
	// before smoothing.
	ClassWeights []float64
}

func (l CrossEntropy) Eval(yhat, y, grad *Tensor) float64 {
	target := ReadClasses("CrossEntropy", yhat, y)
	rows, C, loss := yhat.Rows(), yhat.Cols(), 0.0
	if grad != nil {
		blas.SoftmaxRows(grad.Data, yhat.Data, rows, C)
	}
	for i := range rows {
		var p []float64
		if grad != nil {
			p = grad.Data[i*C : (i+1)*C]
		}
		z := yhat.Data[i*C : (i+1)*C]
		if target.oneHot {
			loss += l.soft(z, p, y.Data[i*C:(i+1)*C])
		} else {
			loss += l.hard(z, p, target.Target(i))
		}
	}
	if grad != nil {
		blas.Scale(1/float64(rows), grad.Data)
	}
	return loss / float64(rows)
}

// hard is the loss of a row of class k. It turns p = softmax(z), where it is not
// nil, into the row's gradient w(p − y).
func (l CrossEntropy) hard(z, p []float64, k int) float64 {
	m, logSum := logSumExp(z, p)
	share, w := l.LabelSmoothing/float64(len(z)), 1.0
	if l.ClassWeights != nil {
		w = l.ClassWeights[k]
	}
	loss := math.FMA(1-l.LabelSmoothing, m-z[k], logSum)
	if share != 0 {
		for _, v := range z {
			loss = math.FMA(share, m-v, loss)
		}
	}
	if p != nil {
		if share != 0 || w != 1 {
			for j, v := range p {
				p[j] = w * (v - share)
			}
		}
		p[k] -= float64(w * (1 - l.LabelSmoothing))
	}
	return float64(w * loss)
}

// soft is hard for a row of probabilities y.
func (l CrossEntropy) soft(z, p, y []float64) float64 {
	m, logSum := logSumExp(z, p)
	share, w := l.LabelSmoothing/float64(len(z)), 1.0
	if l.ClassWeights != nil {
		w = blas.Dot(l.ClassWeights, y)
	}
	loss, total := 0.0, 0.0 // total is 1 but for rounding in the user's y
	for k, v := range y {
		t := math.FMA(1-l.LabelSmoothing, v, share)
		loss = math.FMA(t, m-z[k], loss)
		total += t
	}
	for k := range p {
		t := math.FMA(1-l.LabelSmoothing, y[k], share)
		p[k] = w * math.FMA(total, p[k], -t)
	}
	return float64(w * math.FMA(total, logSum, loss))
}

// logSumExp returns m = max z and ln Σ e^(z−m). Where p = softmax(z) is at hand
// its largest element is 1/Σ e^(z−m); without it (nil) the sum is made in the same
// way, to the same bits.
func logSumExp(z, p []float64) (m, logSum float64) {
	top := argmax(z)
	m = z[top]
	if p != nil {
		return m, -blas.LogOne(p[top])
	}
	var lane [8]float64 // as blas.Sum
	for j, v := range z {
		lane[j&7] += blas.ExpOne(v - m)
	}
	sum := ((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7]))
	return m, -blas.LogOne(1 / sum)
}

func (l CrossEntropy) CheckTargets(out Shape, y *Tensor) error {
	C := out.last()
	if C == 1 {
		return fmt.Errorf("dl: CrossEntropy: the model has 1 logit, want one for each class, at least 2; for a single logit take BinaryCrossEntropy")
	}
	if err := checkSmoothing("CrossEntropy", l.LabelSmoothing); err != nil {
		return err
	}
	if l.ClassWeights != nil && len(l.ClassWeights) != C {
		return fmt.Errorf("dl: CrossEntropy: %d ClassWeights, want %d, one for each class", len(l.ClassWeights), C)
	}
	for k, w := range l.ClassWeights {
		if !(w >= 0) || !isFinite(w) {
			return fmt.Errorf("dl: CrossEntropy: the weight of class %d is %v, want at least 0", k, w)
		}
	}
	return checkClasses("CrossEntropy", out, y)
}

func checkSmoothing(where string, s float64) error {
	if !(s >= 0 && s < 1) {
		return fmt.Errorf("dl: %s: LabelSmoothing is %v, want at least 0 and below 1, such as 0.1", where, s)
	}
	return nil
}
