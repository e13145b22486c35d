package plots

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Stack puts figures below one another, each as high as it says and all as wide
// as the widest. (A Grid makes them all one size.) The result is a figure.
func Stack(figures ...*Figure) *Figure {
	if len(figures) == 0 {
		return failed("Stack: no figure given")
	}
	all := bare()
	all.HideAxes()
	all.X.Padding, all.Y.Padding = 0, 0
	all.Width, all.Height = 0, 2*margin
	for _, f := range figures {
		all.Width, all.Height = max(all.Width, f.Width), all.Height+f.Height
	}
	all.Add(stack(figures))
	return all
}

// stack draws figures, the first on top.
type stack []*Figure

// Plot implements plot.Plotter.
func (s stack) Plot(c draw.Canvas, _ *plot.Plot) {
	total := 0
	for _, f := range s {
		total += f.Height
	}
	top := c.Max.Y
	for _, f := range s {
		bottom := top - c.Size().Y*vg.Length(f.Height)/vg.Length(total)
		f.Draw(draw.Canvas{Canvas: c.Canvas, Rectangle: vg.Rectangle{
			Min: vg.Point{X: c.Min.X, Y: bottom}, Max: vg.Point{X: c.Max.X, Y: top}}})
		top = bottom
	}
}
