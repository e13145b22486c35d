package metrics

import (
	"fmt"
	"math"

	"descent/dl"
	"descent/dl/blas"
	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// LogLoss is the mean of −ln of the probability that the model gives to each
// row's class: cross-entropy without smoothing or weights, in nats.
func LogLoss() dl.Metric { return &logLoss{} }

type logLoss struct{ sum, n float64 }

func (m *logLoss) Name() string   { return "log loss" }
func (m *logLoss) Reset()         { *m = logLoss{} }
func (m *logLoss) Value() float64 { return ratio(m.sum, m.n) }

func (m *logLoss) Update(yhat, y *dl.Tensor) {
	n := float64(yhat.Rows())
	if yhat.Cols() == 1 {
		m.sum = math.FMA(n, dl.BinaryCrossEntropy{}.Eval(yhat, y, nil), m.sum)
	} else {
		m.sum = math.FMA(n, dl.CrossEntropy{}.Eval(yhat, y, nil), m.sum)
	}
	m.n += n
}

func (m *logLoss) CheckTargets(out dl.Shape, y *dl.Tensor) error {
	return dl.CheckClasses(m.Name(), out, y)
}

// Bin is a bar of a reliability diagram: the rows whose confidence is above Low
// and at most High. Confidence and Accuracy are means over them, 0 for no rows.
//
// With a single logit confidence is the probability of class 1, and accuracy
// the share of rows that are of it; with several it is the probability of the
// predicted class, and the share of rows where that is right.
type Bin struct {
	Low, High            float64
	Confidence, Accuracy float64
	Count                int
}

// Calibration returns the bins of a reliability diagram (Guo et al. 2017,
// section 2), equally wide from 0 to 1; bins 0 means 15.
func Calibration(yhat, y mat.Matrix, bins int) ([]Bin, error) {
	m := newCalibration("Calibration", bins)
	if err := measure(m, yhat, y); err != nil {
		return nil, err
	}
	result, width := make([]Bin, len(m.bins)), 1/float64(len(m.bins))
	for i, b := range m.bins {
		result[i] = Bin{float64(i) * width, float64(i+1) * width, ratio(b.confidence, b.n), ratio(b.right, b.n), int(b.n)}
	}
	return result, nil
}

// CalibrationError is the expected calibration error (Guo et al. 2017,
// equation 3): the mean over the rows of |accuracy − confidence| of their bin; bins 0
// means 15. See Bin for the two cases.
func CalibrationError(bins int) func() dl.Metric {
	return func() dl.Metric { return newCalibration("calibration error", bins) }
}

// calibration sums up in bins.
type calibration struct {
	name  string
	asked int // bins that the user asked for
	bins  []tally
	p     []float64 // probabilities of a row
}

type tally struct{ confidence, right, n float64 }

func newCalibration(name string, bins int) *calibration {
	n := bins
	if bins == 0 {
		n = 15
	}
	return &calibration{name: name, asked: bins, bins: make([]tally, max(n, 1))}
}

func (m *calibration) Name() string { return m.name }
func (m *calibration) Reset()       { clear(m.bins) }

func (m *calibration) Update(yhat, y *dl.Tensor) {
	classes := dl.ReadClasses(m.name, yhat, y)
	for i := range yhat.Rows() {
		p, class := m.confidence(yhat.Row(i))
		b := &m.bins[max(int(math.Ceil(p*float64(len(m.bins))))-1, 0)] // p ≤ 1
		b.confidence += p
		b.n++
		if classes.Target(i) == class {
			b.right++
		}
	}
}

// confidence returns the probability of class 1 of a single logit, or else that
// of the predicted class.
func (m *calibration) confidence(z []float64) (p float64, class int) {
	if len(z) == 1 {
		return blas.SigmoidOne(z[0]), 1
	}
	class = floats.MaxIdx(z)
	m.p = append(m.p[:0], z...)
	blas.SoftmaxRows(m.p, z, 1, len(z))
	return m.p[class], class
}

func (m *calibration) Value() float64 {
	var gap, n float64
	for _, b := range m.bins {
		gap += math.Abs(b.right - b.confidence)
		n += b.n
	}
	return ratio(gap, n)
}

func (m *calibration) CheckTargets(out dl.Shape, y *dl.Tensor) error {
	if m.asked < 0 {
		return fmt.Errorf("metrics: %s: %d bins, want at least 1, or 0 for 15", m.name, m.asked)
	}
	return dl.CheckClasses(m.name, out, y)
}
