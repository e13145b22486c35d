package main

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// gorgonia trains with Gorgonia's tape machine and Adam.
func gorgonia() func(x []float32, y []int32) {
	g := G.NewGraph()
	x := G.NewMatrix(g, tensor.Float32, G.WithShape(batch, sizes[0]), G.WithName("x"))
	y := G.NewMatrix(g, tensor.Float32, G.WithShape(batch, sizes[3]), G.WithName("y")) // one-hot
	var params G.Nodes
	a := x
	for i := range sizes[1:] {
		w := G.NewMatrix(g, tensor.Float32, G.WithShape(sizes[i], sizes[i+1]), G.WithName(fmt.Sprint("w", i)), G.WithInit(G.GlorotU(1)))
		b := G.NewMatrix(g, tensor.Float32, G.WithShape(1, sizes[i+1]), G.WithName(fmt.Sprint("b", i)), G.WithInit(G.Zeroes()))
		params = append(params, w, b)
		a = G.Must(G.BroadcastAdd(G.Must(G.Mul(a, w)), b, nil, []byte{0}))
		if i+2 < len(sizes) {
			a = G.Must(G.Rectify(a))
		}
	}
	logs := G.Must(G.HadamardProd(y, G.Must(G.Log(G.Must(G.SoftMax(a))))))
	_, err := G.Grad(G.Must(G.Neg(G.Must(G.Mean(G.Must(G.Sum(logs, 1)))))), params...)
	check(err)
	machine, adam := G.NewTapeMachine(g, G.BindDualValues(params...)), G.NewAdamSolver(G.WithLearnRate(0.001))
	hot := make([]float32, batch*sizes[3])
	target := tensor.New(tensor.WithShape(batch, sizes[3]), tensor.WithBacking(hot))
	return func(xb []float32, yb []int32) {
		clear(hot)
		for i, class := range yb {
			hot[i*sizes[3]+int(class)] = 1
		}
		check(G.Let(x, tensor.New(tensor.WithShape(batch, sizes[0]), tensor.WithBacking(xb))))
		check(G.Let(y, target))
		check(machine.RunAll())
		check(adam.Step(G.NodesToValueGrads(params)))
		machine.Reset()
	}
}
