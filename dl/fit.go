package dl

import (
	"errors"
	"fmt"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"descent/dl/blas"
)

// FitConfig says how Fit goes through the data. The zero value is one epoch in
// batches of 32.
type FitConfig struct {
	Epochs    int  // passes over the data; 0 means 1
	BatchSize int  // samples a step; 0 means 32, as in Keras
	NoShuffle bool // keep the order of the rows; by default each epoch has a new one

	ValX, ValY mat.Matrix // validation data, evaluated after each epoch; or
	ValSplit   float64    // the share of the rows, taken from the end, that is kept for validation

	Callbacks  []Callback
	Seed       uint64 // orders the batches
	FirstEpoch int    // where to go on after a Load; epoch e has the same order in every run
}

// History keeps what Fit measured, one element an epoch. Training loss and
// metrics are means over the epoch's batches, taken while the parameters move.
type History struct {
	Loss, ValLoss       []float64
	Metrics, ValMetrics map[string][]float64 // by the metric's name
}

// Callback is called by Fit at each Moment. An error stops training, and Fit
// returns it.
type Callback func(t *Training) error

// Moment says when a callback is called.
type Moment int

// The moments of training. End comes once, also after an error or Stop.
const (
	Start Moment = iota
	AfterBatch
	AfterEpoch
	End
)

// Training is what a callback sees.
type Training struct {
	Model   *Model
	Config  FitConfig
	History *History
	Moment  Moment
	Epoch   int     // from 0
	Batch   int     // in this epoch, from 0
	Batches int     // in each epoch
	Step    int     // updates made so far, those before FirstEpoch too
	Loss    float64 // of the last batch

	stop bool
}

// Stop ends training after this batch.
func (t *Training) Stop() { t.stop = true }

// Fit trains the model: Epochs times it goes through the rows of X and y in
// batches and makes a Step with each. It prints nothing.
//
// Where the loss becomes NaN or infinite Fit stops with an error, and the
// model keeps its last finite parameters: those before the step or, where that
// step was the one that spoilt them, those at the start of the epoch.
func (m *Model) Fit(X, y mat.Matrix, cfg FitConfig) (*History, error) {
	x, yt, err := m.data("Fit", X, y)
	if err != nil {
		return nil, err
	}
	cfg.Epochs, cfg.BatchSize = orDefault(cfg.Epochs, 1), orDefault(cfg.BatchSize, 32)
	if err := m.checkFit(cfg); err != nil {
		return nil, err
	}
	x, yt, xv, yv, err := m.validation(x, yt, cfg)
	if err != nil {
		return nil, err
	}
	n := x.Shape[0]
	history := &History{Loss: make([]float64, 0, cfg.Epochs), Metrics: map[string][]float64{}, ValMetrics: map[string][]float64{}}
	t := &Training{Model: m, Config: cfg, History: history, Batches: (n + cfg.BatchSize - 1) / cfg.BatchSize}
	run := &run{x: x, y: yt, xv: xv, yv: yv, metrics: m.newMetrics(), valMetrics: m.newMetrics(), order: make([]int, n)}
	t.Step = cfg.FirstEpoch * t.Batches
	err = t.call(Start)
	for t.Epoch = cfg.FirstEpoch; t.Epoch < cfg.FirstEpoch+cfg.Epochs && err == nil && !t.stop; t.Epoch++ {
		err = run.epoch(t)
	}
	t.Epoch = max(t.Epoch-1, cfg.FirstEpoch)
	return t.History, errors.Join(err, t.call(End))
}

// run holds the buffers of one Fit.
type run struct {
	x, y, xv, yv        *Tensor
	metrics, valMetrics []Metric
	order               []int
	bx, by              Tensor
	pcg                 rand.PCG
	start               []float64 // parameters at the start of the epoch
}

// epoch makes one pass over the data.
func (r *run) epoch(t *Training) error {
	m, n := t.Model, len(r.order)
	r.start = append(r.start[:0], m.Params.Value...)
	if !t.Config.NoShuffle && t.Batches > 1 {
		r.shuffle(t.Config.Seed, t.Epoch)
	}
	sum := 0.0
	for t.Batch = 0; t.Batch < t.Batches && !t.stop; t.Batch++ {
		lo := t.Batch * t.Config.BatchSize
		hi := min(lo+t.Config.BatchSize, n)
		bx, by := r.batch(t, lo, hi)
		t.Loss = m.Gradient(bx, by)
		if !isFinite(t.Loss) {
			return r.diverged(t)
		}
		m.Optimizer.Step(&m.Params)
		t.Step++
		sum += float64(t.Loss * float64(hi-lo)) // rounded: no CPU may fuse the two
		for _, metric := range r.metrics {
			metric.Update(m.stages[len(m.stages)-1].y, by)
		}
		if len(t.Config.Callbacks) > 0 {
			if err := t.call(AfterBatch); err != nil {
				return err
			}
		}
	}
	t.Batch--
	seen := min((t.Batch+1)*t.Config.BatchSize, n)
	t.History.Loss = append(t.History.Loss, sum/float64(seen))
	record(t.History.Metrics, r.metrics)
	if r.xv != nil {
		t.History.ValLoss = append(t.History.ValLoss, m.evaluate(r.xv, r.yv, r.valMetrics))
		record(t.History.ValMetrics, r.valMetrics)
	}
	return t.call(AfterEpoch)
}

// shuffle orders the rows for an epoch. The order depends on seed and epoch
// only, so that training can go on from a file as if it had not stopped.
func (r *run) shuffle(seed uint64, epoch int) {
	for i := range r.order {
		r.order[i] = i
	}
	r.pcg.Seed(seed, uint64(epoch))
	rand.New(&r.pcg).Shuffle(len(r.order), func(i, j int) { r.order[i], r.order[j] = r.order[j], r.order[i] })
}

// batch returns rows lo to hi: a view where the order is that of the data, a
// copy otherwise.
func (r *run) batch(t *Training, lo, hi int) (x, y *Tensor) {
	if t.Config.NoShuffle || t.Batches == 1 {
		return rows(&r.bx, r.x, lo, hi), rows(&r.by, r.y, lo, hi)
	}
	return gather(&r.bx, r.x, r.order[lo:hi]), gather(&r.by, r.y, r.order[lo:hi])
}

// gather copies the samples with the given numbers.
func gather(batch, t *Tensor, order []int) *Tensor {
	batch.fit(len(order), t.Shape[1:])
	blas.GatherRows(batch.Data, t.Data, order, len(t.Data)/t.Shape[0])
	return batch
}

// diverged puts the last finite parameters back and says what happened.
func (r *run) diverged(t *Training) error {
	cause := "the steps are probably too long: try a tenth of the learning rate, or clip the gradients with ClipNorm"
	if t.Epoch == t.Config.FirstEpoch && t.Batch == 0 {
		cause = "this was before the first update: are the inputs very large? Scale them to mean 0 and standard deviation 1"
	}
	if _, ok := finite(t.Model.Params.Value); !ok {
		copy(t.Model.Params.Value, r.start)
	}
	return fmt.Errorf("dl: Fit: the loss is %v in epoch %d, batch %d; %s", t.Loss, t.Epoch, t.Batch, cause)
}

func (t *Training) call(moment Moment) error {
	t.Moment = moment
	for _, callback := range t.Config.Callbacks {
		if err := callback(t); err != nil {
			return err
		}
	}
	return nil
}

// record appends each metric's value to its history and starts it again.
func record(history map[string][]float64, metrics []Metric) {
	for _, metric := range metrics {
		history[metric.Name()] = append(history[metric.Name()], metric.Value())
		metric.Reset()
	}
}

// checkFit checks what does not depend on the data.
func (m *Model) checkFit(cfg FitConfig) error {
	switch {
	case cfg.Epochs < 0:
		return fmt.Errorf("dl: Fit: Epochs is %d, want 1 or more", cfg.Epochs)
	case cfg.BatchSize < 0:
		return fmt.Errorf("dl: Fit: BatchSize is %d, want 1 or more", cfg.BatchSize)
	case !(cfg.ValSplit >= 0 && cfg.ValSplit < 1):
		return fmt.Errorf("dl: Fit: ValSplit is %v, want at least 0 and below 1, such as 0.2", cfg.ValSplit)
	case (cfg.ValX == nil) != (cfg.ValY == nil):
		return errors.New("dl: Fit: only one of ValX and ValY is set, want both or neither")
	case cfg.ValX != nil && cfg.ValSplit > 0:
		return errors.New("dl: Fit: both ValX and ValSplit are set, want one of them")
	}
	return checkOptimizer(m.Optimizer)
}

// validation takes the validation data apart from the training data.
func (m *Model) validation(x, y *Tensor, cfg FitConfig) (xt, yt, xv, yv *Tensor, err error) {
	if cfg.ValX != nil {
		xv, yv, err = m.data("Fit: validation", cfg.ValX, cfg.ValY)
		return x, y, xv, yv, err
	}
	n := x.Shape[0]
	keep := n - int(cfg.ValSplit*float64(n))
	if keep == n || cfg.ValSplit == 0 {
		return x, y, nil, nil, nil
	}
	return rows(new(Tensor), x, 0, keep), rows(new(Tensor), y, 0, keep), rows(new(Tensor), x, keep, n), rows(new(Tensor), y, keep, n), nil
}
