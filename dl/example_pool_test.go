package dl_test

import (
	"fmt"
	"log"

	"descent/dl"
)

func ExampleMaxPool2D() {
	image := &dl.Tensor{Shape: dl.Shape{1, 2, 4, 1}, Data: []float64{
		1, 5, 2, 0,
		3, 4, 8, 6,
	}}
	for _, layer := range []dl.Layer{&dl.MaxPool2D{}, &dl.AvgPool2D{}, &dl.GlobalAvgPool{}} {
		model, err := dl.Sequential(image.Shape[1:], layer)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(model.Names()[0], model.Forward(image, false).Data)
	}
	// Output:
	// 0.MaxPool2D [5 8]
	// 0.AvgPool2D [3.25 4]
	// 0.GlobalAvgPool [3.625]
}
