package dl_test

import (
	"fmt"
	"log"

	"descent/dl"
)

// Each row gets mean 0 and variance 1, whatever its scale.
func ExampleLayerNorm() {
	model, err := dl.Sequential(dl.Shape{4}, &dl.LayerNorm{Eps: 1e-9})
	if err != nil {
		log.Fatal(err)
	}
	x := &dl.Tensor{Shape: dl.Shape{2, 4}, Data: []float64{
		1, 2, 3, 4,
		100, 200, 300, 400,
	}}
	y := model.Forward(x, false)
	fmt.Printf("%.3f\n%.3f\n", y.Row(0), y.Row(1))
	// Output:
	// [-1.342 -0.447 0.447 1.342]
	// [-1.342 -0.447 0.447 1.342]
}

// In training each column gets mean 0 and variance 1, and the moving averages go a
// step from 0 and 1 to the batch's mean and variance.
func ExampleBatchNorm() {
	norm := &dl.BatchNorm{Momentum: 0.9, Eps: 1e-9}
	model, err := dl.Sequential(dl.Shape{2}, norm)
	if err != nil {
		log.Fatal(err)
	}
	x := &dl.Tensor{Shape: dl.Shape{3, 2}, Data: []float64{
		1, 10,
		2, 20,
		3, 60,
	}}
	y := model.Forward(x, true)
	fmt.Printf("%.3f %.3f %.3f\n", y.Row(0), y.Row(1), y.Row(2))
	fmt.Printf("mean %.2f, variance %.2f\n", norm.Mean.Value, norm.Variance.Value)
	// Output:
	// [-1.225 -0.926] [0.000 -0.463] [1.225 1.389]
	// mean [0.20 3.00], variance [0.97 47.57]
}
