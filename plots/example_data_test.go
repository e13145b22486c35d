package plots_test

import (
	"math"

	"descent/plots"

	"gonum.org/v1/gonum/mat"
)

func ExampleLines() {
	p := plots.Lines("epoch", "loss",
		plots.Series{Name: "Adam", Y: []float64{14, 6, 2, 0.9, 0.5}},
		plots.Series{Name: "gradient descent", Y: []float64{14, 10, 7, 5, 4}})
	p.Title.Text = "Adam falls faster"
	p.LogY()
	plots.Show("Both losses fall, from 14 to 0.5 with Adam and to 4 with gradient descent.", p)
	// Output:
}

// A band shows how far repeated runs lie apart.
func ExampleLines_band() {
	p := plots.Lines("epoch", "loss", plots.Series{
		Name: "mean of 10 seeds",
		Y:    []float64{3, 2, 1.5, 1.2},
		Low:  []float64{2.5, 1.6, 1.2, 1},
		High: []float64{3.5, 2.5, 1.9, 1.5},
	})
	plots.Show("The mean loss falls from 3 to 1.2; the band around it narrows.", p)
	// Output:
}

func ExampleScatter() {
	p := plots.Scatter("petal length in cm", "petal width in cm",
		plots.Series{Name: "setosa", X: []float64{1.4, 1.3, 1.5}, Y: []float64{0.2, 0.2, 0.4}},
		plots.Series{Name: "virginica", X: []float64{6, 5.1, 5.9}, Y: []float64{2.5, 1.9, 2.1}})
	plots.Show("Setosa has short, narrow petals, virginica long, wide ones.", p)
	// Output:
}

func ExampleBars() {
	p := plots.Bars("accuracy", []string{"iris", "wine", "digits"},
		plots.Series{Name: "logistic regression", Y: []float64{0.96, 0.983, 0.969}},
		plots.Series{Name: "network", Y: []float64{0.947, 0.972, 0.972}})
	plots.Show("Both models are within a hundredth of each other on three data sets.", p)
	// Output:
}

func ExampleHistogram() {
	weights := make([]float64, 1000)
	for i := range weights {
		weights[i] = math.Sin(float64(i))
	}
	p := plots.Histogram("weight", 0, plots.Series{Y: weights})
	plots.Show("Weights lie between −1 and 1 and gather at both ends.", p)
	// Output:
}

func ExampleFunctions() {
	p := plots.Functions("z", plots.Range{-4, 4},
		plots.Function{Name: "tanh z", F: math.Tanh, Derivative: func(z float64) float64 { return 1 - math.Tanh(z)*math.Tanh(z) }},
		plots.Function{Name: "ReLU", F: func(z float64) float64 { return max(0, z) }})
	plots.Show("tanh levels off at −1 and 1, where its derivative vanishes; ReLU rises without end.", p)
	// Output:
}

func ExampleHeatMap() {
	correlation := mat.NewDense(2, 2, []float64{1, -0.4, -0.4, 1})
	p := plots.HeatMap(correlation, []string{"alcohol", "hue"}, []string{"alcohol", "hue"})
	plots.Show("Alcohol and hue have a correlation of −0.4.", p)
	// Output:
}

func ExampleImages() {
	cross := []float64{0, 1, 0, 1, 1, 1, 0, 1, 0}
	p := plots.Images(2,
		plots.Image{Pixels: cross, Height: 3, Width: 3, Label: "plus", Predicted: "plus"},
		plots.Image{Pixels: cross, Height: 3, Width: 3, Label: "plus", Predicted: "times"})
	plots.Show("Two plus signs, the second of them mistaken for a times sign.", p)
	// Output:
}

func ExampleEmbedding() {
	X := mat.NewDense(4, 2, []float64{0, 0, 0.2, 0.1, 3, 3, 3.1, 2.8})
	y := mat.NewDense(4, 1, []float64{0, 0, 1, 1})
	p := plots.Embedding(X, y, "cats", "dogs")
	plots.Show("Cats and dogs lie in two clusters far apart.", p)
	// Output:
}

func ExampleWords() {
	X := mat.NewDense(3, 2, []float64{0, 0, 0.5, 1, 3, 3})
	p := plots.Words(X, []string{"light", "ray", "prism"})
	plots.Show("Light and ray lie close together, prism farther off.", p)
	// Output:
}

// A sound as a wave, as a spectrogram, and to listen to.
func ExampleSpectrogram() {
	const rate = 8000
	chirp := make([]float64, rate)
	for i := range chirp {
		t := float64(i) / rate
		chirp[i] = 0.5 * math.Sin(2*math.Pi*(300+800*t)*t)
	}
	plots.Show("The frequency rises from 300 to 1,900 hertz within a second.",
		plots.Waveform(chirp, rate), plots.Spectrogram(chirp, rate))
	plots.Audio("A tone that rises for a second.", chirp, rate)
	// Output:
}

func ExampleWaveform() {
	p := plots.Waveform([]float64{0, 0.5, 0.9, 0.5, 0, -0.5, -0.9, -0.5}, 8000)
	plots.Show("One period of a wave, a thousandth of a second long.", p)
	// Output:
}

// Small multiples: the same axes, so that panels can be compared.
func ExampleGrid() {
	fast := plots.Lines("epoch", "loss", plots.Series{Y: []float64{4, 1, 0.3}})
	slow := plots.Lines("epoch", "loss", plots.Series{Y: []float64{4, 3.5, 3.1}})
	fast.Title.Text, slow.Title.Text = "α = 0.1", "α = 0.001"
	plots.Share(fast, slow)
	plots.Show("With a rate of 0.1 the loss falls to 0.3, with 0.001 only to 3.1.", plots.Grid(2, fast, slow))
	// Output:
}

func ExampleTable() {
	plots.Table{
		Caption: "Accuracy on test data",
		Header:  []string{"model", "parameters", "accuracy"},
		Rows: [][]any{
			{"logistic regression", 650, 0.969},
			{"one hidden layer", 4810, 0.972},
		},
	}.Show()
	// Output:
}
