package metrics

import (
	"fmt"
	"slices"

	"descent/dl"
	"descent/dl/blas"
	"gonum.org/v1/gonum/floats"
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
func AreaUnderROC() dl.Metric { return &ranking{name: "area under ROC", area: areaUnderROC} }

// AveragePrecision is Σ (R_i − R_{i−1}) P_i over the precision-recall curve from high
// thresholds to low, without interpolation, as in scikit-learn; 0 while no row
// of class 1 has been seen. It takes and keeps what AreaUnderROC does.
func AveragePrecision() dl.Metric { return &ranking{name: "average precision", area: averagePrecision} }

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
		return nil, nil, nil, fmt.Errorf("metrics: ROC: of %d rows %d are of class 1; want some of each class", len(s), positive)
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
		return nil, nil, nil, fmt.Errorf("metrics: PrecisionRecall: none of %d rows is of class 1; want at least one", len(s))
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
	m := &oneVersusRest{class: class}
	if err := measure(m, yhat, y); err != nil {
		return nil, nil, err
	}
	return mat.NewDense(len(m.z), 1, m.z), mat.NewDense(len(m.t), 1, m.t), nil
}

type oneVersusRest struct {
	class int
	z, t  []float64
}

func (m *oneVersusRest) Name() string   { return "OneVersusRest" }
func (m *oneVersusRest) Reset()         { m.z, m.t = nil, nil }
func (m *oneVersusRest) Value() float64 { return 0 }

func (m *oneVersusRest) Update(yhat, y *dl.Tensor) {
	classes := dl.ReadClasses(m.Name(), yhat, y)
	p := make([]float64, yhat.Cols()-1)
	for i := range yhat.Rows() {
		rest := slices.Delete(slices.Clone(yhat.Row(i)), m.class, m.class+1)
		slices.Sort(rest) // so that rows which differ in the order of the rest stay equal
		top := floats.MaxIdx(rest)
		blas.SoftmaxRows(p, rest, 1, len(rest))
		m.z = append(m.z, yhat.Row(i)[m.class]-rest[top]+blas.LogOne(p[top])) // Σ_j≠k e^z_j = e^top/p_top
		is := 0.0
		if classes.Target(i) == m.class {
			is = 1
		}
		m.t = append(m.t, is)
	}
}

func (m *oneVersusRest) CheckTargets(out dl.Shape, y *dl.Tensor) error {
	if C := logits(out); m.class < 0 || m.class >= C || C < 2 {
		return fmt.Errorf("metrics: OneVersusRest: class %d of %d logits; want 0 to %d of at least 2", m.class, C, C-1)
	}
	return dl.CheckClasses(m.Name(), out, y)
}

// scored is a row's logit and whether it is of class 1.
type scored struct {
	z        float64
	positive bool
}

type scoredRows []scored

// scores reads logits and targets.
func scores(where string, yhat, y mat.Matrix) (scoredRows, error) {
	m := &ranking{name: where, area: areaUnderROC}
	err := measure(m, yhat, y)
	return m.rows, err
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

func (m *ranking) Update(yhat, y *dl.Tensor) {
	classes, cols := dl.ReadClasses(m.name, yhat, y), yhat.Cols()
	if cols > 2 {
		panic(m.columnError(cols))
	}
	for i := range yhat.Rows() {
		z := yhat.Data[i*cols]
		if cols == 2 {
			z = yhat.Data[i*cols+1] - z
		}
		m.rows = append(m.rows, scored{z, classes.Target(i) == 1})
	}
}

func (m *ranking) CheckTargets(out dl.Shape, y *dl.Tensor) error {
	if logits(out) > 2 {
		return m.columnError(logits(out))
	}
	return dl.CheckClasses(m.name, out, y)
}

func (m *ranking) columnError(cols int) error {
	return fmt.Errorf("metrics: %s: %d logits a row, want 1 or 2; for one class of several take OneVersusRest", m.name, cols)
}
