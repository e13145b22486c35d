package dl

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// Model is a stack of layers with its parameters, and after Compile with what
// training needs.
type Model struct {
	Chain
	In, Out Shape // of one sample
	Params  Params

	Optimizer Optimizer
	Loss      Loss
	Metrics   []func() Metric
	Penalties []Penalty // added to the loss in training and evaluation

	// Precision is the format of matrix products, convolutions included;
	// everything else is float64. Float32 is faster, and as reproducible. It may be
	// changed at any time. Files do not hold it.
	Precision Format

	grad Tensor // ∂L/∂ŷ
}

// Sequential builds a model that applies the layers one after the other to
// samples of shape in, and initialises it with seed 1 (see Reset).
func Sequential(in Shape, layers ...Layer) (*Model, error) {
	m, err := newModel(in, layers)
	if err != nil {
		return nil, err
	}
	if err := m.Params.allocate(); err != nil {
		return nil, err
	}
	m.Reset(1)
	return m, nil
}

// newModel builds a model whose parameters have no memory yet.
func newModel(in Shape, layers []Layer) (*Model, error) {
	m := &Model{Chain: Chain{Layers: layers}, In: append(Shape(nil), in...)}
	if len(layers) == 0 {
		return nil, errors.New("dl: Sequential: no layers; want at least one, such as &dl.Dense{Units: 1}")
	}
	size := 1
	for _, n := range in {
		if n <= 0 || size > math.MaxInt32/n {
			return nil, fmt.Errorf("dl: Sequential: the shape of a sample is %v, want every axis at least 1", in)
		}
		size *= n
	}
	m.Params.format = &m.Precision
	var err error
	m.Out, err = m.Build(m.In, &m.Params)
	return m, err
}

// Reset starts again: it draws new parameters with a seed. Every parameter and
// every Dropout has a random stream of its own, so that a layer added at the
// end changes nothing before it. An optimizer's memory is its own: start again
// with a new one.
func (m *Model) Reset(seed uint64) { m.Params.Reset(seed) }

// Compile sets what Fit and Evaluate use. Metrics are passed by their
// constructors, such as dl.MeanAbsoluteError.
func (m *Model) Compile(optimizer Optimizer, loss Loss, metrics ...func() Metric) {
	m.Optimizer, m.Loss, m.Metrics = optimizer, loss, metrics
}

// Step is the whole algorithm: predict, measure, differentiate, update. It
// returns the loss before the update.
func (m *Model) Step(x, y *Tensor) float64 {
	J := m.Gradient(x, y)
	m.Optimizer.Step(&m.Params)
	return J
}

// Gradient computes the loss J(θ) of a batch, penalties included, and leaves
// ∇J(θ) in Params.Grad.
func (m *Model) Gradient(x, y *Tensor) float64 {
	m.Params.ZeroGrad()
	yhat := m.Forward(x, true)
	J := m.Loss.Eval(yhat, y, m.grad.fit(yhat.Shape[0], yhat.Shape[1:]))
	m.skipInputGrad(true)
	m.Backward(&m.grad)
	m.skipInputGrad(false)
	for _, p := range m.Penalties {
		J += p.Add(&m.Params)
	}
	return J
}

// skipInputGrad saves the first layer the work for ∂L/∂x, which training does
// not use.
func (m *Model) skipInputGrad(skip bool) {
	if first, ok := m.Layers[0].(interface{ setSkipInput(bool) }); ok {
		first.setSkipInput(skip)
	}
}

// predictRows is how many samples Predict and Evaluate take at a time.
const predictRows = 256

// Predict returns the model's outputs for the N rows of X, one row each:
// N×Out.Size(). Classifiers that are trained from logits predict logits.
func (m *Model) Predict(X mat.Matrix) (*mat.Dense, error) {
	x, err := m.inputs("Predict", X)
	if err != nil {
		return nil, err
	}
	yhat := mat.NewDense(x.Shape[0], m.Out.Size(), nil)
	m.predict(x, func(lo, _ int, batch *Tensor) { copy(yhat.RawMatrix().Data[lo*m.Out.Size():], batch.Data) })
	return yhat, nil
}

// predict calls use with the predictions for samples lo to hi-1, in turn.
func (m *Model) predict(x *Tensor, use func(lo, hi int, yhat *Tensor)) {
	var batch Tensor
	for lo := 0; lo < x.Shape[0]; lo += predictRows {
		hi := min(lo+predictRows, x.Shape[0])
		use(lo, hi, m.Forward(rows(&batch, x, lo, hi), false))
	}
}

// Evaluate returns the loss, under the name "loss", and the metrics, under
// their own names, over all rows of X, with nothing switched on that only
// training does.
func (m *Model) Evaluate(X, y mat.Matrix) (map[string]float64, error) {
	xt, yt, err := m.data("Evaluate", X, y)
	if err != nil {
		return nil, err
	}
	metrics := m.newMetrics()
	scores := map[string]float64{"loss": m.evaluate(xt, yt, metrics)}
	for _, metric := range metrics {
		scores[metric.Name()] = metric.Value()
	}
	return scores, nil
}

// evaluate returns the loss and shows every prediction to the metrics.
func (m *Model) evaluate(x, y *Tensor, metrics []Metric) float64 {
	var batch Tensor
	loss := 0.0
	m.predict(x, func(lo, hi int, yhat *Tensor) {
		target := rows(&batch, y, lo, hi)
		loss += float64(m.Loss.Eval(yhat, target, nil) * float64(hi-lo))
		for _, metric := range metrics {
			metric.Update(yhat, target)
		}
	})
	loss /= float64(x.Shape[0])
	for _, p := range m.Penalties {
		loss += p.Value(&m.Params)
	}
	return loss
}

func (m *Model) newMetrics() []Metric {
	metrics := make([]Metric, len(m.Metrics))
	for i, make := range m.Metrics {
		metrics[i] = make()
	}
	return metrics
}

// rows makes batch a view of samples lo to hi of t.
func rows(batch, t *Tensor, lo, hi int) *Tensor {
	size := len(t.Data) / t.Shape[0]
	batch.Shape = append(append(batch.Shape[:0], hi-lo), t.Shape[1:]...)
	batch.Data = t.Data[lo*size : hi*size]
	return batch
}

// inputs checks X and returns it as a tensor of samples.
func (m *Model) inputs(where string, X mat.Matrix) (*Tensor, error) {
	if X == nil {
		return nil, fmt.Errorf("dl: %s: X is nil, want one sample a row", where)
	}
	n, cols := X.Dims()
	if n == 0 {
		return nil, fmt.Errorf("dl: %s: X has no rows, want at least one sample", where)
	}
	if cols != m.In.Size() {
		return nil, &ShapeError{Where: where, Got: fmt.Sprintf("X has %d columns", cols), Want: fmt.Sprintf("%d, the elements of a %v sample", m.In.Size(), m.In)}
	}
	x := FromMat(X, m.In)
	if err := checkFinite(where, "X", x, ": drop the sample or fill in a value"); err != nil {
		return nil, err
	}
	return x, m.checkInputs(x)
}

// data checks X and y against each other, the model and the loss.
func (m *Model) data(where string, X, y mat.Matrix) (xt, yt *Tensor, err error) {
	if m.Optimizer == nil || m.Loss == nil {
		return nil, nil, fmt.Errorf("dl: %s: the model has no optimizer or no loss; call Compile first", where)
	}
	if xt, err = m.inputs(where, X); err != nil {
		return nil, nil, err
	}
	if y == nil {
		return nil, nil, fmt.Errorf("dl: %s: y is nil, want one target a row", where)
	}
	n, cols := y.Dims()
	if n != xt.Shape[0] {
		return nil, nil, &ShapeError{Where: where, Got: fmt.Sprintf("y has %d rows", n), Want: fmt.Sprintf("%d, one for each row of X", xt.Shape[0])}
	}
	yt = FromMat(y, Shape{cols})
	err = checkFinite(where, "y", yt, "")
	if c, ok := m.Loss.(TargetChecker); ok {
		err = firstError(err, c.CheckTargets(m.Out, yt))
	} else {
		err = firstError(err, checkSame(where, m.Out, yt))
	}
	for _, metric := range m.newMetrics() {
		if c, ok := metric.(TargetChecker); ok && err == nil {
			err = c.CheckTargets(m.Out, yt)
		}
	}
	return xt, yt, err
}
