package dl_test

import (
	"fmt"
	"log"

	"descent/dl"
)

// In training a quarter of the inputs become 0 and the others grow by a third;
// after training nothing happens.
func ExampleDropout() {
	model, err := dl.Sequential(dl.Shape{8}, &dl.Dropout{Rate: 0.25})
	if err != nil {
		log.Fatal(err)
	}
	x := &dl.Tensor{Shape: dl.Shape{1, 8}, Data: []float64{3, 3, 3, 3, 3, 3, 3, 3}}
	fmt.Println(model.Forward(x, true).Data)
	fmt.Println(model.Forward(x, true).Data)
	fmt.Println(model.Forward(x, false).Data)
	// Output:
	// [4 0 4 0 4 4 4 4]
	// [4 0 4 0 4 0 4 0]
	// [3 3 3 3 3 3 3 3]
}
