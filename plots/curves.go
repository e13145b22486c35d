package plots

import (
	"sort"
	"strconv"

	"descent/dl"

	"gonum.org/v1/plot/plotter"
)

// Curves draws what Fit returns: a panel for the loss and one for each metric,
// training against validation over the epochs, counted from 1. A star marks the
// epoch of the lowest validation loss (without validation data, of the lowest
// training loss) in every panel. A loss that falls to less than a thousandth is
// drawn on a logarithmic axis.
func Curves(h *dl.History) *Figure {
	if h == nil || len(h.Loss) == 0 {
		return failed("Curves: the history has no epochs")
	}
	judge := h.Loss
	if len(h.ValLoss) > 0 {
		judge = h.ValLoss
	}
	best := lowest(judge)
	loss := curve("loss", h.Loss, h.ValLoss, best)
	if low, high, _ := extent([]Series{{Y: h.Loss}, {Y: h.ValLoss}}); low > 0 && high/low > 1000 {
		loss.LogY()
	}
	panels := []Drawer{loss}
	var names []string
	for name := range h.Metrics {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		panels = append(panels, curve(name, h.Metrics[name], h.ValMetrics[name], best))
	}
	if len(panels) == 1 {
		return panels[0].(*Figure)
	}
	return Grid(2, panels...)
}

func curve(name string, train, validation []float64, best int) *Figure {
	f := New("epoch", name)
	f.Width, f.Height = 520, 340
	f.X.Tick.Marker = Ticks{Whole: true}
	dropped := f.addLine(Series{Name: "training", X: epochs(train), Y: train}.styled(0))
	starred := train
	if len(validation) > 0 {
		dropped += f.addLine(Series{Name: "validation", X: epochs(validation), Y: validation}.styled(1))
		starred = validation
	}
	f.leftOut(dropped)
	if best >= 0 && best < len(starred) && drawable(starred[best]) {
		style := Series{Colour: ink, Shape: star}.glyph()
		style.Radius = 4
		f.Add(&plotter.Scatter{XYs: plotter.XYs{{X: float64(best + 1), Y: starred[best]}}, GlyphStyle: style})
		f.Name("epoch "+thousands(strconv.Itoa(best+1)), &plotter.Scatter{GlyphStyle: style})
	}
	return f
}

// epochs counts 1, 2, 3, … for each value.
func epochs(values []float64) []float64 {
	x := make([]float64, len(values))
	for i := range x {
		x[i] = float64(i + 1)
	}
	return x
}

// lowest returns the index of the lowest value, or -1 if none is a number.
func lowest(values []float64) int {
	best := -1
	for i, v := range values {
		if drawable(v) && (best < 0 || v < values[best]) {
			best = i
		}
	}
	return best
}
