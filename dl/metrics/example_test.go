package metrics_test

import (
	"fmt"

	"descent/dl"
	"descent/dl/metrics"
	"gonum.org/v1/gonum/mat"
)

// Four rows of three logits. The second is wrong, but its class comes next.
func ExampleTopK() {
	z := mat.NewDense(4, 3, []float64{
		3, 1, 0,
		2, 1, 0,
		0, 1, 5,
		1, 4, 0,
	})
	y := mat.NewDense(4, 1, []float64{0, 1, 2, 1})
	accuracy, _ := dl.Measure(dl.Accuracy, z, y)
	top2, _ := dl.Measure(metrics.TopK(2), z, y)
	fmt.Println(accuracy, top2)
	// Output:
	// 0.75 1
}

func ExampleConfusionMatrix() {
	z := mat.NewDense(6, 3, []float64{
		5, 0, 0,
		5, 0, 0,
		0, 5, 0,
		0, 5, 0,
		0, 5, 0,
		0, 5, 0,
	})
	y := mat.NewDense(6, 1, []float64{0, 0, 0, 1, 1, 2})
	counts, err := metrics.ConfusionMatrix(z, y)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(mat.Formatted(counts)) // a row for each class, a column for each prediction
	scores, err := metrics.PerClass(z, y)
	if err != nil {
		fmt.Println(err)
		return
	}
	for class, s := range scores {
		fmt.Printf("class %d: precision %.2f, recall %.2f, F1 %.2f, support %d\n", class, s.Precision, s.Recall, s.F1, s.Support)
	}
	// Output:
	// ⎡2  1  0⎤
	// ⎢0  2  0⎥
	// ⎣0  1  0⎦
	// class 0: precision 1.00, recall 0.67, F1 0.80, support 3
	// class 1: precision 0.50, recall 1.00, F1 0.67, support 2
	// class 2: precision 0.00, recall 0.00, F1 0.00, support 1
}

// The averages of one score, over classes of 3, 2 and 1 rows.
func ExampleF1() {
	z := mat.NewDense(6, 3, []float64{5, 0, 0, 5, 0, 0, 0, 5, 0, 0, 5, 0, 0, 5, 0, 0, 5, 0})
	y := mat.NewDense(6, 1, []float64{0, 0, 0, 1, 1, 2})
	for _, average := range []metrics.Average{metrics.Macro, metrics.Micro, metrics.Weighted} {
		metric := metrics.F1(average)
		value, _ := dl.Measure(metric, z, y)
		fmt.Printf("%s %.3f\n", metric().Name(), value)
	}
	// Output:
	// macro F1 0.489
	// micro F1 0.667
	// weighted F1 0.622
}

// A lower threshold finds more, and is wrong more often.
func ExampleThreshold() {
	z := mat.NewDense(6, 1, []float64{2, 1, -0.5, -1, -2, -3})
	y := mat.NewDense(6, 1, []float64{1, 1, 0, 1, 0, 0})
	for _, p := range []float64{0.5, 0.25} {
		recall, precision := metrics.Threshold(p, metrics.Recall(metrics.Binary)), metrics.Threshold(p, metrics.Precision(metrics.Binary))
		r, _ := dl.Measure(recall, z, y)
		q, _ := dl.Measure(precision, z, y)
		fmt.Printf("%s %.2f, %s %.2f\n", recall().Name(), r, precision().Name(), q)
	}
	// Output:
	// recall at 0.5 0.67, precision at 0.5 1.00
	// recall at 0.25 1.00, precision at 0.25 0.75
}

func ExampleROC() {
	z := mat.NewDense(5, 1, []float64{3, 1, 1, 0, -2})
	y := mat.NewDense(5, 1, []float64{1, 1, 0, 1, 0})
	fpr, tpr, threshold, err := metrics.ROC(z, y)
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, t := range threshold {
		fmt.Printf("logit ≥ %4.0f: false positives %.2f, true positives %.2f\n", t, fpr[i], tpr[i])
	}
	area, _ := dl.Measure(metrics.AreaUnderROC, z, y)
	fmt.Printf("area %.4f\n", area) // of six pairs, four in order, one equal
	// Output:
	// logit ≥ +Inf: false positives 0.00, true positives 0.00
	// logit ≥    3: false positives 0.00, true positives 0.33
	// logit ≥    1: false positives 0.50, true positives 0.67
	// logit ≥    0: false positives 0.50, true positives 1.00
	// logit ≥   -2: false positives 1.00, true positives 1.00
	// area 0.7500
}

func ExamplePrecisionRecall() {
	z := mat.NewDense(4, 1, []float64{3, 2, 1, 0})
	y := mat.NewDense(4, 1, []float64{1, 0, 1, 0})
	precision, recall, threshold, err := metrics.PrecisionRecall(z, y)
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, t := range threshold {
		fmt.Printf("logit ≥ %.0f: precision %.2f, recall %.2f\n", t, precision[i], recall[i])
	}
	average, _ := dl.Measure(metrics.AveragePrecision, z, y)
	fmt.Printf("average precision %.4f\n", average) // ½·1 + ½·⅔
	// Output:
	// logit ≥ 3: precision 1.00, recall 0.50
	// logit ≥ 2: precision 0.50, recall 0.50
	// logit ≥ 1: precision 0.67, recall 1.00
	// logit ≥ 0: precision 0.50, recall 1.00
	// average precision 0.8333
}

// The area under the curve of each of three classes.
func ExampleOneVersusRest() {
	z := mat.NewDense(4, 3, []float64{
		2, 1, 0,
		0, 2, 1,
		1, 0, 0,
		1, 2, 3,
	})
	y := mat.NewDense(4, 1, []float64{0, 1, 1, 2})
	for class := range 3 {
		odds, is, err := metrics.OneVersusRest(z, y, class)
		if err != nil {
			fmt.Println(err)
			return
		}
		area, _ := dl.Measure(metrics.AreaUnderROC, odds, is)
		fmt.Printf("class %d: %.2f\n", class, area)
	}
	// Output:
	// class 0: 1.00
	// class 1: 0.50
	// class 2: 1.00
}

// Ten rows at a probability of 0.9, of which six come true: overconfident by
// 0.3. Log loss sees it too; accuracy can't.
func ExampleCalibration() {
	z, y := mat.NewDense(10, 1, nil), mat.NewDense(10, 1, nil)
	for i := range 10 {
		z.Set(i, 0, 2.1972245773362196) // ln 0.9/0.1
		if i < 6 {
			y.Set(i, 0, 1)
		}
	}
	bins, err := metrics.Calibration(z, y, 5)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, b := range bins {
		if b.Count > 0 {
			fmt.Printf("%d rows from %.1f to %.1f: confidence %.2f, accuracy %.2f\n", b.Count, b.Low, b.High, b.Confidence, b.Accuracy)
		}
	}
	e, _ := dl.Measure(metrics.CalibrationError(5), z, y)
	loss, _ := dl.Measure(metrics.LogLoss, z, y)
	accuracy, _ := dl.Measure(dl.Accuracy, z, y)
	fmt.Printf("calibration error %.2f, log loss %.3f (0.673 for an honest 0.6), accuracy %.1f\n", e, loss, accuracy)
	// Output:
	// 10 rows from 0.8 to 1.0: confidence 0.90, accuracy 0.60
	// calibration error 0.30, log loss 0.984 (0.673 for an honest 0.6), accuracy 0.6
}

// Ten rows, one of class 1. Always answering no is right nine times of ten,
// and finds nothing.
func Example() {
	z, y := mat.NewDense(10, 1, nil), mat.NewDense(10, 1, nil)
	for i := range 10 {
		z.Set(i, 0, -1) // a single logit: class 1 is predicted above 0
	}
	y.Set(3, 0, 1)
	for _, metric := range []func() dl.Metric{dl.Accuracy, metrics.Recall(metrics.Binary), metrics.Precision(metrics.Binary), metrics.F1(metrics.Binary), metrics.F1(metrics.Macro)} {
		value, _ := dl.Measure(metric, z, y)
		fmt.Printf("%s %.3f\n", metric().Name(), value)
	}
	// Output:
	// accuracy 0.900
	// recall 0.000
	// precision 0.000
	// F1 0.000
	// macro F1 0.474
}
