package dl

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// Metric judges predictions, batch after batch. It only measures: it has no
// gradient, and training does not see it. Compile takes its constructor.
type Metric interface {
	Name() string           // key in a History, as "mean absolute error"
	Update(yhat, y *Tensor) // one more batch
	Value() float64         // over everything since Reset
	Reset()
}

// Measure returns a metric over all rows of predictions and targets.
func Measure(metric func() Metric, yhat, y mat.Matrix) (float64, error) {
	m := metric()
	n, cols := yhat.Dims()
	ny, colsY := y.Dims()
	if n != ny || n == 0 {
		return 0, &ShapeError{Where: "Measure", Got: fmt.Sprintf("%d predictions and %d targets", n, ny), Want: "the same number of rows, at least one"}
	}
	m.Update(FromMat(yhat, Shape{cols}), FromMat(y, Shape{colsY}))
	return m.Value(), nil
}

// MeanAbsoluteError is 1/n Σ |ŷ−y| over all elements, in the unit of y.
func MeanAbsoluteError() Metric {
	return &elementwise{name: "mean absolute error", term: func(r float64) float64 { return math.Abs(r) }}
}

// RootMeanSquaredError is √(1/n Σ (ŷ−y)²) over all elements, in the unit of y.
func RootMeanSquaredError() Metric {
	return &elementwise{name: "root mean squared error", term: func(r float64) float64 { return r * r }, root: true}
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
	for i, v := range yhat.Data {
		m.sum += m.term(v - y.Data[i])
	}
	m.n += float64(len(yhat.Data))
}

func (m *elementwise) Value() float64 {
	if m.root {
		return math.Sqrt(m.sum / m.n)
	}
	return m.sum / m.n
}

// RSquared is the coefficient of determination, 1 − Σ(y−ŷ)²/Σ(y−ȳ)²: 1 is
// perfect, 0 is no better than predicting the mean ȳ, and it may be negative.
// With several outputs a sample it is over all of them together.
func RSquared() Metric { return &rSquared{} }

// rSquared keeps Σ(y−ȳ)² by Welford's update (1962), which does not cancel.
type rSquared struct{ n, mean, m2, residual float64 }

func (m *rSquared) Name() string { return "R²" }
func (m *rSquared) Reset()       { *m = rSquared{} }

func (m *rSquared) Update(yhat, y *Tensor) {
	for i, v := range y.Data {
		m.n++
		d := v - m.mean
		m.mean += d / m.n
		m.m2 = math.FMA(d, v-m.mean, m.m2)
		r := v - yhat.Data[i]
		m.residual = math.FMA(r, r, m.residual)
	}
}

func (m *rSquared) Value() float64 { return 1 - m.residual/m.m2 }
