package dl_test

import (
	"fmt"
	"log"

	"descent/dl"
)

// A kernel of −1, 0, 1 sees vertical edges: it is large where the image gets
// brighter from left to right.
func ExampleConv2D() {
	edges := &dl.Conv2D{Filters: 1, Kernel: 3}
	model, err := dl.Sequential(dl.Shape{3, 6, 1}, edges)
	if err != nil {
		log.Fatal(err)
	}
	copy(edges.W.Value, []float64{
		-1, 0, 1,
		-1, 0, 1,
		-1, 0, 1,
	})
	image := dl.NewTensor(1, 3, 6, 1)
	copy(image.Data, []float64{
		0, 0, 0, 1, 1, 1,
		0, 0, 0, 1, 1, 1,
		0, 0, 0, 1, 1, 1,
	})
	y := model.Forward(image, false)
	fmt.Println(y.Shape, y.Data)
	// Output:
	// 1×1×4×1 [0 3 3 0]
}

// A small network for images of 28×28 pixels.
func ExampleConv2D_network() {
	model, err := dl.Sequential(dl.Shape{28, 28, 1},
		&dl.Conv2D{Filters: 8, Kernel: 3, Padding: dl.Same, Init: dl.He{}},
		&dl.ReLU{},
		&dl.MaxPool2D{},
		&dl.Conv2D{Filters: 16, Kernel: 3, Init: dl.He{}},
		&dl.ReLU{},
		&dl.MaxPool2D{},
		&dl.Flatten{},
		&dl.Dense{Units: 10},
	)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(model)
	// Output:
	// layer      output    parameters
	// input      28×28×1
	// Conv2D     28×28×8   80
	// ReLU       28×28×8   0
	// MaxPool2D  14×14×8   0
	// Conv2D     12×12×16  1168
	// ReLU       12×12×16  0
	// MaxPool2D  6×6×16    0
	// Flatten    576       0
	// Dense      10        5770
	// 7018 parameters, 7018 learned; 228096 multiply-adds a sample
}

// A moving average of three steps.
func ExampleConv1D() {
	average := &dl.Conv1D{Filters: 1, Kernel: 3, Init: dl.Constant{Value: 1.0 / 3}}
	model, err := dl.Sequential(dl.Shape{6, 1}, average)
	if err != nil {
		log.Fatal(err)
	}
	series := &dl.Tensor{Shape: dl.Shape{1, 6, 1}, Data: []float64{3, 0, 6, 3, 9, 0}}
	fmt.Printf("%.0f\n", model.Forward(series, false).Data)
	// Output:
	// [3 3 6 4]
}

// Each pixel becomes a block of 2×2.
func ExampleConvTranspose2D() {
	double := &dl.ConvTranspose2D{Filters: 1, Kernel: 2, Stride: 2, Init: dl.Constant{Value: 1}}
	model, err := dl.Sequential(dl.Shape{2, 2, 1}, double)
	if err != nil {
		log.Fatal(err)
	}
	image := &dl.Tensor{Shape: dl.Shape{1, 2, 2, 1}, Data: []float64{1, 2, 3, 4}}
	y := model.Forward(image, false)
	for i := range 4 {
		fmt.Println(y.Data[4*i : 4*i+4])
	}
	// Output:
	// [1 1 2 2]
	// [1 1 2 2]
	// [3 3 4 4]
	// [3 3 4 4]
}
