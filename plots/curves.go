package plots

import (
	"strconv"

	"gonum.org/v1/plot/plotter"
)

// A Curve is a quantity followed through training, one value an epoch.
type Curve struct {
	Name       string    // of the quantity: "loss", "accuracy"
	Train      []float64 // on the training data
	Validation []float64 // on data not trained on; nil if there is none
	Maximise   bool      // more is better, as for accuracy
}

// Curves draws training curves, one panel a quantity: training against
// validation over the epochs, counted from 1, with the epoch of the best
// validation (without validation, the best training) value marked.
func Curves(curves ...Curve) *Figure {
	var panels []Drawer
	for _, c := range curves {
		panels = append(panels, c.panel())
	}
	switch len(panels) {
	case 0:
		return failed("Curves: no curve given")
	case 1:
		return panels[0].(*Figure)
	}
	return Grid(len(panels), panels...)
}

func (c Curve) panel() *Figure {
	if len(c.Train) == 0 {
		return failed("Curves: %s has no training values", c.Name)
	}
	if c.Validation != nil && len(c.Validation) != len(c.Train) {
		return failed("Curves: %s has %d validation values, want %d as for training", c.Name, len(c.Validation), len(c.Train))
	}
	f := New("epoch", c.Name)
	f.Width = 480
	epochs := make([]float64, len(c.Train))
	for i := range epochs {
		epochs[i] = float64(i + 1)
	}
	dropped := f.addLine(Series{Name: "training", X: epochs, Y: c.Train}.styled(0))
	best := c.Train
	if c.Validation != nil {
		dropped += f.addLine(Series{Name: "validation", X: epochs, Y: c.Validation}.styled(1))
		best = c.Validation
	}
	f.leftOut(dropped)
	if i := c.best(best); i >= 0 {
		style := Series{Colour: ink, Shape: star}.glyph()
		style.Radius = 4
		f.Add(&plotter.Scatter{XYs: plotter.XYs{{X: epochs[i], Y: best[i]}}, GlyphStyle: style})
		f.name("best: epoch "+thousands(strconv.Itoa(i+1)), &plotter.Scatter{GlyphStyle: style})
	}
	return f
}

// best returns the index of the best value, or -1 if none is a number.
func (c Curve) best(values []float64) int {
	best := -1
	for i, v := range values {
		if !drawable(v) {
			continue
		}
		if best < 0 || (c.Maximise && v > values[best]) || (!c.Maximise && v < values[best]) {
			best = i
		}
	}
	return best
}
