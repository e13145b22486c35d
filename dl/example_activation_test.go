package dl_test

import (
	"fmt"
	"log"

	"descent/dl"
)

func ExampleReLU() {
	x := &dl.Tensor{Shape: dl.Shape{1, 3}, Data: []float64{-1, 0, 2}}
	for _, layer := range []dl.Layer{
		&dl.ReLU{}, &dl.LeakyReLU{}, &dl.ELU{}, &dl.GELU{}, &dl.GELU{Tanh: true}, &dl.SiLU{},
		&dl.Sigmoid{}, &dl.Tanh{}, &dl.Softplus{}, &dl.Softmax{},
	} {
		model, err := dl.Sequential(dl.Shape{3}, layer)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%-11s %7.4f\n", model.Names()[0], model.Forward(x, false).Data)
	}
	// Output:
	// 0.ReLU      [ 0.0000  0.0000  2.0000]
	// 0.LeakyReLU [-0.3000  0.0000  2.0000]
	// 0.ELU       [-0.6321  0.0000  2.0000]
	// 0.GELU      [-0.1587  0.0000  1.9545]
	// 0.GELU      [-0.1588  0.0000  1.9546]
	// 0.SiLU      [-0.2689  0.0000  1.7616]
	// 0.Sigmoid   [ 0.2689  0.5000  0.8808]
	// 0.Tanh      [-0.7616  0.0000  0.9640]
	// 0.Softplus  [ 0.3133  0.6931  2.1269]
	// 0.Softmax   [ 0.0420  0.1142  0.8438]
}
