package main

import (
	"math"
	"strings"

	"gonum.org/v1/gonum/mat"

	"descent/dl"
	"descent/dl/datasets"
)

type trainingSet struct{ X, Y *mat.Dense }

// digits reads 8×8 pixels divided by 16. A third of the digits, stratified with
// seed 1, is never seen in training.
func digits() (*dl.Model, error) {
	train, _, err := datasets.Digits().SplitStratified(1.0/3, 1)
	if err != nil {
		return nil, err
	}
	train.X.Scale(1.0/16, train.X)
	return fit(dl.Shape{64}, trainingSet{train.X, train.Y}, 30, 0.003, &dl.Dense{Units: 32}, &dl.ReLU{}, &dl.Dense{Units: 10})
}

// names predicts the next letter (1 to 26, 0 for the end) at each of 11 places,
// from the letters before it; the first input is 0.
func names() (*dl.Model, error) {
	female, male := datasets.FirstNames()
	seen := map[string]bool{}
	var list []string
	for _, n := range append(female, male...) {
		if !seen[n.Name] && len(n.Name) <= 10 {
			seen[n.Name] = true
			list = append(list, n.Name)
		}
	}
	X, Y := mat.NewDense(len(list), 11, nil), mat.NewDense(len(list), 11, nil)
	for i, name := range list {
		for t, letter := range name {
			Y.Set(i, t, float64(letter-'a'+1))
			X.Set(i, t+1, float64(letter-'a'+1))
		}
	}
	return fit(dl.Shape{11}, trainingSet{X, Y}, 12, 0.01, &dl.Embedding{Vocab: 27, Units: 16}, &dl.GRU{Units: 48, Sequence: true}, &dl.Dense{Units: 27})
}

// opticks predicts the next character at each of 64 places of the text, without its
// underscores, with one space for all white space, and with the vocabulary of the
// whole. The last tenth is never seen in training.
func opticks() (*dl.Model, error) {
	book := strings.Join(strings.Fields(strings.ReplaceAll(datasets.Opticks(), "_", "")), " ")
	v := datasets.NewVocabulary(book)
	X, Y, err := v.Sequences(book[:len(book)*9/10], 64)
	if err != nil {
		return nil, err
	}
	return fit(dl.Shape{64}, trainingSet{X, Y}, 8, 0.004, &dl.Embedding{Vocab: v.Len(), Units: 64}, &dl.PositionalEmbedding{},
		&dl.TransformerBlock{Heads: 4, Causal: true}, &dl.TransformerBlock{Heads: 4, Causal: true}, &dl.LayerNorm{}, &dl.Dense{Units: v.Len()})
}

// speech reads datasets.LogSpectrum of a clip with 14 frames and 16 bands, each
// number shifted and scaled by its mean and deviation over the training clips:
// BatchNorm does it, with the statistics in the file. A quarter of the voices, by
// SplitGrouped with seed 1, is never heard in training.
func speech() (*dl.Model, error) {
	clips := datasets.SpokenDigits()
	train, _, err := clips.SplitGrouped(0.25, 1)
	if err != nil {
		return nil, err
	}
	X, err := datasets.LogSpectrum(train.X, clips.Rate, 14, 16)
	if err != nil {
		return nil, err
	}
	return fit(dl.Shape{14 * 16}, trainingSet{X, train.Y}, 15, 0.003, &dl.BatchNorm{Momentum: 0.9}, &dl.Dropout{Rate: 0.3}, &dl.Dense{Units: 32}, &dl.ReLU{}, &dl.Dense{Units: 10})
}

// speechInNoise reads datasets.LogSpectrum of a clip with 29 frames and 20 bands.
// It is trained on the voices of speech, once as they are and once in white noise
// that is 0 to 30 dB below the clip.
func speechInNoise() (*dl.Model, error) {
	const frames, bands = 29, 20
	clips := datasets.SpokenDigits()
	train, _, err := clips.SplitGrouped(0.25, 1)
	if err != nil {
		return nil, err
	}
	n, samples := train.X.Dims()
	ratio := []float64{1, 1.778, 3.162, 5.623, 10, 17.78, 31.62} // of amplitudes: 0, 5, … 30 dB
	noisy := datasets.Normal(n, samples, 2)
	for i := range n {
		clip, row := train.X.RawRowView(i), noisy.RawRowView(i)
		power := 0.0
		for _, v := range clip {
			power += float64(v*v) / float64(samples)
		}
		size := math.Sqrt(power) / ratio[i%len(ratio)]
		for j, v := range clip {
			row[j] = v + float64(size*row[j])
		}
	}
	var both, Y mat.Dense
	both.Stack(train.X, noisy)
	Y.Stack(train.Y, train.Y)
	X, err := datasets.LogSpectrum(&both, clips.Rate, frames, bands)
	if err != nil {
		return nil, err
	}
	return fit(dl.Shape{frames * bands}, trainingSet{X, &Y}, 16, 0.005,
		&dl.Reshape{Shape: dl.Shape{frames, bands}}, &dl.BatchNorm{Momentum: 0.9}, &dl.Reshape{Shape: dl.Shape{frames, bands, 1}},
		&dl.Conv2D{Filters: 8, Kernel: 3}, &dl.ReLU{}, &dl.MaxPool2D{},
		&dl.Conv2D{Filters: 16, Kernel: 3}, &dl.ReLU{}, &dl.MaxPool2D{},
		&dl.Flatten{}, &dl.Dropout{Rate: 0.3}, &dl.Dense{Units: 10})
}

// mnist reads 28×28 pixels from 0 to 1. Each epoch sees every training image
// shifted by up to 2 pixels and turned by up to 10 degrees.
func mnist() (*dl.Model, error) {
	train, _, err := datasets.MNIST()
	if err != nil {
		return nil, err
	}
	m, err := dl.Sequential(dl.Shape{28 * 28}, &dl.Reshape{Shape: dl.Shape{28, 28, 1}},
		&dl.Conv2D{Filters: 16, Kernel: 3}, &dl.ReLU{}, &dl.MaxPool2D{},
		&dl.Conv2D{Filters: 32, Kernel: 3}, &dl.ReLU{}, &dl.MaxPool2D{},
		&dl.Flatten{}, &dl.Dropout{Rate: 0.3}, &dl.Dense{Units: 64}, &dl.ReLU{}, &dl.Dropout{Rate: 0.3}, &dl.Dense{Units: 10})
	if err != nil {
		return nil, err
	}
	const epochs, batch = 14, 64
	opt := dl.NewAdam(0.002)
	m.Compile(opt, dl.CrossEntropy{})
	schedule := dl.CosineDecay{Start: 0.002, Steps: epochs * (train.Len()/batch + 1)}
	for epoch := range epochs {
		X, err := datasets.Augment{H: 28, W: 28, Shift: 2, Rotate: 10, Seed: uint64(epoch)}.Apply(train.X)
		if err != nil {
			return nil, err
		}
		cfg := dl.FitConfig{BatchSize: batch, Seed: 1, FirstEpoch: epoch, Callbacks: []dl.Callback{dl.Schedule(&opt.LR, schedule)}}
		if _, err := m.Fit(X, train.Y, cfg); err != nil {
			return nil, err
		}
	}
	return m, nil
}
