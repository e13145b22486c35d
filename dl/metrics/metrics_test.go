package metrics

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"descent/dl"
	"gonum.org/v1/gonum/mat"
)

// metricCase is what scikit-learn says of a small case (testdata/metrics.py).
type metricCase struct {
	Name            string
	Cols            int
	Yhat, Y         []float64
	Scores          map[string]float64
	Confusion       []float64
	PerClass        []float64  `json:"per_class"`        // precision, recall, F1, support of each class
	ROC             []float64  `json:"roc"`              // false and true positive rate, threshold
	PrecisionRecall []float64  `json:"precision_recall"` // and threshold
	Calibration     []float64  // confidence and accuracy of each bin that is not empty
	OneVersusRest   []*float64 `json:"one_versus_rest"` // area under ROC of each class
}

func metricCases(t *testing.T) []metricCase {
	t.Helper()
	file, err := os.ReadFile("testdata/metrics.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []metricCase
	if err := json.Unmarshal(file, &cases); err != nil {
		t.Fatal(err)
	}
	return cases
}

func (c metricCase) data() (yhat, y *mat.Dense) {
	n := len(c.Yhat) / c.Cols
	return mat.NewDense(n, c.Cols, c.Yhat), mat.NewDense(n, len(c.Y)/n, c.Y)
}

// gather copies the rows of t with the given numbers into batch.
func gather(batch, t *dl.Tensor, order []int) *dl.Tensor {
	size := len(t.Data) / t.Shape[0]
	batch.Shape, batch.Data = append(dl.Shape{len(order)}, t.Shape[1:]...), batch.Data[:0]
	for _, k := range order {
		batch.Data = append(batch.Data, t.Data[k*size:(k+1)*size]...)
	}
	return batch
}

// counted is 0 … n−1.
func counted(n int) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	return order
}

// agree fails the test where got is not want, and returns the largest
// |got−want| as a share of the largest |want|, or of 0.01.
func agree(t *testing.T, what string, got, want []float64, tolerance float64) float64 {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d numbers, want %d", what, len(got), len(want))
	}
	largest, scale := 0.0, 0.01
	for i, w := range want {
		scale = max(scale, math.Abs(w))
		if d := math.Abs(got[i] - w); !(d <= largest) { // NaN is the largest of all
			largest = d
		}
	}
	if !(largest/scale <= tolerance) {
		t.Errorf("%s: relative error %.2g, want at most %.2g\ngot  %.12g\nwant %.12g", what, largest/scale, tolerance, got, want)
	}
	return largest / scale
}

// allMetrics are those of every family, by name.
func allMetrics() map[string]func() dl.Metric {
	all := map[string]func() dl.Metric{}
	for _, metric := range []func() dl.Metric{
		dl.Accuracy, TopK(2), LogLoss, AreaUnderROC, AveragePrecision, dl.MeanAbsoluteError, dl.RootMeanSquaredError, dl.RSquared, Threshold(0.25, Recall(Binary)),
	} {
		all[metric().Name()] = metric
	}
	for _, average := range []Average{Binary, Macro, Micro, Weighted} {
		for _, metric := range []func() dl.Metric{Precision(average), Recall(average), F1(average)} {
			all[metric().Name()] = metric
		}
	}
	return all
}

// metric returns a metric by its name in the fixture.
func (c metricCase) metric(name string) func() dl.Metric {
	if name == "calibration error" && c.Cols == 1 {
		return CalibrationError(10)
	}
	if name == "calibration error" {
		return CalibrationError(0)
	}
	return allMetrics()[name]
}

func TestMetricsAgreeWithScikitLearn(t *testing.T) {
	worst, compared := 0.0, 0
	for _, c := range metricCases(t) {
		yhat, y := c.data()
		for name, want := range c.Scores {
			got, err := dl.Measure(c.metric(name), yhat, y)
			if err != nil {
				t.Fatalf("%s: %s: %v", c.Name, name, err)
			}
			if name == "calibration error" {
				got, want = 1+got, 1+want // a difference of two means: rounded like them, and not like itself
			}
			e := agree(t, c.Name+": "+name, []float64{got}, []float64{want}, 1e-14)
			worst = max(worst, e)
			compared++
		}
	}
	t.Logf("%d scores, largest relative error %.2g", compared, worst)
}

func TestClassScoresAgreeWithScikitLearn(t *testing.T) {
	for _, c := range metricCases(t) {
		if c.Confusion == nil {
			continue
		}
		yhat, y := c.data()
		confusion, err := ConfusionMatrix(yhat, y)
		if err != nil {
			t.Fatal(err)
		}
		if got := confusion.RawMatrix().Data; !slices.Equal(got, c.Confusion) {
			t.Errorf("%s: confusion %v, want %v", c.Name, got, c.Confusion)
		}
		scores, err := PerClass(yhat, y)
		if err != nil {
			t.Fatal(err)
		}
		var got []float64
		for _, s := range scores {
			got = append(got, s.Precision, s.Recall, s.F1, float64(s.Support))
		}
		agree(t, c.Name+": per class", got, c.PerClass, 1e-15)
	}
}

func TestCurvesAgreeWithScikitLearn(t *testing.T) {
	for _, c := range metricCases(t) {
		yhat, y := c.data()
		if c.ROC != nil {
			fpr, tpr, threshold, err := ROC(yhat, y)
			if err != nil {
				t.Fatal(err)
			}
			if fpr[0] != 0 || tpr[0] != 0 || !math.IsInf(threshold[0], 1) {
				t.Errorf("%s: ROC starts at (%v, %v) with threshold %v, want (0, 0) with +Inf", c.Name, fpr[0], tpr[0], threshold[0])
			}
			agree(t, c.Name+": ROC", interleave(fpr[1:], tpr[1:], threshold[1:]), c.ROC, 1e-15)
			area := 0.0
			for i := range len(fpr) - 1 {
				area += (fpr[i+1] - fpr[i]) * (tpr[i+1] + tpr[i]) / 2
			}
			agree(t, c.Name+": area under gonum's curve", []float64{area}, []float64{c.Scores["area under ROC"]}, 1e-14)
		}
		if c.PrecisionRecall != nil {
			precision, recall, threshold, err := PrecisionRecall(yhat, y)
			if err != nil {
				t.Fatal(err)
			}
			// scikit-learn leaves out the thresholds below the one where recall is 1
			got := interleave(precision, recall, threshold)
			agree(t, c.Name+": precision and recall", got[:len(c.PrecisionRecall)], c.PrecisionRecall, 1e-15)
		}
		if c.Calibration != nil {
			bins, err := Calibration(yhat, y, 10)
			if err != nil {
				t.Fatal(err)
			}
			var got []float64
			for _, b := range bins {
				if b.Count > 0 {
					got = append(got, b.Confidence, b.Accuracy)
				}
			}
			agree(t, c.Name+": calibration", got, c.Calibration, 1e-14)
		}
		for class, want := range c.OneVersusRest {
			z, target, err := OneVersusRest(yhat, y, class)
			if err != nil {
				t.Fatal(err)
			}
			if got, _ := dl.Measure(AreaUnderROC, z, target); want != nil {
				agree(t, fmt.Sprintf("%s: area of class %d", c.Name, class), []float64{got}, []float64{*want}, 1e-15)
			} else if got == got {
				t.Errorf("%s: area of class %d is %v, want NaN", c.Name, class, got)
			}
		}
	}
}

func interleave(columns ...[]float64) []float64 {
	var all []float64
	for i := range columns[0] {
		for _, column := range columns {
			all = append(all, column[i])
		}
	}
	return all
}

func TestMetricsStreamOverBatches(t *testing.T) {
	for _, c := range metricCases(t) {
		yhat, y := c.data()
		p, target := dl.FromMat(yhat, dl.Shape{c.Cols}), dl.FromMat(y, dl.Shape{1})
		n := p.Rows()
		for name := range c.Scores {
			want, _ := dl.Measure(c.metric(name), yhat, y)
			m := c.metric(name)()
			for _, size := range []int{1, 7, n} {
				m.Reset()
				var bx, by dl.Tensor
				order := counted(n)
				for lo := 0; lo < n; lo += size {
					m.Update(gather(&bx, p, order[lo:min(lo+size, n)]), gather(&by, target, order[lo:min(lo+size, n)]))
				}
				if got := m.Value(); math.Abs(got-want) > 1e-13*max(1, math.Abs(want)) {
					t.Errorf("%s: %s: %v in batches of %d, want %v", c.Name, name, got, size, want)
				}
			}
		}
	}
}

func TestWarmMetricAllocatesNothing(t *testing.T) {
	for _, c := range metricCases(t)[:9] {
		yhat, y := c.data()
		p, target := dl.FromMat(yhat, dl.Shape{c.Cols}), dl.FromMat(y, dl.Shape{1})
		for name := range c.Scores {
			m := c.metric(name)()
			update := func() { m.Reset(); m.Update(p, target) }
			update()
			if n := testing.AllocsPerRun(10, update); n != 0 {
				t.Errorf("%s: %v allocations an update, want 0", name, n)
			}
		}
	}
}

// drawn returns logits and class numbers, of few different values half the time,
// so that there are ties.
func drawn(rng *rand.Rand, n, cols int) (yhat, y *mat.Dense) {
	yhat, y = mat.NewDense(n, cols, nil), mat.NewDense(n, 1, nil)
	coarse := rng.IntN(2) == 0
	for i := range n {
		y.Set(i, 0, float64(rng.IntN(max(cols, 2))))
		for j := range cols {
			v := 3 * dl.Normal(rng)
			if coarse {
				v = math.Round(v)
			}
			yhat.Set(i, j, v)
		}
	}
	return yhat, y
}

// mustMeasure returns a metric that must not fail.
func mustMeasure(t *testing.T, metric func() dl.Metric, yhat, y mat.Matrix) float64 {
	t.Helper()
	v, err := dl.Measure(metric, yhat, y)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestMetricProperties(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 0))
	for range 200 {
		n, cols := 1+rng.IntN(40), 1+rng.IntN(5)
		yhat, y := drawn(rng, n, cols)
		accuracy := mustMeasure(t, dl.Accuracy, yhat, y)
		for _, micro := range []func() dl.Metric{F1(Micro), Precision(Micro), Recall(Micro), Recall(Weighted), TopK(1)} {
			if got := mustMeasure(t, micro, yhat, y); math.Abs(got-accuracy) > 1e-15 {
				t.Fatalf("%s is %v, want the accuracy %v", micro().Name(), got, accuracy)
			}
		}
		if got := mustMeasure(t, TopK(max(cols, 2)), yhat, y); got != 1 {
			t.Fatalf("top-%d accuracy of %d classes is %v, want 1", max(cols, 2), cols, got)
		}
		last := 0.0
		for k := 1; k <= cols; k++ {
			if top := mustMeasure(t, TopK(k), yhat, y); top < last {
				t.Fatalf("top-%d accuracy is %v, below top-%d's %v", k, top, k-1, last)
			} else {
				last = top
			}
		}
		scores, err := PerClass(yhat, y)
		if err != nil {
			t.Fatal(err)
		}
		for k, s := range scores {
			if low, high := min(s.Precision, s.Recall), max(s.Precision, s.Recall); s.F1 < low-1e-15 || s.F1 > high+1e-15 {
				t.Fatalf("class %d: F1 %v is not between precision %v and recall %v", k, s.F1, s.Precision, s.Recall)
			}
		}
		if e := mustMeasure(t, CalibrationError(5), yhat, y); e < 0 || e > 1 {
			t.Fatalf("calibration error %v", e)
		}
	}
}

func TestMetricsDoNotDependOnTheOrderOfRows(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 0))
	for name, metric := range allMetrics() {
		for range 20 {
			yhat, y := drawn(rng, 1+rng.IntN(40), 1)
			n, _ := y.Dims()
			p, target := dl.FromMat(yhat, dl.Shape{1}), dl.FromMat(y, dl.Shape{1})
			a, b := metric(), metric()
			a.Update(p, target)
			order := rng.Perm(n)
			b.Update(gather(&dl.Tensor{}, p, order), gather(&dl.Tensor{}, target, order))
			got, want := b.Value(), a.Value()
			if math.Abs(got-want) > 1e-12*max(1, math.Abs(want)) || math.IsNaN(got) != math.IsNaN(want) {
				t.Fatalf("%s: %v in another order, want %v", name, got, want)
			}
		}
	}
}

func TestRankingDependsOnTheOrderOfLogitsOnly(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 0))
	for _, metric := range []func() dl.Metric{AreaUnderROC, AveragePrecision} {
		for range 100 {
			yhat, y := drawn(rng, 2+rng.IntN(40), 1)
			y.Set(0, 0, 0)
			y.Set(1, 0, 1)
			want := mustMeasure(t, metric, yhat, y)
			if want < 0 || want > 1 {
				t.Fatalf("%s is %v", metric().Name(), want)
			}
			yhat.Apply(func(_, _ int, v float64) float64 { return math.Exp(v/4) - 7 }, yhat)
			if got := mustMeasure(t, metric, yhat, y); got != want {
				t.Fatalf("%s: %v after a rising map, want %v", metric().Name(), got, want)
			}
		}
	}
}

func TestAreaUnderROCCountsPairs(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 0))
	for range 50 {
		yhat, y := drawn(rng, 2+rng.IntN(30), 1)
		y.Set(0, 0, 0)
		y.Set(1, 0, 1)
		n, _ := y.Dims()
		var right, pairs float64
		for i := range n {
			for j := range n {
				if y.At(i, 0) == 1 && y.At(j, 0) == 0 {
					pairs++
					if a, b := yhat.At(i, 0), yhat.At(j, 0); a > b {
						right++
					} else if a == b {
						right += 0.5
					}
				}
			}
		}
		if got := mustMeasure(t, AreaUnderROC, yhat, y); got != right/pairs {
			t.Fatalf("area %v, want %v of all pairs", got, right/pairs)
		}
	}
}

func TestOneHotTargetsAndTwoLogitsMeanTheSame(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 0))
	yhat, y := drawn(rng, 30, 1)
	two, hot := mat.NewDense(30, 2, nil), mat.NewDense(30, 2, nil)
	for i := range 30 {
		two.Set(i, 0, 1.25)
		two.Set(i, 1, yhat.At(i, 0)+1.25)
		hot.Set(i, int(y.At(i, 0)), 1)
	}
	for name, metric := range allMetrics() {
		switch name {
		case "mean absolute error", "root mean squared error", "R²", "recall at 0.25":
			continue
		}
		want := mustMeasure(t, metric, yhat, y)
		for _, target := range []*mat.Dense{y, hot} {
			if got := mustMeasure(t, metric, two, target); math.Abs(got-want) > 1e-13 {
				t.Errorf("%s: %v for two logits, want %v as for one", name, got, want)
			}
		}
	}
}

func TestSequencesAreMeasuredStepByStep(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 0))
	yhat, y := drawn(rng, 24, 4)
	sequences, targets := mat.NewDense(8, 12, yhat.RawMatrix().Data), mat.NewDense(8, 3, y.RawMatrix().Data)
	for name, metric := range map[string]func() dl.Metric{"accuracy": dl.Accuracy, "macro F1": F1(Macro), "log loss": LogLoss, "calibration": CalibrationError(0)} {
		if got, want := mustMeasure(t, metric, sequences, targets), mustMeasure(t, metric, yhat, y); math.Abs(got-want) > 1e-14 {
			t.Errorf("%s: %v of 8 sequences of 3 steps, want %v as of 24 rows", name, got, want)
		}
	}
}

func TestOneVersusRestKeepsTies(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 0))
	for range 200 {
		z := mat.NewDense(2, 6, nil)
		row := z.RawRowView(0)
		for j := range row {
			row[j] = dl.Normal(rng)
		}
		for j, k := range rng.Perm(5) { // class 5 stays where it is
			z.Set(1, j, row[k])
		}
		z.Set(1, 5, row[5])
		odds, _, err := OneVersusRest(z, mat.NewDense(2, 1, nil), 5)
		if err != nil {
			t.Fatal(err)
		}
		if a, b := odds.At(0, 0), odds.At(1, 0); a != b {
			t.Fatalf("log-odds %v and %v for the same logits in another order", a, b)
		}
	}
}

func TestProbabilitiesAsTargetsOfOneLogitCountFromOneHalf(t *testing.T) {
	z, y := mat.NewDense(4, 1, []float64{1, -1, 1, -1}), mat.NewDense(4, 1, []float64{0.5, 0.4, 0.6, 0})
	if got := mustMeasure(t, dl.Accuracy, z, y); got != 1 {
		t.Errorf("accuracy %v, want 1", got)
	}
}

func TestFitRecordsClassificationMetrics(t *testing.T) {
	X, y := mat.NewDense(90, 2, nil), mat.NewDense(90, 1, nil)
	rng := rand.New(rand.NewPCG(8, 0))
	for i := range 90 {
		class := i % 3
		X.Set(i, 0, 0.3*dl.Normal(rng)+float64(3*class))
		X.Set(i, 1, 0.3*dl.Normal(rng)-float64(3*(class%2)))
		y.Set(i, 0, float64(class))
	}
	m, err := dl.Sequential(dl.Shape{2}, &dl.Dense{Units: 3})
	if err != nil {
		t.Fatal(err)
	}
	m.Compile(dl.NewAdam(0.1), dl.CrossEntropy{}, dl.Accuracy, TopK(2), F1(Macro), LogLoss, CalibrationError(0))
	h, err := m.Fit(X, y, dl.FitConfig{Epochs: 100, ValX: X, ValY: y})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"accuracy", "top-2 accuracy", "macro F1"} {
		if v := h.ValMetrics[name]; len(v) != 100 || v[99] != 1 {
			t.Errorf("%s: %v, want 100 values that end at 1", name, v)
		}
	}
	scores, err := m.Evaluate(X, y)
	if err != nil {
		t.Fatal(err)
	}
	if d := scores["loss"] - scores["log loss"]; math.Abs(d) > 1e-15 || scores["log loss"] != h.ValMetrics["log loss"][99] {
		t.Errorf("loss %v, log loss %v and %v in the history, want the same", scores["loss"], scores["log loss"], h.ValMetrics["log loss"][99])
	}
	yhat, err := m.Predict(X)
	if err != nil {
		t.Fatal(err)
	}
	if got := mustMeasure(t, LogLoss, yhat, y); got != scores["log loss"] {
		t.Errorf("log loss of Predict's logits is %v, want Evaluate's %v", got, scores["log loss"])
	}
}

func TestWrongDataForMetricsIsExplained(t *testing.T) {
	dense := func(cols int, v ...float64) *mat.Dense { return mat.NewDense(len(v)/cols, cols, v) }
	nan := dense(1, 0, math.NaN())
	for _, c := range []struct {
		metric  func() dl.Metric
		yhat, y *mat.Dense
		want    string
	}{
		{dl.Accuracy, dense(1, 0, 1), dense(1, 0), "dl: accuracy: 2 predictions and 1 targets, want the same number of rows, at least one"},
		{dl.Accuracy, dense(3, 0, 1, 2), dense(1, 3), "dl: accuracy: y is 3 at row 0; want class numbers 0 to 2; mend the label or give the last layer a unit for each class"},
		{dl.Accuracy, dense(1, 0, 1), dense(1, 1, 2), "dl: accuracy: y is 2 at row 1; want class numbers 0 to 1; the labels are 1 to 2: subtract 1"},
		{dl.Accuracy, nan, dense(1, 0, 1), "dl: accuracy: the prediction is NaN at row 1; want finite numbers"},
		{dl.Accuracy, dense(1, 0, 1), nan, "dl: accuracy: y is NaN at row 1; want finite numbers"},
		{TopK(0), dense(3, 0, 1, 2), dense(1, 0), "metrics: top-0 accuracy: k is 0, want at least 1"},
		{F1(Binary), dense(3, 0, 1, 2), dense(1, 0), "metrics: F1: the model has 3 logits, want 1 or 2 for the average Binary; take metrics.Macro, or one class with OneVersusRest"},
		{AreaUnderROC, dense(3, 0, 1, 2), dense(1, 0), "metrics: area under ROC: 3 logits a row, want 1 or 2; for one class of several take OneVersusRest"},
		{CalibrationError(-1), dense(1, 0), dense(1, 0), "metrics: calibration error: -1 bins, want at least 1, or 0 for 15"},
		{Threshold(1, Recall(Binary)), dense(1, 0), dense(1, 0), "metrics: recall at 1: the threshold is a probability, want above 0 and below 1"},
		{Threshold(0.3, dl.Accuracy), dense(2, 0, 1), dense(1, 0), "metrics: accuracy at 0.3: the model has 2 logits, want 1"},
		{Threshold(0.3, dl.Accuracy), dense(1, 0), dense(1, 2), "dl: accuracy: y is 2 at row 0; want class numbers 0 to 1; mend the label or give the last layer a unit for each class"},
		{dl.MeanAbsoluteError, dense(2, 0, 1), dense(1, 0), "dl: mean absolute error: y has 1 column, want 2, as the model's output 2"},
		{dl.RSquared, dense(1, 0), dense(2, 0, 1), "dl: R²: y has 2 columns, want 1, as the model's output 1"},
	} {
		if _, err := dl.Measure(c.metric, c.yhat, c.y); err == nil || err.Error() != c.want {
			t.Errorf("got  %v\nwant %s", err, c.want)
		}
	}
	for name, f := range map[string]func(yhat, y mat.Matrix) error{
		"ConfusionMatrix": func(yhat, y mat.Matrix) error { _, err := ConfusionMatrix(yhat, y); return err },
		"PerClass":        func(yhat, y mat.Matrix) error { _, err := PerClass(yhat, y); return err },
		"Calibration":     func(yhat, y mat.Matrix) error { _, err := Calibration(yhat, y, 0); return err },
		"OneVersusRest":   func(yhat, y mat.Matrix) error { _, _, err := OneVersusRest(yhat, y, 1); return err },
		"ROC":             func(yhat, y mat.Matrix) error { _, _, _, err := ROC(yhat, y); return err },
		"PrecisionRecall": func(yhat, y mat.Matrix) error { _, _, _, err := PrecisionRecall(yhat, y); return err },
	} {
		for _, err := range []error{f(dense(2, 0, 1), dense(1, 2)), f(nan, dense(1, 0, 1)), f(dense(1, 0, 1), dense(1, 0))} {
			if err == nil || !strings.HasPrefix(err.Error(), "dl: "+name+": ") {
				t.Errorf("%s: got error %v, want one that begins with its name", name, err)
			}
		}
	}
	_, _, _, err := ROC(dense(1, 0, 1), dense(1, 0, 0))
	if want := "metrics: ROC: of 2 rows 0 are of class 1; want some of each class"; err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	_, _, err = OneVersusRest(dense(2, 0, 1), dense(1, 0), 2)
	if want := "metrics: OneVersusRest: class 2 of 2 logits; want 0 to 1 of at least 2"; err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}
