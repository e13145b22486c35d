package dl_test

import (
	"fmt"
	"log"
	"math"
	"math/rand/v2"

	"descent/dl"
	"gonum.org/v1/gonum/mat"
)

// A residual block has a second way around its layers, and branches work on the
// same input side by side.
func ExampleResidual() {
	model, err := dl.Sequential(dl.Shape{8},
		&dl.Residual{Layers: []dl.Layer{&dl.Dense{Units: 16}, &dl.ReLU{}, &dl.Dense{Units: 8}}},
		&dl.Concat{Branches: []dl.Layer{
			&dl.Dense{Units: 3},
			&dl.Chain{Layers: []dl.Layer{&dl.Dense{Units: 4}, &dl.Tanh{}}},
		}},
		&dl.Dense{Units: 1})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(model)
	// Output:
	// layer      output  parameters
	// input      8
	// Residual   8
	//   Dense    16      144
	//   ReLU     16      0
	//   Dense    8       136
	// Concat     7
	//   Dense    3       27
	//   Chain    4
	//     Dense  4       36
	//     Tanh   4       0
	// Dense      1       8
	// 351 parameters, 351 learned; 319 multiply-adds a sample
}

// Where the shapes do not fit, the error says which layer is to blame.
func ExampleConcat() {
	_, err := dl.Sequential(dl.Shape{10, 4}, &dl.Concat{Branches: []dl.Layer{
		&dl.GRU{Units: 3, Sequence: true},
		&dl.GRU{Units: 3},
	}})
	fmt.Println(err)
	// Output:
	// dl: layer 0 (Concat): branch 1 gives 3, want 10×3 but for the last axis, as branch 0
}

// A vector for each of four classes. Class 2 comes twice and has the same vector
// both times.
func ExampleEmbedding() {
	embedding := &dl.Embedding{Vocab: 4, Units: 2}
	model, err := dl.Sequential(dl.Shape{3}, embedding)
	if err != nil {
		log.Fatal(err)
	}
	copy(embedding.W.Value, []float64{0, 1, 10, 11, 20, 21, 30, 31})
	y, err := model.Predict(mat.NewDense(1, 3, []float64{2, 0, 2}))
	fmt.Println(y.RawRowView(0), err)
	_, err = model.Predict(mat.NewDense(1, 3, []float64{2, 0, 4}))
	fmt.Println(err)
	// Output:
	// [20 21 0 1 20 21] <nil>
	// dl: layer 0 (Embedding): input is 4 at row 0, column 2; want class numbers, whole and from 0 to 3
}

// Zeros in, the encoding out: the first columns turn fast, the last ones slowly.
func ExamplePositionalEncoding() {
	model, err := dl.Sequential(dl.Shape{4, 6}, &dl.PositionalEncoding{})
	if err != nil {
		log.Fatal(err)
	}
	P := model.Forward(dl.NewTensor(1, 4, 6), false)
	fmt.Printf("%6.3f\n", mat.Formatted(P.Mat()))
	// Output:
	// ⎡ 0.000   1.000   0.000   1.000   0.000   1.000⎤
	// ⎢ 0.841   0.540   0.046   0.999   0.002   1.000⎥
	// ⎢ 0.909  -0.416   0.093   0.996   0.004   1.000⎥
	// ⎣ 0.141  -0.990   0.139   0.990   0.006   1.000⎦
}

// The next value of a sine wave, from the eight before it.
func ExampleSimpleRNN() {
	const n, steps = 64, 8
	X, y := mat.NewDense(n, steps, nil), mat.NewDense(n, 1, nil)
	for i := range n {
		for t := range steps {
			X.Set(i, t, math.Sin(0.4*float64(i+t)))
		}
		y.Set(i, 0, math.Sin(0.4*float64(i+steps)))
	}
	model, err := dl.Sequential(dl.Shape{steps, 1}, &dl.SimpleRNN{Units: 8}, &dl.Dense{Units: 1})
	if err != nil {
		log.Fatal(err)
	}
	model.Compile(dl.NewAdam(0.01), dl.MSE{})
	if _, err := model.Fit(X, y, dl.FitConfig{Epochs: 60}); err != nil {
		log.Fatal(err)
	}
	yhat, err := model.Predict(X)
	if err != nil {
		log.Fatal(err)
	}
	for i := range 4 {
		fmt.Printf("%.2f %.2f\n", y.At(i, 0), yhat.At(i, 0))
	}
	// Output:
	// -0.06 -0.08
	// -0.44 -0.43
	// -0.76 -0.75
	// -0.95 -0.96
}

// After each bit: is the number of ones so far odd? The bit alone does not tell,
// the state has to.
func ExampleGRU() {
	const n, steps = 32, 5
	X, y := mat.NewDense(n, steps, nil), mat.NewDense(n, steps, nil)
	for i := range n {
		odd := 0
		for t := range steps {
			bit := i >> t & 1
			odd ^= bit
			X.Set(i, t, float64(bit))
			y.Set(i, t, float64(odd))
		}
	}
	model, err := dl.Sequential(dl.Shape{steps, 1}, &dl.GRU{Units: 8, Sequence: true}, &dl.Dense{Units: 1})
	if err != nil {
		log.Fatal(err)
	}
	model.Compile(dl.NewAdam(0.05), dl.BinaryCrossEntropy{})
	if _, err := model.Fit(X, y, dl.FitConfig{Epochs: 200}); err != nil {
		log.Fatal(err)
	}
	logits, err := model.Predict(mat.NewDense(1, steps, []float64{1, 1, 0, 1, 0}))
	if err != nil {
		log.Fatal(err)
	}
	for _, z := range logits.RawRowView(0) {
		fmt.Print(z > 0, " ")
	}
	// Output:
	// true false false true true
}

// Remember the first of twelve numbers, through eleven that do not matter.
func ExampleLSTM() {
	const n, steps = 128, 12
	rng := rand.New(rand.NewPCG(1, 0))
	X, y := mat.NewDense(n, steps, nil), mat.NewDense(n, 1, nil)
	for i := range n {
		for t := range steps {
			X.Set(i, t, 2*rng.Float64()-1)
		}
		y.Set(i, 0, X.At(i, 0))
	}
	model, err := dl.Sequential(dl.Shape{steps, 1}, &dl.LSTM{Units: 8}, &dl.Dense{Units: 1})
	if err != nil {
		log.Fatal(err)
	}
	model.Compile(dl.NewAdam(0.02), dl.MSE{})
	history, err := model.Fit(X, y, dl.FitConfig{Epochs: 150, BatchSize: 64})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("mean squared error %.2f at first, %.4f at the end\n", history.Loss[0], history.Loss[len(history.Loss)-1])
	// Output:
	// mean squared error 0.34 at first, 0.0016 at the end
}

// In causal attention each step spreads its weight over itself and the steps
// before it.
func ExampleMultiHeadAttention() {
	attention := &dl.MultiHeadAttention{Causal: true}
	model, err := dl.Sequential(dl.Shape{4, 3}, attention)
	if err != nil {
		log.Fatal(err)
	}
	model.Forward(&dl.Tensor{Shape: dl.Shape{1, 4, 3}, Data: []float64{1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1}}, false)
	A := attention.Attention() // 1×1×4×4
	fmt.Printf("%.2f\n", mat.Formatted(A.Mat()))
	// Output:
	// ⎡1.00  0.00  0.00  0.00⎤
	// ⎢0.46  0.54  0.00  0.00⎥
	// ⎢0.32  0.25  0.43  0.00⎥
	// ⎣0.28  0.35  0.21  0.16⎦
}

// A language model of four letters whose text has a simple rule: each letter
// repeats the one two steps before. Attention finds it. What follows the first
// letter can't be known.
func ExampleTransformerBlock() {
	const n, steps, letters = 64, 8, 4
	rng := rand.New(rand.NewPCG(1, 0))
	X, y := mat.NewDense(n, steps, nil), mat.NewDense(n, steps, nil) // y is the letter that follows
	for i := range n {
		pair := [2]int{rng.IntN(letters), rng.IntN(letters)}
		for t := range steps {
			X.Set(i, t, float64(pair[t%2]))
			y.Set(i, t, float64(pair[(t+1)%2]))
		}
	}
	model, err := dl.Sequential(dl.Shape{steps},
		&dl.Embedding{Vocab: letters, Units: 8},
		&dl.PositionalEmbedding{},
		&dl.TransformerBlock{Heads: 2, Causal: true},
		&dl.LayerNorm{},
		&dl.Dense{Units: letters})
	if err != nil {
		log.Fatal(err)
	}
	model.Compile(dl.NewAdam(0.01), dl.CrossEntropy{})
	if _, err := model.Fit(X, y, dl.FitConfig{Epochs: 40}); err != nil {
		log.Fatal(err)
	}
	logits := model.Forward(&dl.Tensor{Shape: dl.Shape{1, steps}, Data: []float64{3, 1, 3, 1, 3, 1, 3, 1}}, false)
	for t := range steps {
		next := 0
		for k, z := range logits.Row(t) {
			if z > logits.Row(t)[next] {
				next = k
			}
		}
		fmt.Print(next, " ")
	}
	// Output:
	// 3 3 1 3 1 3 1 3
}
