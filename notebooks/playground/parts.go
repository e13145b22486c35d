package playground

import (
	"fmt"
	"slices"

	"descent/dl"
	"descent/dl/datasets"
)

// A part is something to choose: its name, the Go code that makes it, and the
// same as a function.
type part[F any] struct {
	name, code string
	make       F
}

func namesOf[F any](parts []part[F]) (names []string) {
	for _, p := range parts {
		names = append(names, p.name)
	}
	return names
}

func find[F any](parts []part[F], name string) part[F] {
	i := slices.IndexFunc(parts, func(p part[F]) bool { return p.name == name })
	if i < 0 {
		panic(fmt.Sprintf("playground: no %q; there are %v", name, namesOf(parts)))
	}
	return parts[i]
}

var regressions = []part[func(n int, noise float64, seed uint64) *datasets.Table]{
	{"article", "datasets.Line(%d, %g, %d)", datasets.Line},
	{"plane", "datasets.Linear(%d, []float64{1, 2}, 3, %g, %d)", func(n int, noise float64, seed uint64) *datasets.Table {
		return datasets.Linear(n, []float64{1, 2}, 3, noise, seed)
	}},
	{"line", "datasets.Linear(%d, []float64{2}, 1, %g, %d)", func(n int, noise float64, seed uint64) *datasets.Table {
		return datasets.Linear(n, []float64{2}, 1, noise, seed)
	}},
	{"outliers", "datasets.Linear(%d, []float64{2}, 1, %g, %d)", func(n int, noise float64, seed uint64) *datasets.Table {
		return datasets.Linear(n, []float64{2}, 1, noise, seed)
	}},
}

var classifications = []part[func(n int, noise float64, seed uint64) *datasets.Table]{
	{"moons", "datasets.Moons(%d, %g, %d)", datasets.Moons},
	{"circles", "datasets.Circles(%d, %g, %d)", datasets.Circles},
	{"XOR", "datasets.XOR(%d, %g, %d)", datasets.XOR},
	{"spirals", "datasets.Spirals(%d, 2, %g, %d)", func(n int, noise float64, seed uint64) *datasets.Table {
		return datasets.Spirals(n, 2, noise, seed)
	}},
	{"three-spirals", "datasets.Spirals(%d, 3, %g, %d)", func(n int, noise float64, seed uint64) *datasets.Table {
		return datasets.Spirals(n, 3, noise, seed)
	}},
	{"blobs", "datasets.Blobs(%d, 3, %g, %d)", func(n int, noise float64, seed uint64) *datasets.Table {
		return datasets.Blobs(n, 3, noise, seed)
	}},
	{"rings", "datasets.Rings(%d, 3, %g, %d)", func(n int, noise float64, seed uint64) *datasets.Table {
		return datasets.Rings(n, 3, noise, seed)
	}},
}

var activations = []part[func() dl.Layer]{
	{"ReLU", "&dl.ReLU{}", func() dl.Layer { return &dl.ReLU{} }},
	{"LeakyReLU", "&dl.LeakyReLU{}", func() dl.Layer { return &dl.LeakyReLU{} }},
	{"tanh", "&dl.Tanh{}", func() dl.Layer { return &dl.Tanh{} }},
	{"sigmoid", "&dl.Sigmoid{}", func() dl.Layer { return &dl.Sigmoid{} }},
	{"ELU", "&dl.ELU{}", func() dl.Layer { return &dl.ELU{} }},
	{"GELU", "&dl.GELU{}", func() dl.Layer { return &dl.GELU{} }},
	{"SiLU", "&dl.SiLU{}", func() dl.Layer { return &dl.SiLU{} }},
	{"none", "", nil},
}

// starts say how the weights of hidden layers begin.
var starts = []part[func() dl.Init]{
	{"Glorot", "", func() dl.Init { return nil }},
	{"He", "dl.He{}", func() dl.Init { return dl.He{} }},
	{"small", "dl.Gaussian{Std: 0.01}", func() dl.Init { return dl.Gaussian{Std: 0.01} }},
	{"large", "dl.Gaussian{Std: 3}", func() dl.Init { return dl.Gaussian{Std: 3} }},
	{"zero", "dl.Constant{}", func() dl.Init { return dl.Constant{} }},
}

var optimizers = []part[func(rate float64) dl.Optimizer]{
	{"SGD", "dl.NewSGD(%g)", func(rate float64) dl.Optimizer { return dl.NewSGD(rate) }},
	{"momentum", "&dl.SGD{LR: %g, Momentum: 0.9}", func(rate float64) dl.Optimizer { return &dl.SGD{LR: rate, Momentum: 0.9} }},
	{"Nesterov", "&dl.SGD{LR: %g, Momentum: 0.9, Nesterov: true}", func(rate float64) dl.Optimizer {
		return &dl.SGD{LR: rate, Momentum: 0.9, Nesterov: true}
	}},
	{"SGD-clipped", "&dl.ClipNorm{Max: 1, Optimizer: dl.NewSGD(%g)}", func(rate float64) dl.Optimizer {
		return &dl.ClipNorm{Max: 1, Optimizer: dl.NewSGD(rate)}
	}},
	{"AdaGrad", "dl.NewAdaGrad(%g)", func(rate float64) dl.Optimizer { return dl.NewAdaGrad(rate) }},
	{"RMSProp", "dl.NewRMSProp(%g)", func(rate float64) dl.Optimizer { return dl.NewRMSProp(rate) }},
	{"Adam", "dl.NewAdam(%g)", func(rate float64) dl.Optimizer { return dl.NewAdam(rate) }},
	{"Adam-uncorrected", "&dl.Adam{LR: %g, Beta1: 0.9, Beta2: 0.999, Eps: 1e-7, NoCorrection: true}", func(rate float64) dl.Optimizer {
		return &dl.Adam{LR: rate, Beta1: 0.9, Beta2: 0.999, Eps: 1e-7, NoCorrection: true}
	}},
	{"AdamW", "dl.NewAdamW(%g)", func(rate float64) dl.Optimizer { return dl.NewAdamW(rate) }},
	{"Lion", "dl.NewLion(%g)", func(rate float64) dl.Optimizer { return dl.NewLion(rate) }},
}

// distances are losses of regressions.
var distances = []part[dl.Loss]{
	{"MSE", "dl.MSE{}", dl.MSE{}},
	{"MAE", "dl.MAE{}", dl.MAE{}},
	{"Huber", "dl.Huber{}", dl.Huber{}},
}

// surprises are losses of classifiers: from logits but for MSE, which gets probabilities.
var surprises = []part[dl.Loss]{
	{"cross-entropy", "dl.CrossEntropy{}", dl.CrossEntropy{}},
	{"smoothed", "dl.CrossEntropy{LabelSmoothing: 0.1}", dl.CrossEntropy{LabelSmoothing: 0.1}},
	{"MSE", "dl.MSE{}", dl.MSE{}},
}

// inputs say what happens to the data before training.
var inputs = []string{"raw", "standardised", "stretched"}
