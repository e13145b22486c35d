// Package metrics judges classifiers: precision, recall and their mean by class,
// rankings and their curves, and how far probabilities can be believed.
//
// All take logits, as the losses do, and class numbers or one-hot rows; see
// dl.Metric. Compile and dl.Measure take their constructors, such as
// metrics.LogLoss and metrics.F1(metrics.Macro).
package metrics

import (
	"fmt"
	"math"

	"descent/dl"
	"descent/dl/blas"
	"gonum.org/v1/gonum/mat"
)

// TopK is the share of rows whose class is among those with the k largest
// logits. Of equal logits the first counts as larger, so that TopK(1) is
// dl.Accuracy (scikit-learn's top_k_accuracy_score prefers the last).
func TopK(k int) func() dl.Metric {
	return func() dl.Metric { return &topK{name: fmt.Sprintf("top-%d accuracy", k), k: k} }
}

type topK struct {
	name   string
	k      int
	hit, n float64
}

func (m *topK) Name() string   { return m.name }
func (m *topK) Reset()         { m.hit, m.n = 0, 0 }
func (m *topK) Value() float64 { return ratio(m.hit, m.n) }

func (m *topK) Update(yhat, y *dl.Tensor) {
	classes := dl.ReadClasses(m.name, yhat, y)
	for i := range yhat.Rows() {
		if rank(&classes, yhat.Row(i), i) < m.k {
			m.hit++
		}
		m.n++
	}
}

func (m *topK) CheckTargets(out dl.Shape, y *dl.Tensor) error {
	if m.k < 1 {
		return fmt.Errorf("metrics: %s: k is %d, want at least 1", m.name, m.k)
	}
	return dl.CheckClasses(m.name, out, y)
}

// rank returns how many classes stand before the target in the logits z of row i.
func rank(classes *dl.Classes, z []float64, i int) int {
	k, before := classes.Target(i), 0
	if len(z) == 1 {
		if classes.Predicted(i) != k {
			before = 1
		}
		return before
	}
	for j, v := range z {
		if v > z[k] || v == z[k] && j < k {
			before++
		}
	}
	return before
}

// logits is how many logits a row of predictions of shape out has.
func logits(out dl.Shape) int { return out[len(out)-1] }

// ratio is a/b, and 0 for 0/0.
func ratio(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}

// Average says how the scores of several classes become one number.
type Average int

// The averages, as in scikit-learn.
const (
	Binary   Average = iota // no average: the score of class 1 of two classes
	Macro                   // mean over the classes that occur in y or were predicted
	Micro                   // one score of all rows together; it equals the accuracy
	Weighted                // mean over the classes, weighted by their rows in y
)

// Precision is the share of the rows predicted as a class that are of it.
func Precision(average Average) func() dl.Metric { return newConfusion("precision", 1, average) }

// Recall is the share of the rows of a class that were predicted as it.
func Recall(average Average) func() dl.Metric { return newConfusion("recall", 0, average) }

// F1 is the harmonic mean of a class's precision and recall, 2PR/(P+R).
func F1(average Average) func() dl.Metric { return newConfusion("F1", 0.5, average) }

// ClassScore holds what PerClass says of a class.
type ClassScore struct {
	Precision, Recall, F1 float64
	Support               int // rows of y that are of the class
}

// PerClass returns precision, recall and F1 of each class, given logits.
func PerClass(yhat, y mat.Matrix) ([]ClassScore, error) {
	m, err := count("PerClass", yhat, y)
	if err != nil {
		return nil, err
	}
	scores := make([]ClassScore, m.classes)
	for k := range scores {
		tp, predicted, support := m.of(k)
		scores[k] = ClassScore{score(tp, predicted, support, 1), score(tp, predicted, support, 0), score(tp, predicted, support, 0.5), int(support)}
	}
	return scores, nil
}

// ConfusionMatrix counts pairs, given logits: element (i, j) is the number of
// rows of class i that were predicted as class j. It is C×C, and 2×2 for a single
// logit.
func ConfusionMatrix(yhat, y mat.Matrix) (*mat.Dense, error) {
	m, err := count("ConfusionMatrix", yhat, y)
	if err != nil {
		return nil, err
	}
	return mat.NewDense(m.classes, m.classes, m.count), nil
}

// count returns the confusion matrix of all rows.
func count(where string, yhat, y mat.Matrix) (*confusion, error) {
	m := &confusion{name: where, average: Macro}
	return m, measure(m, yhat, y)
}

// measure shows all rows to m, which its name makes say where an error is.
func measure(m dl.Metric, yhat, y mat.Matrix) error {
	_, err := dl.Measure(func() dl.Metric { return m }, yhat, y)
	return err
}

// confusion is a score that follows from the confusion matrix.
type confusion struct {
	name    string
	alpha   float64 // see score
	average Average
	classes int
	count   []float64 // classes×classes; a row for each class, a column for each prediction
}

func newConfusion(name string, alpha float64, average Average) func() dl.Metric {
	prefix := map[Average]string{Macro: "macro ", Micro: "micro ", Weighted: "weighted "}[average]
	return func() dl.Metric { return &confusion{name: prefix + name, alpha: alpha, average: average} }
}

func (m *confusion) Name() string { return m.name }
func (m *confusion) Reset()       { clear(m.count) }

func (m *confusion) Update(yhat, y *dl.Tensor) {
	classes := dl.ReadClasses(m.name, yhat, y)
	if C := classes.Count; m.classes != C {
		m.classes, m.count = C, make([]float64, C*C)
	}
	for i := range yhat.Rows() {
		m.count[classes.Target(i)*m.classes+classes.Predicted(i)]++
	}
}

func (m *confusion) CheckTargets(out dl.Shape, y *dl.Tensor) error {
	if m.average == Binary && logits(out) > 2 {
		return fmt.Errorf("metrics: %s: the model has %d logits, want 1 or 2 for the average Binary; take metrics.Macro, or one class with OneVersusRest", m.name, logits(out))
	}
	return dl.CheckClasses(m.name, out, y)
}

// of returns class k's rows that were predicted rightly, all that were
// predicted as k, and all that are of k.
func (m *confusion) of(k int) (tp, predicted, support float64) {
	for j := range m.classes {
		predicted += m.count[j*m.classes+k]
		support += m.count[k*m.classes+j]
	}
	return m.count[k*m.classes+k], predicted, support
}

// score is precision for α = 1, recall for α = 0 and F1 for α = ½, where the
// denominator is the mean of the two (van Rijsbergen 1979, chapter 7):
//
//	tp / (α·predicted + (1−α)·support)
func score(tp, predicted, support, alpha float64) float64 {
	return ratio(tp, math.FMA(alpha, predicted-support, support))
}

func (m *confusion) Value() float64 {
	if m.classes == 0 {
		return 0
	}
	if m.average == Binary {
		tp, predicted, support := m.of(1)
		return score(tp, predicted, support, m.alpha)
	}
	var hit, rows, sum, weighted, present float64
	for k := range m.classes {
		tp, predicted, support := m.of(k)
		s := score(tp, predicted, support, m.alpha)
		hit, rows = hit+tp, rows+support
		sum, weighted = sum+s, math.FMA(support, s, weighted)
		if predicted+support > 0 {
			present++
		}
	}
	switch m.average {
	case Macro:
		return ratio(sum, present)
	case Micro:
		return ratio(hit, rows)
	default:
		return ratio(weighted, rows)
	}
}

// Threshold is a metric for a single logit that predicts class 1 where its
// probability σ(z) is above p, and not above 0.5: Threshold(0.2, Recall(Binary)).
func Threshold(p float64, metric func() dl.Metric) func() dl.Metric {
	return func() dl.Metric {
		return &threshold{Metric: metric(), p: p, logit: blas.LogOne(p) - blas.Log1pOne(-p)}
	}
}

// threshold shifts the logits, so that 0 stands where p was.
type threshold struct {
	dl.Metric
	p, logit float64
	shifted  dl.Tensor
}

func (m *threshold) Name() string { return fmt.Sprintf("%s at %v", m.Metric.Name(), m.p) }

func (m *threshold) Update(yhat, y *dl.Tensor) {
	m.shifted.Shape, m.shifted.Data = yhat.Shape, m.shifted.Data[:0]
	for _, v := range yhat.Data {
		m.shifted.Data = append(m.shifted.Data, v-m.logit)
	}
	m.Metric.Update(&m.shifted, y)
}

func (m *threshold) CheckTargets(out dl.Shape, y *dl.Tensor) error {
	switch {
	case !(m.p > 0 && m.p < 1):
		return fmt.Errorf("metrics: %s: the threshold is a probability, want above 0 and below 1", m.Name())
	case logits(out) != 1:
		return fmt.Errorf("metrics: %s: the model has %d logits, want 1", m.Name(), logits(out))
	}
	if c, ok := m.Metric.(dl.TargetChecker); ok {
		return c.CheckTargets(out, y)
	}
	return nil
}
