package dl_test

import (
	"fmt"
	"log"
	"os"
	"path/filepath"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"

	"descent/dl"
)

// line is four points of y = x1 + 2·x2 + 3, and a model for them.
func line() (m *dl.Model, X, y *mat.Dense) {
	m, err := dl.Sequential(dl.Shape{2}, &dl.Dense{Units: 1})
	if err != nil {
		log.Fatal(err)
	}
	return m, mat.NewDense(4, 2, []float64{1, 2, 2, 3, 3, 4, 4, 5}), mat.NewDense(4, 1, []float64{8, 11, 14, 17})
}

// The article's example: define, compile, train, predict.
func Example() {
	m, X, y := line()
	m.Compile(dl.NewAdam(0.1), dl.MSE{}, dl.MeanAbsoluteError)
	history, err := m.Fit(X, y, dl.FitConfig{Epochs: 1000})
	if err != nil {
		log.Fatal(err)
	}
	yhat, err := m.Predict(mat.NewDense(1, 2, []float64{5, 6}))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(m)
	fmt.Printf("loss %.1f, then below 1e-6: %v; ŷ(5, 6) = %.2f\n", history.Loss[0], history.Loss[999] < 1e-6, yhat.At(0, 0))
	// Output:
	// layer  output  parameters
	// input  2
	// Dense  1       3
	// 3 parameters, 3 learned; 2 multiply-adds a sample
	// loss 223.1, then below 1e-6: true; ŷ(5, 6) = 20.00
}

// Every optimizer trains the same model by the same call.
func ExampleOptimizer() {
	adamUncorrected := dl.NewAdam(0.05)
	adamUncorrected.NoCorrection = true // as in the article
	for _, c := range []struct {
		name      string
		optimizer dl.Optimizer
	}{
		{"SGD", dl.NewSGD(0.02)},
		{"momentum", &dl.SGD{LR: 0.02, Momentum: 0.9}},
		{"Nesterov", &dl.SGD{LR: 0.02, Momentum: 0.9, Nesterov: true}},
		{"AdaGrad", dl.NewAdaGrad(1)},
		{"RMSProp", dl.NewRMSProp(0.001)},
		{"Adam", dl.NewAdam(0.05)},
		{"Adam without correction", adamUncorrected},
		{"AdamW", dl.NewAdamW(0.05)},
		{"Lion", dl.NewLion(0.001)},
		{"clipped SGD", &dl.ClipNorm{Max: 1, Optimizer: dl.NewSGD(0.02)}},
		{"clipped values", &dl.ClipValue{Max: 1, Optimizer: dl.NewSGD(0.02)}},
	} {
		m, X, y := line()
		m.Compile(c.optimizer, dl.MSE{})
		if _, err := m.Fit(X, y, dl.FitConfig{Epochs: 3000}); err != nil {
			log.Fatal(err)
		}
		scores, err := m.Evaluate(X, y)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%-24s loss below 0.01: %v\n", c.name, scores["loss"] < 0.01)
	}
	// Output:
	// SGD                      loss below 0.01: true
	// momentum                 loss below 0.01: true
	// Nesterov                 loss below 0.01: true
	// AdaGrad                  loss below 0.01: true
	// RMSProp                  loss below 0.01: true
	// Adam                     loss below 0.01: true
	// Adam without correction  loss below 0.01: true
	// AdamW                    loss below 0.01: true
	// Lion                     loss below 0.01: true
	// clipped SGD              loss below 0.01: true
	// clipped values           loss below 0.01: true
}

// Gonum's L-BFGS trains a model through its flat vectors: it sees a function of
// θ with a gradient, and no layers.
func ExampleParams_lBFGS() {
	m, X, y := line()
	m.Compile(dl.NewSGD(1), dl.MSE{}) // the optimizer is not used
	x, t := dl.FromMat(X, m.In), dl.FromMat(y, m.Out)
	J := func(theta []float64) float64 {
		copy(m.Params.Value, theta)
		return m.Gradient(x, t)
	}
	problem := optimize.Problem{
		Func: J,
		Grad: func(grad, theta []float64) {
			J(theta)
			copy(grad, m.Params.Grad)
		},
	}
	result, err := optimize.Minimize(problem, m.Params.Value, nil, &optimize.LBFGS{})
	if err != nil {
		log.Fatal(err)
	}
	copy(m.Params.Value, result.X)
	fmt.Printf("loss below 1e-9: %v, in fewer than 20 steps: %v\n", result.F < 1e-9, result.MajorIterations < 20)
	// Output:
	// loss below 1e-9: true, in fewer than 20 steps: true
}

// A schedule sets the rate before each update.
func ExampleSchedule() {
	m, X, y := line()
	opt := dl.NewAdam(0.1)
	m.Compile(opt, dl.MSE{})
	show := func(t *dl.Training) error {
		if t.Moment == dl.AfterBatch && t.Step%50 == 0 {
			fmt.Printf("step %3d used %.3f\n", t.Step, opt.LR)
		}
		return nil
	}
	schedule := dl.WarmUp{Steps: 50, Then: dl.CosineDecay{Start: 0.1, Steps: 150}}
	if _, err := m.Fit(X, y, dl.FitConfig{Epochs: 200, Callbacks: []dl.Callback{show, dl.Schedule(&opt.LR, schedule)}}); err != nil {
		log.Fatal(err)
	}
	// Output:
	// step  50 used 0.098
	// step 100 used 0.076
	// step 150 used 0.026
	// step 200 used 0.000
}

// EarlyStopping puts the parameters of the best epoch back; Checkpoint keeps them
// in a file.
func ExampleEarlyStopping() {
	m, X, y := line()
	m.Compile(dl.NewSGD(0.03), dl.MSE{})
	dir, err := os.MkdirTemp("", "example")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "best.safetensors")
	history, err := m.Fit(X, y, dl.FitConfig{Epochs: 10000, ValX: X, ValY: y, Callbacks: []dl.Callback{
		dl.EarlyStopping(50, func(t *dl.Training) float64 { return float64(max(t.Epoch, 100)) }), // best in epoch 100 and before
		dl.Checkpoint(path, nil),
	}})
	if err != nil {
		log.Fatal(err)
	}
	best, err := dl.Load(path)
	fmt.Println("stopped after", len(history.Loss), "epochs; a file holds", best.Params.List[0].Name, err)
	// Output:
	// stopped after 51 epochs; a file holds 0.Dense.W <nil>
}

// A saved model predicts the same, to the bit.
func ExampleModel_Save() {
	m, X, _ := line()
	dir, err := os.MkdirTemp("", "example")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "line.safetensors")
	if err := m.Save(path); err != nil {
		log.Fatal(err)
	}
	loaded, err := dl.Load(path)
	if err != nil {
		log.Fatal(err)
	}
	a, err1 := m.Predict(X)
	b, err2 := loaded.Predict(X)
	fmt.Println(mat.Equal(a, b), err1, err2)
	// Output:
	// true <nil> <nil>
}

// A wrong Backward is found by numbers.
func ExampleCheckGradient() {
	m, X, y := line()
	m.Compile(dl.NewSGD(0.1), dl.MSE{})
	errors, err := dl.CheckGradient(m, dl.FromMat(X, m.In), dl.FromMat(y, m.Out), 1e-7)
	fmt.Println(len(errors), "arrays checked:", err)
	for _, e := range errors {
		fmt.Printf("%-9s within 1e-7: %v\n", e.Name, e.Relative < 1e-7)
	}
	// Output:
	// 3 arrays checked: <nil>
	// 0.Dense.W within 1e-7: true
	// 0.Dense.b within 1e-7: true
	// x         within 1e-7: true
}

// Parts of a model can be frozen, looked into and copied.
func ExampleModel_Freeze() {
	m, err := dl.Sequential(dl.Shape{4}, &dl.Dense{Units: 8}, &dl.ReLU{}, &dl.Dense{Units: 2})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(m.Names(), m.Freeze("0.Dense"), "arrays frozen")
	learned, all := m.Params.Count()
	fmt.Println(learned, "of", all, "parameters learn")
	if _, err := m.Predict(mat.NewDense(3, 4, nil)); err != nil {
		log.Fatal(err)
	}
	a, err := m.Activation("1.ReLU")
	fmt.Println(a.Shape, err)
	// Output:
	// [0.Dense 1.ReLU 2.Dense] 2 arrays frozen
	// 18 of 58 parameters learn
	// 3×8 <nil>
}
