package dl

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// Metric judges predictions, batch after batch. It only measures: it has no
// gradient, and training does not see it. Compile takes its constructor.
//
// A metric for classification takes ŷ as logits, just as the losses do, and
// never as probabilities; package metrics has more of them. A single column is the
// logit of class 1 against class 0, which is predicted where it is above 0; of several columns, one for each
// class, the largest is predicted. Targets are class numbers from 0 or one-hot
// rows. What has no value, such as the precision of a class that was never
// predicted, 0/0, is 0, as in scikit-learn with zero_division=0.
type Metric interface {
	Name() string           // key in a History, as "mean absolute error"
	Update(yhat, y *Tensor) // one more batch
	Value() float64         // over everything since Reset
	Reset()
}

// Measure returns a metric over all rows of predictions and targets. Where a row
// of y has T elements and one of ŷ has T·C, ŷ is a sequence of T rows of C logits.
func Measure(metric func() Metric, yhat, y mat.Matrix) (float64, error) {
	m := metric()
	n, cols := yhat.Dims()
	ny, colsY := y.Dims()
	if n != ny || n == 0 {
		return 0, &ShapeError{Where: m.Name(), Got: fmt.Sprintf("%d predictions and %d targets", n, ny), Want: "the same number of rows, at least one"}
	}
	sample := Shape{cols}
	if 1 < colsY && colsY < cols && cols%colsY == 0 {
		sample = Shape{colsY, cols / colsY}
	}
	p, t := FromMat(yhat, sample), FromMat(y, Shape{colsY})
	err := firstError(checkFinite(m.Name(), "the prediction", p, ""), checkFinite(m.Name(), "y", t, ""))
	if c, ok := m.(TargetChecker); ok && err == nil {
		err = c.CheckTargets(sample, t)
	}
	if err != nil {
		return 0, err
	}
	m.Update(p, t)
	return m.Value(), nil
}

// Accuracy is the share of rows whose class was predicted.
func Accuracy() Metric { return &accuracy{} }

type accuracy struct{ right, n float64 }

func (m *accuracy) Name() string   { return "accuracy" }
func (m *accuracy) Reset()         { *m = accuracy{} }
func (m *accuracy) Value() float64 { return m.right / max(m.n, 1) }

func (m *accuracy) Update(yhat, y *Tensor) {
	classes := ReadClasses(m.Name(), yhat, y)
	for i := range yhat.Rows() {
		if classes.Predicted(i) == classes.Target(i) {
			m.right++
		}
		m.n++
	}
}

func (m *accuracy) CheckTargets(out Shape, y *Tensor) error { return CheckClasses(m.Name(), out, y) }

// MeanAbsoluteError is 1/n Σ |ŷ−y| over all elements, in the unit of y.
func MeanAbsoluteError() Metric {
	return &elementwise{name: "mean absolute error", term: func(r float64) float64 { return math.Abs(r) }}
}

// RootMeanSquaredError is √(1/n Σ (ŷ−y)²) over all elements, in the unit of y.
func RootMeanSquaredError() Metric {
	return &elementwise{name: "root mean squared error", term: func(r float64) float64 { return float64(r * r) }, root: true}
}

// elementwise is a mean over elements of a function of the residual ŷ−y.
type elementwise struct {
	name   string
	term   func(r float64) float64
	root   bool
	sum, n float64
}

func (m *elementwise) Name() string { return m.name }
func (m *elementwise) Reset()       { m.sum, m.n = 0, 0 }

func (m *elementwise) Update(yhat, y *Tensor) {
	sameSize(m.name, yhat, y)
	for i, v := range yhat.Data {
		m.sum += m.term(v - y.Data[i])
	}
	m.n += float64(len(yhat.Data))
}

func (m *elementwise) CheckTargets(out Shape, y *Tensor) error { return checkSame(m.name, out, y) }

func (m *elementwise) Value() float64 {
	if m.root {
		return math.Sqrt(m.sum / m.n)
	}
	return m.sum / m.n
}

// RSquared is the coefficient of determination, 1 − Σ(y−ŷ)²/Σ(y−ȳ)²: 1 is
// perfect, 0 is no better than predicting the mean ȳ, and it may be negative.
// With several outputs a sample it is over all of them together (scikit-learn
// averages the R² of each). Where all y are equal it is 1 if every prediction is
// right and 0 if not, as in scikit-learn; of fewer than two targets it is NaN.
func RSquared() Metric { return &rSquared{} }

// rSquared keeps Σ(y−ȳ)² by Welford's update (1962), which does not cancel, with
// the first y as the origin, so that years or prices keep their digits.
type rSquared struct{ origin, n, mean, m2, residual float64 }

func (m *rSquared) Name() string { return "R²" }
func (m *rSquared) Reset()       { *m = rSquared{} }

func (m *rSquared) Update(yhat, y *Tensor) {
	sameSize("R²", yhat, y)
	for i, v := range y.Data {
		if m.n == 0 {
			m.origin = v
		}
		m.n++
		shifted := v - m.origin
		d := shifted - m.mean
		m.mean += d / m.n
		m.m2 = math.FMA(d, shifted-m.mean, m.m2)
		r := v - yhat.Data[i]
		m.residual = math.FMA(r, r, m.residual)
	}
}

func (m *rSquared) CheckTargets(out Shape, y *Tensor) error { return checkSame(m.Name(), out, y) }

func (m *rSquared) Value() float64 {
	switch {
	case m.n < 2:
		return math.NaN()
	case m.m2 == 0 && m.residual == 0:
		return 1
	case m.m2 == 0:
		return 0
	}
	return 1 - m.residual/m.m2
}
