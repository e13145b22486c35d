package plots_test

import (
	"fmt"

	"descent/dl"
	"descent/plots"

	"gonum.org/v1/gonum/mat"
)

// Thirty frames to move through with a slider, without a kernel.
func ExampleScrubber() {
	J := func(w1, w2 float64) float64 { return w1*w1/2 + 3*w2*w2 }
	var path plots.Series
	var frames []*plots.Figure
	w1, w2 := -3.5, 1.8
	for step := range 30 {
		path.X, path.Y = append(path.X, w1), append(path.Y, w2)
		p := plots.Contour(J, plots.Range{-4, 4}, plots.Range{-2, 2}, path)
		p.Title.Text = fmt.Sprintf("step %d", step)
		frames = append(frames, p)
		w1, w2 = w1-0.3*w1, w2-0.3*6*w2
	}
	plots.Scrubber{Alt: "Gradient descent zigzags into the valley.", Frames: frames}.Show()
	// Output:
}

// A slider that retrains at each move.
func ExampleLive() {
	rate := &plots.Slider{Name: "learning rate α", Min: 0.01, Max: 1, Value: 0.1, Log: true}
	plots.Live("Steps of gradient descent on a parabola, from x = 4.", func() plots.Drawer {
		path := plots.Series{Points: true}
		for x := 4.0; len(path.Y) < 20; x -= rate.Value * 2 * x {
			path.Y = append(path.Y, x)
		}
		return plots.Lines("step", "x", path)
	}, rate)
	// Output:
}

// A menu of presets that moves a slider, and a number that goes with the picture.
func ExampleGroup() {
	preset := &plots.Menu{Name: "preset", Options: []string{"calm", "wild"}}
	rate := &plots.Slider{Name: "rate α", Min: 0.01, Max: 2, Value: 0.1, Log: true}
	last := &plots.Output{Name: "Where it ends"}
	chosen := 0
	plots.Live("Steps of gradient descent on a parabola, from x = 4.", func() plots.Drawer {
		if preset.Value != chosen {
			chosen = preset.Value
			rate.Value = []float64{0.1, 1.02}[chosen]
		}
		path, x := plots.Series{Points: true}, 4.0
		for ; len(path.Y) < 20; x -= rate.Value * 2 * x {
			path.Y = append(path.Y, x)
		}
		last.Text = fmt.Sprintf("x = %.4g", x)
		return plots.Lines("step", "x", path)
	}, preset, &plots.Group{Name: "Training", Controls: []plots.Control{rate}}, last)
	// Output:
}

// Training curves that grow while the model trains.
func ExampleWatch() {
	X := mat.NewDense(4, 2, []float64{1, 2, 2, 3, 3, 4, 4, 5})
	y := mat.NewDense(4, 1, []float64{5, 8, 11, 14})
	model, err := dl.Sequential(dl.Shape{2}, &dl.Dense{Units: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	model.Compile(dl.NewAdam(0.1), dl.MSE{})
	if _, err := model.Fit(X, y, dl.FitConfig{Epochs: 200, Callbacks: []dl.Callback{plots.Watch()}}); err != nil {
		fmt.Println(err)
	}
	// Output:
}

func ExampleAudio() {
	plots.Audio("A click.", []float64{0, 1, -1, 0}, 8000)
	// Output:
}
