// Package dl holds the layers, losses and optimizers of deep learning, and the
// loop that trains with them: small enough to be read, in float64, on Gonum's
// matrices.
//
// # A first model
//
//	X := mat.NewDense(4, 2, []float64{1, 2, 2, 3, 3, 4, 4, 5})
//	y := mat.NewDense(4, 1, []float64{5, 8, 11, 14})
//
//	model, err := dl.Sequential(dl.Shape{2}, &dl.Dense{Units: 1}) // define
//	model.Compile(dl.NewAdam(0.1), dl.MSE{}, dl.MeanAbsoluteError) // compile
//	history, err := model.Fit(X, y, dl.FitConfig{Epochs: 1000})    // train
//	yhat, err := model.Predict(X)                                  // *mat.Dense
//	fmt.Println(model)                                             // a table of its layers
//	err = model.Save("line.safetensors")
//	model, err = dl.Load("line.safetensors")
//
// Layers, losses and optimizers are structs of documented fields whose zero
// value is a good default: &dl.Conv2D{Filters: 8, Kernel: 3}. What has
// meaningful zeros comes from a constructor that fills public fields:
// opt := dl.NewAdam(0.01); opt.Beta1 = 0.8.
//
// # How it works
//
// Data are matrices with one sample a row. Inside, a Tensor has a shape, with
// channels last, and is also a matrix whose columns are its last axis. A Layer
// has a Forward, which computes y from x, and a Backward, which takes ∂L/∂y and
// returns ∂L/∂x, adding ∂L/∂θ to the gradients; its formulas stand above the two.
// There is no tape: Chain.Backward is the chain rule. All parameters lie in one
// flat vector and all gradients in another (Params), so that an Optimizer, a
// Penalty or gonum/optimize is a loop over two slices. Model.Step is the whole
// algorithm in a few lines. A warm training step allocates nothing.
//
// # Notation
//
//	X, x     inputs, one sample a row          y, ŷ     target, prediction
//	W, b, θ  weights in×out, bias, all         z, a     before and after an activation
//	J(θ), L  objective, loss of a batch        g        gradient ∇J(θ)
//	α        learning rate LR                  β1, β2, ε  decay rates and Eps of Adam
//	m, v     moving averages of g and g²       m̂, v̂     the same, bias-corrected
//
// # Numbers
//
// The same seed gives the same bits, whatever the CPU and however many threads:
// see package blas for what that covers. Every parameter has a random stream of
// its own, so that a layer added at the end changes nothing before it.
//
// # Speed
//
// Training through Fit, in the unit a second: for each library the fastest of its
// variants and of 1 and 2 threads, by the median of 5 interleaved rounds of 0.25 to
// 0.3 s on an otherwise idle machine (load 0.4 to 1.4). An AMD EPYC (Zen 5, 2 cores,
// AVX-512), 24 November 2026; Go 1.26.8, PyTorch 2.15.0 (CPU), JAX 0.10.2, Keras 3.15.1 on
// TensorFlow 2.21.0, these three in float32, and dl in float64.
//
//	                            dl      PyTorch   JAX      Keras    dl/PyTorch  Float32
//	W1 line, steps              5.10 M  12.1 k    12.2 M   60.7     422         2.73 M
//	W2 MLP 64-128-64-10         892 k   147 k     851 k    34.7 k   6.1         1.04 M
//	W3 MLP 784-512-256-10       71.5 k  61.6 k    122 k    44.6 k   1.16        94.8 k
//	W4 convnet 28×28, images    8.63 k  6.20 k    2.10 k   4.98 k   1.39        6.06 k
//	W5 transformer, tokens      146 k   131 k     121 k    70.6 k   1.12        163 k
//	W5 GRU, tokens              268 k   153 k     196 k    71.1 k   1.75        291 k
//	W5 LSTM, tokens             231 k   380 k     161 k    78.8 k   0.61        259 k
//
// The last column is dl with Model.Precision = Float32. W4 was measured again later
// that day, in rounds of 2 s; between two such runs PyTorch's best of three variants
// moved from 5.58 k to 6.20 k, dl's from 8.80 k to 8.63 k: the ratio from 1.58 to 1.39.
// PyTorch's figures are those of its fused Adam; its plain Adam makes 9.47 k steps in
// W1, 105 k samples in W2 and 52.0 k in W3. On AVX2 alone dl makes 499 k samples in W2,
// where PyTorch made 143 k beside it. JAX is a compiled loop, but for W4, where a
// compiled step is faster; in float64 it reaches 448 k in W2 and 48.9 k in W3. Keras
// needs most of W1's time to begin each epoch: it is its worst case. Of the libraries
// in Go, measured beside dl (862 k) in W2 alone, Gorgonia 0.9.18 makes 47.3 k samples
// and GoMLX 0.24.1 on its backend in Go 6.19 k. The command testdata/peers/run.py
// measures all of them again; testdata/peers/growth.png shows how W3 and W4 grow with
// the batch, the width and the cores.
//
// What limits dl, by the times of a step's parts: in W1 the calls, which do a handful
// of operations each. In W2 the products of 32 rows, at 107 to 122 GFLOP/s on one
// core, and Adam, a sixth of the time. In W3 the products, five sixths of the time at
// 217 to 232 GFLOP/s on both cores, and memory: Adam, and gathering a batch. In W4
// the second convolution, three fifths of the time at 200 to 250 GFLOP/s on both cores,
// and memory: near a third of the time is the first convolution and the pooling, which
// move 11 MB each and compute little. A ReLU before a pooling costs next to nothing: the
// pooling does its work, on a quarter of the numbers.
//
// # Errors
//
// What a user can get wrong comes back as an error that says where, what came,
// what was expected and, where certain, the way out:
//
//	dl: layer 3 (Dense): Units is 0, want at least 1
//
// Where shapes are the matter it is a *ShapeError. Forward and Backward, called
// by hand, panic with the same value.
//
// # Where to read what
//
//	tensor.go params.go layer.go   data, parameters, what a layer is
//	model.go fit.go                Step, Fit, Predict, Evaluate
//	precision.go                   the format of matrix products
//	dense.go activation.go         layers, one idea a file: also conv.go, pool.go,
//	                               norm.go, dropout.go, embedding.go, rnn.go, gru.go,
//	                               lstm.go, attention.go, transformer.go, residual.go, …
//	init.go                        how parameters begin
//	loss.go crossentropy.go        losses; also kl.go, contrastive.go; penalty.go
//	sgd.go adam.go                 optimizers; also adagrad.go, rmsprop.go, lion.go, clip.go
//	schedule.go callback.go        learning rates over time, early stopping, checkpoints
//	save.go                        models as files
//	inspect.go gradcheck.go        looking inside a model, checking a Backward
//
// Classification metrics beyond accuracy are in package metrics, data in package
// datasets; files are in the format of package safetensors, with what package spec
// says of the layers.
package dl
