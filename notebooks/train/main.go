// Command train makes the trained models in notebooks/models, which notebooks
// load where training would take too long:
//
//	go run ./notebooks/train            all of them
//	go run ./notebooks/train NAME…      those named, without the extension
//
// The same command gives the same bytes.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"descent/dl"
)

// A recipe makes one file.
type recipe struct {
	name  string // of the file, without its extension
	about string // the model and its data
	quick bool   // takes seconds: a test makes the file again
	make  func() (*dl.Model, error)
}

var recipes = []recipe{
	{"digits", "handwritten digits 8×8, one hidden layer", true, digits},
	{"names", "first names, letter by letter, a GRU", true, names},
	{"opticks", "Newton's Opticks, letter by letter, a transformer", false, opticks},
	{"mnist", "handwritten digits 28×28, two convolutions", false, mnist},
	{"speech", "spoken digits, one hidden layer on a log spectrum", true, speech},
	{"speech-in-noise", "spoken digits in noise, two convolutions on a log spectrum", true, speechInNoise},
}

func main() {
	folder := filepath.Join("notebooks", "models")
	if _, err := os.Stat(folder); err != nil {
		fail(fmt.Errorf("there is no %s here; run this in the folder of the clone", folder))
	}
	for _, name := range os.Args[1:] {
		if !slices.ContainsFunc(recipes, func(r recipe) bool { return r.name == name }) {
			fail(fmt.Errorf("no model %q; see the list in notebooks/train/main.go", name))
		}
	}
	for _, r := range recipes {
		if names := os.Args[1:]; len(names) > 0 && !slices.Contains(names, r.name) {
			continue
		}
		start := time.Now()
		m, err := r.make()
		if err == nil {
			err = m.Save(filepath.Join(folder, r.name+".safetensors"))
		}
		if err != nil {
			fail(fmt.Errorf("%s: %w", r.name, err))
		}
		fmt.Printf("%-15s %s: %d parameters, %.1f s\n", r.name, r.about, len(m.Params.Value), time.Since(start).Seconds())
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// fit builds, compiles and trains a classifier.
func fit(in dl.Shape, t trainingSet, epochs int, rate float64, layers ...dl.Layer) (*dl.Model, error) {
	m, err := dl.Sequential(in, layers...)
	if err != nil {
		return nil, err
	}
	opt := dl.NewAdam(rate)
	m.Compile(opt, dl.CrossEntropy{})
	n, _ := t.X.Dims()
	schedule := dl.CosineDecay{Start: rate, Steps: epochs * ((n + 31) / 32)}
	_, err = m.Fit(t.X, t.Y, dl.FitConfig{Epochs: epochs, Seed: 1, Callbacks: []dl.Callback{dl.Schedule(&opt.LR, schedule)}})
	return m, err
}
