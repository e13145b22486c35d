package main

import (
	"fmt"

	"github.com/gomlx/gomlx/backends/simplego"
	"github.com/gomlx/gomlx/pkg/core/graph"
	"github.com/gomlx/gomlx/pkg/core/tensors"
	"github.com/gomlx/gomlx/pkg/ml/context"
	"github.com/gomlx/gomlx/pkg/ml/layers"
	"github.com/gomlx/gomlx/pkg/ml/layers/activations"
	"github.com/gomlx/gomlx/pkg/ml/train"
	"github.com/gomlx/gomlx/pkg/ml/train/losses"
	"github.com/gomlx/gomlx/pkg/ml/train/optimizers"
)

// gomlx trains with GoMLX's Trainer and Adam, on its backend in Go.
func gomlx() func(x []float32, y []int32) {
	backend, err := simplego.New("")
	check(err)
	model := func(ctx *context.Context, _ any, inputs []*graph.Node) []*graph.Node {
		a := inputs[0]
		for i, n := range sizes[1:] {
			a = layers.Dense(ctx.In(fmt.Sprint("layer", i)), a, true, n)
			if i+2 < len(sizes) {
				a = activations.Relu(a)
			}
		}
		return []*graph.Node{a}
	}
	adam := optimizers.Adam().LearningRate(0.001).Done()
	trainer := train.NewTrainer(backend, context.New(), model, losses.SparseCategoricalCrossEntropyLogits, adam, nil, nil)
	return func(xb []float32, yb []int32) {
		trainer.TrainStep(nil, []*tensors.Tensor{tensors.FromFlatDataAndDimensions(xb, batch, sizes[0])},
			[]*tensors.Tensor{tensors.FromFlatDataAndDimensions(yb, batch, 1)})
	}
}
