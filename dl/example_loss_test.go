package dl_test

import (
	"fmt"

	"descent/dl"
	"gonum.org/v1/gonum/mat"
)

// The same residuals 1, −1 and 10: squared error is ruled by the outlier,
// absolute error is not, and Huber is squared up to δ and linear beyond.
func ExampleMSE() {
	yhat := &dl.Tensor{Shape: dl.Shape{3, 1}, Data: []float64{3, 1, 12}}
	y := &dl.Tensor{Shape: dl.Shape{3, 1}, Data: []float64{2, 2, 2}}
	grad := dl.NewTensor(3, 1)
	for _, loss := range []dl.Loss{dl.MSE{}, dl.MAE{}, dl.Huber{Delta: 2}} {
		L := loss.Eval(yhat, y, grad)
		fmt.Printf("%T: %.2f, gradient %.2f\n", loss, L, grad.Data)
	}
	// Output:
	// dl.MSE: 34.00, gradient [0.67 -0.67 6.67]
	// dl.MAE: 4.00, gradient [0.33 -0.33 0.33]
	// dl.Huber: 6.33, gradient [0.33 -0.33 0.67]
}

// A constant that minimises MAE is the median, and not the mean.
func ExampleMAE() {
	y := &dl.Tensor{Shape: dl.Shape{5, 1}, Data: []float64{1, 2, 3, 4, 100}}
	for _, c := range []float64{3, 22} {
		constant := &dl.Tensor{Shape: dl.Shape{5, 1}, Data: []float64{c, c, c, c, c}}
		fmt.Printf("%2.0f: MAE %.1f, MSE %.0f\n", c, dl.MAE{}.Eval(constant, y, nil), dl.MSE{}.Eval(constant, y, nil))
	}
	// Output:
	//  3: MAE 20.2, MSE 1883
	// 22: MAE 31.2, MSE 1522
}

func ExampleHuber() {
	y := dl.NewTensor(1, 1)
	for _, r := range []float64{0.5, 1, 2, 10} {
		yhat, grad := &dl.Tensor{Shape: dl.Shape{1, 1}, Data: []float64{r}}, dl.NewTensor(1, 1)
		L := dl.Huber{}.Eval(yhat, y, grad)
		fmt.Printf("residual %4.1f: loss %.3f, slope %.1f\n", r, L, grad.Data[0])
	}
	// Output:
	// residual  0.5: loss 0.125, slope 0.5
	// residual  1.0: loss 0.500, slope 1.0
	// residual  2.0: loss 1.500, slope 1.0
	// residual 10.0: loss 9.500, slope 1.0
}

// A logit of 0 is a probability of one half, and costs ln 2. A logit of −1000
// for a yes costs 1000, where 1/(1 + e¹⁰⁰⁰) and its logarithm would be +Inf.
func ExampleBinaryCrossEntropy() {
	y := &dl.Tensor{Shape: dl.Shape{1, 1}, Data: []float64{1}}
	for _, z := range []float64{0, 2, -1000} {
		yhat, grad := &dl.Tensor{Shape: dl.Shape{1, 1}, Data: []float64{z}}, dl.NewTensor(1, 1)
		L := dl.BinaryCrossEntropy{}.Eval(yhat, y, grad)
		fmt.Printf("logit %5.0f: loss %.4f, gradient %.4f\n", z, L, grad.Data[0])
	}
	// Output:
	// logit     0: loss 0.6931, gradient -0.5000
	// logit     2: loss 0.1269, gradient -0.1192
	// logit -1000: loss 1000.0000, gradient -1.0000
}

// Targets are class numbers or rows of probabilities, and the gradient is
// softmax(z) − y.
func ExampleCrossEntropy() {
	z := &dl.Tensor{Shape: dl.Shape{1, 3}, Data: []float64{2, 1, 0}}
	number := &dl.Tensor{Shape: dl.Shape{1, 1}, Data: []float64{0}}
	oneHot := &dl.Tensor{Shape: dl.Shape{1, 3}, Data: []float64{1, 0, 0}}
	grad := dl.NewTensor(1, 3)
	fmt.Printf("%.4f\n", dl.CrossEntropy{}.Eval(z, number, grad))
	fmt.Printf("%.4f, gradient %.4f\n", dl.CrossEntropy{}.Eval(z, oneHot, grad), grad.Data)
	L := dl.CrossEntropy{LabelSmoothing: 0.1}.Eval(z, number, grad)
	fmt.Printf("%.4f, gradient %.4f when smoothed\n", L, grad.Data)
	L = dl.CrossEntropy{ClassWeights: []float64{5, 1, 1}}.Eval(z, number, grad)
	fmt.Printf("%.4f, gradient %.4f when class 0 weighs 5\n", L, grad.Data)
	// Output:
	// 0.4076
	// 0.4076, gradient [-0.3348 0.2447 0.0900]
	// 0.5076, gradient [-0.2681 0.2114 0.0567] when smoothed
	// 2.0380, gradient [-1.6738 1.2236 0.4502] when class 0 weighs 5
}

// What comes from a file often counts classes from 1. The error says so before
// training starts.
func ExampleCrossEntropy_labels() {
	model, err := dl.Sequential(dl.Shape{2}, &dl.Dense{Units: 3})
	if err != nil {
		fmt.Println(err)
		return
	}
	model.Compile(dl.NewAdam(0.01), dl.CrossEntropy{}, dl.Accuracy)
	X := mat.NewDense(3, 2, []float64{1, 2, 3, 4, 5, 6})
	_, err = model.Fit(X, mat.NewDense(3, 1, []float64{1, 2, 3}), dl.FitConfig{})
	fmt.Println(err)
	// Output:
	// dl: CrossEntropy: y is 3 at row 2; want class numbers 0 to 2; the labels are 1 to 3: subtract 1
}

// Cross-entropy ends at the entropy of y, the divergence at 0.
func ExampleKLDivergence() {
	y := &dl.Tensor{Shape: dl.Shape{1, 2}, Data: []float64{0.5, 0.5}}
	for _, z := range [][]float64{{3, 0}, {1, 0}, {0, 0}} {
		yhat := &dl.Tensor{Shape: dl.Shape{1, 2}, Data: z}
		fmt.Printf("%v: divergence %.4f, cross-entropy %.4f\n", z, dl.KLDivergence{}.Eval(yhat, y, nil), dl.CrossEntropy{}.Eval(yhat, y, nil))
	}
	// Output:
	// [3 0]: divergence 0.8554, cross-entropy 1.5486
	// [1 0]: divergence 0.1201, cross-entropy 0.8133
	// [0 0]: divergence 0.0000, cross-entropy 0.6931
}

// Two pairs of embeddings in the plane, a and b of a pair side by side. Only
// directions count. A pair that agrees and differs from the other is found.
func ExampleInfoNCE() {
	loss := &dl.InfoNCE{Temperature: 0.5}
	for _, pairs := range [][]float64{
		{1, 0, 9, 0, 0, 1, 0, 9}, // agree
		{1, 0, 1, 0, 1, 0, 1, 0}, // all the same: ln 2
		{1, 0, 0, 1, 0, 1, 1, 0}, // the other's partner
	} {
		fmt.Printf("%.4f\n", loss.Eval(&dl.Tensor{Shape: dl.Shape{2, 4}, Data: pairs}, nil, nil))
	}
	// Output:
	// 0.1269
	// 0.6931
	// 2.1269
}

// A penalty adds to the loss, and its gradient to the weights' gradient: L2's
// shrinks with the weight, L1's does not. Biases are not counted.
func ExampleL2() {
	model, err := dl.Sequential(dl.Shape{2}, &dl.Dense{Units: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	copy(model.Params.Value, []float64{4, -0.5, 7}) // W, then b
	for _, penalty := range []dl.Penalty{dl.L2(0.1), dl.L1(0.1)} {
		model.Params.ZeroGrad()
		R := penalty.Add(&model.Params)
		fmt.Printf("%T: R = %.3f, gradient %.1f\n", penalty, R, model.Params.Grad)
	}
	// Output:
	// dl.L2: R = 1.625, gradient [0.8 -0.1 0.0]
	// dl.L1: R = 0.450, gradient [0.1 -0.1 0.0]
}
