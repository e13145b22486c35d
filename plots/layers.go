package plots

import (
	"math"
	"sort"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Layers draws the distribution of a quantity in each layer of a network (its
// activations, gradients, weights) as a row of hills on one axis, the first
// layer on top, with the standard deviation (sd) at the right. Series.Y holds a
// layer's values, Series.Name its name. The axis spans all but the outermost
// hundredth of all values.
func Layers(xlabel string, layers ...Series) *Figure {
	if f := check("Layers", layers); f != nil {
		return f
	}
	x, ok := central(layers)
	if !ok {
		return failed("Layers: all values are NaN or infinite")
	}
	f := New(xlabel, "")
	f.Height = max(200, 70+46*len(layers))
	var names plot.ConstantTicks
	var deviations words
	dropped := 0
	for i, s := range layers {
		s = s.styled(0)
		base := float64(len(layers) - 1 - i)
		names = append(names, plot.Tick{Value: base, Label: cut(s.Name, f.Y.Tick.Label, nameWidth)})
		_, deviation, n, bad := moments(s.Y)
		dropped += bad
		style := typeset(tickSize, ink)
		style.XAlign, style.YAlign = draw.XLeft, draw.YCenter
		text := "sd " + short(deviation)
		if n == 0 {
			text = "no values"
		}
		deviations = append(deviations, word{y: base + 0.25, text: text, style: style, offset: vg.Point{X: 5}, atRight: true})
		f.addHill(s, x, base)
	}
	f.Add(deviations)
	f.Y.Tick.Marker, f.Y.Tick.Length, f.Y.LineStyle.Width = names, 0, 0
	f.Y.Tick.Label.Color = ink
	f.X.Min, f.X.Max, f.Y.Min, f.Y.Max = x[0], x[1], 0, float64(len(layers))
	f.leftOut(dropped)
	return f
}

// addHill adds a histogram that stands on a height of base and is 0.85 high.
func (f *Figure) addHill(s Series, x Range, base float64) {
	outline := staircase(count(s.Y, x[0], x[1], 60), x)
	top := 0.0
	for _, p := range outline {
		top = max(top, p.Y)
	}
	for k := range outline {
		outline[k].Y = base + 0.85*outline[k].Y/max(1, top)
	}
	floor := plotter.XYs{{X: x[0], Y: base}, {X: x[1], Y: base}}
	f.Add(band{floor, outline, tint(s.Colour, 0.35)}, &plotter.Line{XYs: outline, LineStyle: draw.LineStyle{Color: s.Colour, Width: 1}})
}

// central is the range between the half per cent at both ends of all values.
func central(series []Series) (Range, bool) {
	var all []float64
	for _, s := range series {
		for _, v := range s.Y {
			if drawable(v) {
				all = append(all, v)
			}
		}
	}
	if len(all) == 0 {
		return Range{}, false
	}
	sort.Float64s(all)
	x := Range{all[len(all)/200], all[len(all)-1-len(all)/200]}
	if x[0] == x[1] {
		x = Range{x[0] - 0.5, x[1] + 0.5}
	}
	return x, true
}

// moments returns mean and standard deviation of the drawable values, how many
// there are, and how many are not.
func moments(values []float64) (mean, deviation float64, n, dropped int) {
	squares := 0.0
	for _, v := range values {
		if !drawable(v) {
			dropped++
			continue
		}
		n++
		d := v - mean
		mean += d / float64(n)
		squares += d * (v - mean)
	}
	return mean, math.Sqrt(squares / float64(max(1, n))), n, dropped
}
