package dl

import (
	"fmt"
	"slices"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
)

// AreaUnderROC is the area under the ROC curve of a single logit, or of two
// logits by their difference: the probability that a random row of class 1 has
// a larger logit than a random row of class 0, where equal ones count half
// (Hanley and McNeil 1982). It is NaN while only one class has been seen. For
// one class of several see OneVersusRest.
//
// It keeps the logits of all rows since Reset: 16 bytes each.
func AreaUnderROC() Metric { return &ranking{name: "area under ROC", area: areaUnderROC} }

// AveragePrecision is Σ (R_i − R_{i−1}) P_i over the precision-recall curve from high
// thresholds to low, without interpolation, as in scikit-learn; 0 while no row
// of class 1 has been seen. It takes and keeps what AreaUnderROC does.
func AveragePrecision() Metric { return &ranking{name: "average precision", area: averagePrecision} }

// ROC returns the receiver operating characteristic of a single logit, or of
// two by their difference, as computed by gonum/stat: the share of the rows of
// class 0 (false positive rate) and of class 1 (true positive rate, recall) with a
// logit of at least each threshold, from +Inf down. Both classes must occur.
func ROC(yhat, y mat.Matrix) (fpr, tpr, threshold []float64, err error) {
	s, err := scores("ROC", yhat, y)
	if err != nil {
		return nil, nil, nil, err
	}
	if positive := s.positives(); positive == 0 || positive == len(s) {
		return nil, nil, nil, fmt.Errorf("dl: ROC: of %d rows %d are of class 1; want some of each class", len(s), positive)
	}
	s.sort()
	slices.Reverse(s)
	z, class := make([]float64, len(s)), make([]bool, len(s))
	for i, row := range s {
		z[i], class[i] = row.z, row.positive
	}
	tpr, fpr, threshold = stat.ROC(nil, z, class, nil)
	return fpr, tpr, threshold, nil
}

// PrecisionRecall returns the precision-recall curve of a single logit, or of
// two by their difference, for each threshold from high to low: predicted is
// what has a logit of at least the threshold. A row of class 1 must occur.
func PrecisionRecall(yhat, y mat.Matrix) (precision, recall, threshold []float64, err error) {
	s, err := scores("PrecisionRecall", yhat, y)
	if err != nil {
		return nil, nil, nil, err
	}
	positive := float64(s.positives())
	if positive == 0 {
		return nil, nil, nil, fmt.Errorf("dl: PrecisionRecall: none of %d rows is of class 1; want at least one", len(s))
	}
	s.walk(func(z, tp, fp float64) {
		precision, recall, threshold = append(precision, tp/(tp+fp)), append(recall, tp/positive), append(threshold, z)
	})
	return precision, recall, threshold, nil
}

// OneVersusRest turns logits of C classes into those of a single question, is
// it this class, for the tools that take one: z is N×1, the log-odds
// ln p/(1−p) = z_k − ln Σ_{j≠k} e^z_j, and t is N×1, 1 for the class and 0 for the rest.
func OneVersusRest(yhat, y mat.Matrix, class int) (z, t *mat.Dense, err error) {
	p, target, err := measured("OneVersusRest", yhat, y)
	if err != nil {
		return nil, nil, err
	}
	C := p.Cols()
	if class < 0 || class >= C || C < 2 {
		return nil, nil, fmt.Errorf("dl: OneVersusRest: class %d of %d logits; want 0 to %d of at least 2", class, C, C-1)
	}
	if err := checkLogits("OneVersusRest", p.Shape[1:], target); err != nil {
		return nil, nil, err
	}
	of := classTargets("OneVersusRest", p, target)
	n := p.Rows()
	z, t = mat.NewDense(n, 1, nil), mat.NewDense(n, 1, nil)
	rest := make([]float64, C-1)
	for i := range n {
		row := p.Row(i)
		copy(rest, row[:class])
		copy(rest[class:], row[class+1:])
		slices.Sort(rest) // so that rows which differ in the order of the rest stay equal
		m, logSum := logSumExp(rest, nil)
		z.Set(i, 0, row[class]-m-logSum)
		if of.of(i) == class {
			t.Set(i, 0, 1)
		}
	}
	return z, t, nil
}

// scored is a row's logit and whether it is of class 1.
type scored struct {
	z        float64
	positive bool
}

type scoredRows []scored

// scores reads logits and targets.
func scores(where string, yhat, y mat.Matrix) (scoredRows, error) {
	p, t, err := measured(where, yhat, y)
	if err != nil {
		return nil, err
	}
	m := &ranking{name: where}
	if err := m.checkTargets(p.Shape[1:], t); err != nil {
		return nil, err
	}
	m.Update(p, t)
	return m.rows, nil
}

// sort puts the largest logits first.
func (s scoredRows) sort() {
	slices.SortFunc(s, func(a, b scored) int {
		switch {
		case a.z > b.z:
			return -1
		case a.z < b.z:
			return 1
		}
		return 0
	})
}

func (s scoredRows) positives() int {
	n := 0
	for _, row := range s {
		if row.positive {
			n++
		}
	}
	return n
}

// walk lowers a threshold z from logit to logit, once for equal ones, and
// counts the true and the false positives.
func (s scoredRows) walk(visit func(z, tp, fp float64)) {
	s.sort()
	var tp, fp float64
	for i, row := range s {
		if row.positive {
			tp++
		} else {
			fp++
		}
		if i+1 == len(s) || s[i+1].z != row.z {
			visit(row.z, tp, fp)
		}
	}
}

// areaUnderROC is Σ over steps of Δfp·(tp + Δtp/2), divided by P·N.
func areaUnderROC(s scoredRows) float64 {
	var area, tp0, fp0 float64
	s.walk(func(_, tp, fp float64) {
		area += float64((fp - fp0) * (tp + tp0) / 2) // exact
		tp0, fp0 = tp, fp
	})
	return area / (tp0 * fp0)
}

func averagePrecision(s scoredRows) float64 {
	var sum, tp0 float64
	s.walk(func(_, tp, fp float64) {
		sum += float64((tp - tp0) * (tp / (tp + fp)))
		tp0 = tp
	})
	return ratio(sum, tp0)
}

// ranking is a score that follows from the order of the logits.
type ranking struct {
	name string
	area func(scoredRows) float64
	rows scoredRows
}

func (m *ranking) Name() string   { return m.name }
func (m *ranking) Reset()         { m.rows = m.rows[:0] }
func (m *ranking) Value() float64 { return m.area(m.rows) }

func (m *ranking) Update(yhat, y *Tensor) {
	target, cols := classTargets(m.name, yhat, y), yhat.Cols()
	if cols > 2 {
		panic(m.columnError(cols))
	}
	for i := range yhat.Rows() {
		z := yhat.Data[i*cols]
		if cols == 2 {
			z = yhat.Data[i*cols+1] - z
		}
		m.rows = append(m.rows, scored{z, target.of(i) == 1})
	}
}

func (m *ranking) checkTargets(out Shape, y *Tensor) error {
	if out.last() > 2 {
		return m.columnError(out.last())
	}
	return checkLogits(m.name, out, y)
}

func (m *ranking) columnError(cols int) error {
	return fmt.Errorf("dl: %s: %d logits a row, want 1 or 2; for one class of several take OneVersusRest", m.name, cols)
}
