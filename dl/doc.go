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
// Training through Fit, in the unit a second: for each library the fastest of all
// its variants, of 1 and 2 threads, and of 3 to 6 interleaved rounds of 0.35 s.
// The machine was shared, with a load of 2 to 9, so that these are not medians of a
// quiet machine: dl's W3 on 2 threads was disturbed in every round, and its figure
// is that of 1 thread. An AMD EPYC (Zen 5, 2 cores,
// AVX-512), 24 November 2026; Go 1.26.8, PyTorch 2.15.0 (CPU, eager), JAX 0.10.2,
// Keras 3.15.1 on TensorFlow 2.21.0, these three in float32, and dl in float64.
//
//	                            dl      PyTorch   JAX scan  Keras    dl/PyTorch  Float32
//	W1 line, steps              5.82 M  12.9 k    12.4 M    19.4     450         3.11 M
//	W2 MLP 64-128-64-10         851 k   153 k     872 k     38.2 k   5.6         955 k
//	W3 MLP 784-512-256-10       42.3 k  68.6 k    91.5 k    43.1 k   0.62        71.2 k
//	W4 convnet 28×28, images    6.59 k  8.07 k    0.40 k    6.84 k   0.82        5.57 k
//	W5 transformer, tokens      152 k   140 k     55.8 k    –        1.09        174 k
//	W5 GRU, tokens              264 k   149 k     209 k     –        1.8         292 k
//	W5 LSTM, tokens             227 k   359 k     109 k     –        0.63        273 k
//
// The last column is dl with Model.Precision = Float32. JAX in float64 reaches 49.5 k
// in W3. Keras needs most of W1's time to begin each epoch: it is its worst case.
// PyTorch's fused Adam is in the comparison; its plain one makes 9.89 k steps in W1 and
// 109 k samples in W2. The rounds were taken over several builds of that day; the
// command testdata/peers/run.py measures all libraries in one run.
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
