package main

import (
	"errors"

	"gonum.org/v1/gonum/mat"

	"descent/dl"
	"descent/dl/datasets"
)

// score is a model to train and what it should reach on data held out.
type score struct {
	name, measure string
	falls         bool // smaller is better
	quick         bool // takes seconds: a test runs it
	run           func() (got, want float64, err error)
}

func (s score) reached(got, want float64) bool {
	if s.falls {
		return got < want
	}
	return got >= want
}

var all = []score{
	{"iris, softmax regression", "accuracy, 5 folds", false, true, func() (float64, float64, error) {
		return folds(datasets.Iris(), 0.95, dl.FitConfig{Epochs: 1000}, dl.CrossEntropy{}, dl.Accuracy, func() []dl.Layer { return []dl.Layer{&dl.Dense{Units: 3}} })
	}},
	{"wine, 32 hidden units", "accuracy, 5 folds", false, true, func() (float64, float64, error) {
		return folds(datasets.Wine(), 0.97, dl.FitConfig{Epochs: 100}, dl.CrossEntropy{}, dl.Accuracy, hidden(32, 3))
	}},
	{"breast cancer, 16 hidden units", "accuracy, 5 folds", false, true, func() (float64, float64, error) {
		return folds(datasets.BreastCancer(), 0.96, dl.FitConfig{Epochs: 15}, dl.CrossEntropy{}, dl.Accuracy, hidden(16, 2))
	}},
	{"diabetes, linear", "R², 5 folds", false, true, func() (float64, float64, error) {
		t := datasets.Diabetes()
		t.Y.Scale(0.01, t.Y)
		return folds(t, 0.45, dl.FitConfig{Epochs: 400}, dl.MSE{}, dl.RSquared, func() []dl.Layer { return []dl.Layer{&dl.Dense{Units: 1}} })
	}},
	{"digits, 128 hidden units", "accuracy, 5 folds", false, true, func() (float64, float64, error) {
		return folds(datasets.Digits(), 0.97, dl.FitConfig{Epochs: 30}, dl.CrossEntropy{}, dl.Accuracy, hidden(128, 10))
	}},
	{"digits, convnet", "accuracy, 5 folds", false, true, func() (float64, float64, error) {
		return folds(datasets.Digits(), 0.98, dl.FitConfig{Epochs: 20}, dl.CrossEntropy{}, dl.Accuracy, func() []dl.Layer {
			return []dl.Layer{&dl.Reshape{Shape: dl.Shape{8, 8, 1}}, &dl.Conv2D{Filters: 16, Kernel: 3, Padding: dl.Same}, &dl.ReLU{},
				&dl.Conv2D{Filters: 32, Kernel: 3, Padding: dl.Same}, &dl.ReLU{}, &dl.MaxPool2D{}, &dl.Flatten{}, &dl.Dropout{Rate: 0.3},
				&dl.Dense{Units: 64}, &dl.ReLU{}, &dl.Dense{Units: 10}}
		})
	}},
	{"MNIST, convnet", "accuracy, test set", false, false, mnist},
	{"names, GRU", "bits a character", true, false, func() (float64, float64, error) {
		return names(&dl.GRU{Units: 96, Sequence: true})
	}},
	{"names, transformer", "bits a character", true, false, func() (float64, float64, error) {
		return names(&dl.PositionalEmbedding{}, &dl.TransformerBlock{Heads: 4, Causal: true}, &dl.TransformerBlock{Heads: 4, Causal: true}, &dl.LayerNorm{})
	}},
}

// hidden makes a classifier with one hidden layer.
func hidden(units, classes int) func() []dl.Layer {
	return func() []dl.Layer {
		return []dl.Layer{&dl.Dense{Units: units}, &dl.ReLU{}, &dl.Dense{Units: classes}}
	}
}

// folds returns the mean score over 5 stratified folds (plain ones for a
// regression), with features standardised on each fold's training part.
func folds(t *datasets.Table, want float64, cfg dl.FitConfig, loss dl.Loss, metric func() dl.Metric, layers func() []dl.Layer) (float64, float64, error) {
	parts, err := datasets.KFold(t.Len(), 5, 1)
	if t.Classes != nil {
		parts, err = datasets.KFoldStratified(t.Y, 5, 1)
	}
	if err != nil {
		return 0, 0, err
	}
	mean := 0.0
	for _, part := range parts {
		train, test := t.Rows(part.Train), t.Rows(part.Test)
		scaler, err1 := datasets.FitStandard(train.X)
		X, err2 := scaler.Apply(train.X)
		Xtest, err3 := scaler.Apply(test.X)
		if err := errors.Join(err1, err2, err3); err != nil {
			return 0, 0, err
		}
		s, err := fit(X, train.Y, Xtest, test.Y, cfg, loss, metric, dl.NewAdam(0.003), layers()...)
		if err != nil {
			return 0, 0, err
		}
		mean += s / 5
	}
	return mean, want, nil
}

// fit trains a model and returns the metric on the test data.
func fit(X, Y, Xtest, Ytest *mat.Dense, cfg dl.FitConfig, loss dl.Loss, metric func() dl.Metric, optimizer dl.Optimizer, layers ...dl.Layer) (float64, error) {
	_, features := X.Dims()
	m, err := dl.Sequential(dl.Shape{features}, layers...)
	if err != nil {
		return 0, err
	}
	m.Compile(optimizer, loss)
	if _, err := m.Fit(X, Y, cfg); err != nil {
		return 0, err
	}
	yhat, err := m.Predict(Xtest)
	if err != nil {
		return 0, err
	}
	return dl.Measure(metric, yhat, Ytest)
}

func mnist() (got, want float64, err error) {
	train, test, err := datasets.MNIST()
	if err != nil {
		return 0, 0, err
	}
	opt := dl.NewAdam(0.001)
	cfg := dl.FitConfig{Epochs: 8, BatchSize: 64}
	cfg.Callbacks = []dl.Callback{dl.Schedule(&opt.LR, dl.CosineDecay{Start: 0.002, Steps: 8 * 938})}
	got, err = fit(train.X, train.Y, test.X, test.Y, cfg, dl.CrossEntropy{}, dl.Accuracy, opt,
		&dl.Reshape{Shape: dl.Shape{28, 28, 1}}, &dl.Conv2D{Filters: 16, Kernel: 3}, &dl.ReLU{}, &dl.MaxPool2D{},
		&dl.Conv2D{Filters: 32, Kernel: 3}, &dl.ReLU{}, &dl.MaxPool2D{}, &dl.Flatten{}, &dl.Dropout{Rate: 0.2}, &dl.Dense{Units: 10})
	return got, 0.99, err
}
