package dl_test

import (
	"fmt"

	"descent/dl"
	"gonum.org/v1/gonum/mat"
)

func ExampleMeasure() {
	y := mat.NewDense(4, 1, []float64{1, 2, 3, 4})
	yhat := mat.NewDense(4, 1, []float64{1, 2, 3, 6})
	for _, metric := range []func() dl.Metric{dl.MeanAbsoluteError, dl.RootMeanSquaredError, dl.RSquared} {
		value, err := dl.Measure(metric, yhat, y)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%s %.2f\n", metric().Name(), value)
	}
	// Output:
	// mean absolute error 0.50
	// root mean squared error 1.00
	// R² 0.20
}
