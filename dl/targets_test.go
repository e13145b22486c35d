package dl

import (
	"fmt"
	"testing"

	"gonum.org/v1/gonum/mat"
)

func TestWrongTargetsAreExplainedBeforeTraining(t *testing.T) {
	ce, bce := CrossEntropy{}, BinaryCrossEntropy{}
	for _, c := range []struct {
		loss Loss
		out  Shape
		cols int // of y
		y    []float64
		want string
	}{
		{ce, Shape{3}, 1, []float64{1, 2, 3}, "dl: CrossEntropy: y is 3 at row 2; want class numbers 0 to 2; the labels are 1 to 3: subtract 1"},
		{ce, Shape{3}, 1, []float64{0, 7, 2}, "dl: CrossEntropy: y is 7 at row 1; want class numbers 0 to 2; mend the label or give the last layer a unit for each class"},
		{ce, Shape{3}, 1, []float64{0, -1, 2}, "dl: CrossEntropy: y is -1 at row 1; want class numbers 0 to 2; mend the label or drop the sample"},
		{ce, Shape{3}, 1, []float64{0, 1, 0.5}, "dl: CrossEntropy: y is 0.5 at row 2; want whole class numbers 0 to 2"},
		{ce, Shape{2}, 1, []float64{-1, 1}, "dl: CrossEntropy: y is -1 at row 0; want class numbers 0 to 1; the labels are -1 and 1: replace -1 by 0"},
		{ce, Shape{3}, 2, []float64{0, 1, 1, 0}, "dl: CrossEntropy: y has 2 columns, want 1 (class numbers) or 3 (one-hot rows or probabilities), for the model's output of 3"},
		{ce, Shape{3}, 3, []float64{0, 1, 0, 0, 1, 1}, "dl: CrossEntropy: y sums to 2 in row 1; want 1, for a class or for probabilities: divide the row by its sum, or pass class numbers"},
		{ce, Shape{3}, 3, []float64{0, 1, 0, -0.5, 1, 0.5}, "dl: CrossEntropy: y is -0.5 at row 1, column 0; want 0 to 1"},
		{ce, Shape{4, 3}, 4, []float64{0, 1, 2, 0, 0, 1, 3, 0}, "dl: CrossEntropy: y is 3 at row 1, column 2; want class numbers 0 to 2; mend the label or give the last layer a unit for each class"},
		{ce, Shape{4, 3}, 3, []float64{0, 1, 2}, "dl: CrossEntropy: y has 3 columns, want 4 (class numbers) or 12 (one-hot rows or probabilities), for the model's output of 4×3"},
		{ce, Shape{2, 2}, 4, []float64{0, 1, 1, 0.5}, "dl: CrossEntropy: y sums to 1.5 in row 0, columns 2 to 3; want 1, for a class or for probabilities: divide the row by its sum, or pass class numbers"},
		{ce, Shape{1}, 1, []float64{0, 1}, "dl: CrossEntropy: the model has 1 logit, want one for each class, at least 2; for a single logit take BinaryCrossEntropy"},
		{CrossEntropy{LabelSmoothing: 1}, Shape{3}, 1, []float64{0}, "dl: CrossEntropy: LabelSmoothing is 1, want at least 0 and below 1, such as 0.1"},
		{CrossEntropy{ClassWeights: []float64{1, 2}}, Shape{3}, 1, []float64{0}, "dl: CrossEntropy: 2 ClassWeights, want 3, one for each class"},
		{CrossEntropy{ClassWeights: []float64{1, -2, 1}}, Shape{3}, 1, []float64{0}, "dl: CrossEntropy: the weight of class 1 is -2, want at least 0"},
		{bce, Shape{1}, 1, []float64{1, 2}, "dl: BinaryCrossEntropy: y is 2 at row 1; want class numbers 0 to 1; the labels are 1 to 2: subtract 1"},
		{bce, Shape{1}, 1, []float64{1, -1}, "dl: BinaryCrossEntropy: y is -1 at row 1; want class numbers 0 to 1; the labels are -1 and 1: replace -1 by 0"},
		{bce, Shape{1}, 1, []float64{0.5, 1.5}, "dl: BinaryCrossEntropy: y is 1.5 at row 1; want 0 to 1"},
		{bce, Shape{3}, 1, []float64{0, 1}, "dl: BinaryCrossEntropy: y has 1 column, want 3, one for each logit; for class numbers take CrossEntropy"},
		{bce, Shape{1}, 2, []float64{0, 1}, "dl: BinaryCrossEntropy: y has 2 columns, want 1, one for each logit"},
		{BinaryCrossEntropy{PositiveWeight: -1}, Shape{1}, 1, []float64{0}, "dl: BinaryCrossEntropy: PositiveWeight is -1, want more than 0, or 0 for 1"},
		{BinaryCrossEntropy{LabelSmoothing: -0.1}, Shape{1}, 1, []float64{0}, "dl: BinaryCrossEntropy: LabelSmoothing is -0.1, want at least 0 and below 1, such as 0.1"},
		{KLDivergence{}, Shape{3}, 1, []float64{0}, "dl: KLDivergence: y has 1 column for the model's output of 3, want a row of probabilities for each row of at least 2 logits"},
		{KLDivergence{}, Shape{2}, 2, []float64{0.5, 0.25}, "dl: KLDivergence: y sums to 0.75 in row 0; want 1, for a class or for probabilities: divide the row by its sum, or pass class numbers"},
		{Huber{Delta: -1}, Shape{1}, 1, []float64{0}, "dl: Huber: Delta is -1, want more than 0, or 0 for 1"},
		{Huber{}, Shape{1}, 2, []float64{0, 0}, "dl: Huber: y has 2 columns, want 1, as the model's output 1"},
		{&InfoNCE{}, Shape{3}, 1, []float64{0}, "dl: InfoNCE: the model's output is 3, want 2·D columns, the two embeddings of a pair side by side"},
		{&InfoNCE{Temperature: -1}, Shape{4}, 1, []float64{0}, "dl: InfoNCE: Temperature is -1, want more than 0, or 0 for 0.07"},
	} {
		in := append(Shape(nil), c.out...)
		in[len(in)-1] = 2
		m, err := Sequential(in, &Dense{Units: c.out.last()})
		if err != nil {
			t.Fatal(err)
		}
		m.Compile(NewSGD(0.1), c.loss)
		n := len(c.y) / c.cols
		_, err = m.Fit(mat.NewDense(n, in.Size(), nil), mat.NewDense(n, c.cols, c.y), FitConfig{})
		if err == nil || err.Error() != c.want {
			t.Errorf("got  %v\nwant %s", err, c.want)
		}
	}
}

func TestRightTargetsAreTaken(t *testing.T) {
	for _, c := range lossCases {
		if check, ok := c.loss.(TargetChecker); ok {
			if err := check.CheckTargets(c.out, c.targets(9)); err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
		}
	}
}

func TestLossCalledByHandPanicsWithTheError(t *testing.T) {
	for _, c := range []struct {
		loss    Loss
		yhat, y *Tensor
		want    string
	}{
		{MSE{}, NewTensor(4, 1), NewTensor(4, 2), "dl: MSE: y is 4×2, want the shape of the predictions, 4×1"},
		{MAE{}, NewTensor(4, 2), NewTensor(4, 1), "dl: MAE: y is 4×1, want the shape of the predictions, 4×2"},
		{BinaryCrossEntropy{}, NewTensor(4, 2), NewTensor(4, 1), "dl: BinaryCrossEntropy: y is 4×1, want the shape of the predictions, 4×2"},
		{CrossEntropy{}, NewTensor(4, 3), NewTensor(3, 1), "dl: CrossEntropy: y is 3×1, want 4 class numbers or 4 rows of 3 probabilities, for logits of 4×3"},
		{CrossEntropy{}, NewTensor(2, 3), &Tensor{Shape{2, 1}, []float64{0, 3}}, "dl: CrossEntropy: y is 3 at row 1; want class numbers 0 to 2; mend the label or give the last layer a unit for each class"},
		{CrossEntropy{}, NewTensor(1, 2), &Tensor{Shape{1, 1}, []float64{0.5}}, "dl: CrossEntropy: y is 0.5 at row 0; want whole class numbers 0 to 1"},
		{&InfoNCE{}, NewTensor(1, 3), nil, "dl: InfoNCE: the model's output is 3, want 2·D columns, the two embeddings of a pair side by side"},
	} {
		if got := panicOf(func() { c.loss.Eval(c.yhat, c.y, nil) }); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

func panicOf(f func()) (message string) {
	defer func() { message = fmt.Sprint(recover()) }()
	f()
	return ""
}
