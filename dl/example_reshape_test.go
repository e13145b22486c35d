package dl_test

import (
	"fmt"
	"log"

	"descent/dl"
)

// One row of X holds a picture and a few measurements side by side; each has a
// branch of its own.
func ExampleSlice() {
	model, err := dl.Sequential(dl.Shape{64 + 3},
		&dl.Concat{Branches: []dl.Layer{
			&dl.Chain{Layers: []dl.Layer{
				&dl.Slice{To: 64},
				&dl.Reshape{Shape: dl.Shape{8, 8, 1}},
				&dl.Conv2D{Filters: 4, Kernel: 3},
				&dl.GlobalAvgPool{},
			}},
			&dl.Slice{From: 64},
		}},
		&dl.Dense{Units: 1},
	)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(model)
	// Output:
	// layer              output  parameters
	// input              67
	// Concat             7
	//   Chain            4
	//     Slice          64      0
	//     Reshape        8×8×1   0
	//     Conv2D         6×6×4   40
	//     GlobalAvgPool  4       0
	//   Slice            3       0
	// Dense              1       8
	// 48 parameters, 48 learned; 1303 multiply-adds a sample
}
