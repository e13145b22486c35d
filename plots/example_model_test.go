package plots_test

import (
	"fmt"
	"math"

	"descent/dl"
	"descent/plots"

	"gonum.org/v1/gonum/mat"
)

// A contour map with the path of gradient descent.
func ExampleContour() {
	J := func(w1, w2 float64) float64 { return w1*w1/2 + 3*w2*w2 }
	path := plots.Series{Name: "gradient descent"}
	w1, w2 := -3.5, 1.8
	for range 30 {
		path.X, path.Y = append(path.X, w1), append(path.Y, w2)
		w1, w2 = w1-0.3*w1, w2-0.3*6*w2
	}
	p := plots.Contour(J, plots.Range{-4, 4}, plots.Range{-2, 2}, path)
	plots.Show("The path zigzags across the valley towards the minimum at 0, 0.", p)
	// Output:
}

// What Fit returns.
func ExampleCurves() {
	h := &dl.History{
		Loss:       []float64{2, 1, 0.6, 0.4, 0.3},
		ValLoss:    []float64{2.1, 1.2, 0.9, 0.8, 0.9},
		Metrics:    map[string][]float64{"accuracy": {0.3, 0.6, 0.8, 0.85, 0.9}},
		ValMetrics: map[string][]float64{"accuracy": {0.3, 0.5, 0.7, 0.75, 0.74}},
	}
	plots.Show(plots.Trend("Validation loss", h.ValLoss, "epochs"), plots.Curves(h))
	// Output:
}

// The proposal for a picture's alt text.
func ExampleTrend() {
	fmt.Println(plots.Trend("loss", []float64{14.2, 3, 1, 0.31}, "epochs"))
	// Output: loss falls from 14.2 to 0.31 over 4 epochs
}

// predict stands for a model's Predict.
func ExampleRegions() {
	X := mat.NewDense(4, 2, []float64{0, 0, 0, 1, 1, 0, 1, 1})
	y := mat.NewDense(4, 1, []float64{0, 1, 1, 0})
	predict := func(X mat.Matrix) (*mat.Dense, error) {
		n, _ := X.Dims()
		yhat := mat.NewDense(n, 1, nil)
		for i := range n {
			yhat.Set(i, 0, math.Abs(X.At(i, 0)-X.At(i, 1)))
		}
		return yhat, nil
	}
	plots.Show("XOR: class 1 lies in two corners, class 0 in a band between them.", plots.Regions(predict, X, y))
	// Output:
}

func ExampleConfusion() {
	y := mat.NewDense(5, 1, []float64{0, 0, 1, 1, 1})
	yhat := mat.NewDense(5, 2, []float64{0.9, 0.1, 0.8, 0.2, 0.3, 0.7, 0.6, 0.4, 0.2, 0.8})
	p := plots.Confusion(y, yhat, "benign", "malignant")
	plots.Show("Both benign samples are right, and two of three malignant ones.", p)
	// Output:
}

var classifier = plots.Scored{
	Name:  "logistic regression",
	Score: []float64{0.1, 0.4, 0.35, 0.8, 0.7, 0.6},
	Y:     []float64{0, 0, 1, 1, 1, 0},
}

func ExampleROC() {
	plots.Show("The curve lies above the diagonal; the area under it is 0.778.", plots.ROC(classifier))
	// Output:
}

func ExamplePrecisionRecall() {
	plots.Show("Precision is 1 up to a recall of two thirds, then falls to 0.6.", plots.PrecisionRecall(classifier))
	// Output:
}

func ExampleCalibration() {
	plots.Show("Six samples are too few to judge: the points jump from 0 to 1.", plots.Calibration(classifier))
	// Output:
}

func ExampleLearningCurve() {
	sizes := []float64{10, 100, 1000}
	train := mat.NewDense(3, 2, []float64{1, 0.99, 0.97, 0.96, 0.95, 0.95})
	validation := mat.NewDense(3, 2, []float64{0.6, 0.7, 0.85, 0.88, 0.93, 0.94})
	p := plots.LearningCurve("training samples", "accuracy", sizes, train, validation)
	plots.Show("Training accuracy falls and validation accuracy rises until they meet near 0.95.", p)
	// Output:
}

func ExampleAttention() {
	tokens := []string{"light", "consists", "of", "rays"}
	weights := mat.NewDense(4, 4, []float64{1, 0, 0, 0, 0.8, 0.2, 0, 0, 0.1, 0.7, 0.2, 0, 0.6, 0.1, 0.1, 0.2})
	plots.Show("Rays attends most to light.", plots.Attention(tokens, tokens, weights))
	// Output:
}

func ExampleFilters() {
	edge := []float64{-1, 0, 1, -2, 0, 2, -1, 0, 1}
	p := plots.Filters(1, plots.Image{Pixels: edge, Height: 3, Width: 3, Label: "vertical edges"})
	plots.Show("A filter with negative weights at the left and positive ones at the right.", p)
	// Output:
}

func ExampleSaliency() {
	image := plots.Image{Pixels: []float64{0, 1, 0, 1}, Height: 2, Width: 2, Label: "7"}
	plots.Show("The upper right pixel decides.", plots.Saliency(image, []float64{0, 0.9, 0.1, 0.2}))
	// Output:
}

func ExampleLayers() {
	p := plots.Layers("activation",
		plots.Series{Name: "layer 1", Y: []float64{-1, -0.5, 0, 0.5, 1}},
		plots.Series{Name: "layer 2", Y: []float64{-0.1, -0.05, 0, 0.05, 0.1}})
	plots.Show("Activations in layer 2 spread a tenth as far as in layer 1.", p)
	// Output:
}

func ExampleText() {
	p := plots.Text([]string{"not", "a", "bad", "film"}, []float64{0.6, 0, -0.8, 0.1})
	plots.Show("The model finds 'bad' negative and 'not' positive.", p)
	// Output:
}

func ExampleNetwork() {
	model, err := dl.Sequential(dl.Shape{2}, &dl.Dense{Units: 8}, &dl.ReLU{}, &dl.Dense{Units: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	plots.Show("Two inputs, a dense layer of 8 units, ReLU, a dense layer of 1 unit.", plots.Network(model))
	// Output:
}

func ExampleBlocks() {
	p := plots.Blocks("input 28×28×1",
		plots.Block{Name: "Conv2D, 8 filters of 3×3", Shape: "26×26×8", Params: 80},
		plots.Block{Name: "Flatten", Shape: "5408"},
		plots.Block{Name: "Dense, 10 units", Shape: "10", Params: 54090})
	plots.Show("A convolution, then a dense layer with nearly all the parameters.", p)
	// Output:
}

func ExampleNeurons() {
	hidden := mat.NewDense(2, 3, []float64{1, -1, 0.5, 0.2, 2, -0.3})
	output := mat.NewDense(3, 1, []float64{1, -2, 0.4})
	plots.Show("Two inputs, three hidden units, one output.", plots.Neurons(hidden, output))
	// Output:
}

func ExampleGraph() {
	p := plots.Graph(true,
		plots.Node{Name: "x", Value: 2, Grad: -6},
		plots.Node{Name: "w", Value: 3, Grad: -4},
		plots.Node{Name: "z", Op: "x·w", Inputs: []string{"x", "w"}, Value: 6, Grad: -2},
		plots.Node{Name: "y", Value: 7},
		plots.Node{Name: "L", Op: "(y−z)²", Inputs: []string{"z", "y"}, Value: 1, Grad: 1})
	plots.Show("x and w give z, z and y give the loss; gradients flow back.", p)
	// Output:
}
