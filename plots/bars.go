package plots

import (
	"fmt"
	"image/color"
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Bars draws a group of bars for each name, one bar a series: Series.Y holds a
// value for each name, Low and High (if any) the ends of a whisker. Values are
// written on the bars when there are few.
func Bars(ylabel string, names []string, series ...Series) *Figure {
	if f := check("Bars", series); f != nil {
		return f
	}
	for i, s := range series {
		if len(s.Y) != len(names) {
			return failed("Bars: %s has %d values, want %d, one for each name", s.label(i), len(s.Y), len(names))
		}
	}
	f := New("", ylabel)
	low, high, _ := extent(series)
	largest := max(-low, high)
	dropped := 0
	for i, s := range series {
		dropped += f.addBars(s.styled(i), i, len(series), largest)
	}
	f.leftOut(dropped)
	f.nominalX(names)
	f.Y.Min, f.Y.Max = min(0, f.Y.Min), max(0, f.Y.Max)
	return f
}

// addBars adds bar i of n in each group; largest is the largest value of all.
func (f *Figure) addBars(s Series, i, n int, largest float64) (dropped int) {
	width := 0.8 / float64(n)
	var list []box
	var labels words
	var whiskers []plot.Plotter
	for k, v := range s.Y {
		if !drawable(v) {
			dropped++
			continue
		}
		left := float64(k) - 0.4 + float64(i)*width
		list = append(list, box{x: Range{left + 0.02*width, left + 0.98*width}, y: Range{0, v}, fill: s.Colour})
		f.seen(plotter.XYs{{X: 1, Y: v}})
		if n*len(s.Y) <= 16 {
			style := typeset(tickSize, ink)
			style.YAlign = draw.YBottom
			labels = append(labels, word{x: left + width/2, y: v, text: digits(v, 3, largest), style: style, offset: vg.Point{Y: 1}})
		}
		if s.Low != nil && drawable(s.Low[k], s.High[k]) {
			whiskers = append(whiskers, whisker{left + width/2, s.Low[k], s.High[k]})
			labels = nil // the number would stand on the whisker
		}
	}
	if len(list) > 0 {
		f.Add(boxes{list: list})
		f.Add(whiskers...) // over the bars, or their lower halves would be hidden
	}
	f.Add(labels)
	f.Name(s.Name, swatch{s})
	return dropped
}

// nameWidth is the longest name of a category, in points, that is not cut.
const nameWidth = 150

// nominalX puts names at 0, 1, 2, … on the horizontal axis.
func (f *Figure) nominalX(names []string) {
	ticks := make(plot.ConstantTicks, len(names))
	for i, name := range names {
		ticks[i] = plot.Tick{Value: float64(i), Label: cut(name, f.X.Tick.Label, nameWidth)}
	}
	f.X.Tick.Marker = ticks
	f.X.Tick.Length, f.X.Tick.LineStyle.Color = 4, color.Transparent // room, no marks
	f.X.Tick.Label.Color = ink
	f.X.Min, f.X.Max = -0.5, float64(len(names))-0.5
	f.X.Padding = 0
}

// short writes v with three significant digits at most: 0.31, 1,200, 3.09·10⁻⁶.
func short(v float64) string {
	if !drawable(v) {
		return fmt.Sprint(v)
	}
	if v != 0 && (math.Abs(v) < 1e-3 || math.Abs(v) >= 1e6) {
		mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(v, 'e', 2, 64), "e")
		mantissa = strings.TrimRight(strings.TrimRight(mantissa, "0"), ".")
		n, _ := strconv.Atoi(exponent)
		return minus(mantissa) + "·" + power(n)
	}
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 3, 64), 64)
	return minus(thousands(strconv.FormatFloat(rounded, 'f', -1, 64)))
}

// digits writes v with so many significant digits of the largest value beside it.
func digits(v float64, n int, largest float64) string {
	if !drawable(v) {
		return "NaN"
	}
	if largest < 1e-3 || largest >= 1e6 {
		return short(v)
	}
	decimals := max(0, n-1-int(math.Floor(math.Log10(largest*(1-1e-9)))))
	return minus(thousands(strconv.FormatFloat(v, 'f', decimals, 64)))
}

// swatch is the legend entry of a filled area.
type swatch struct{ Series }

// Thumbnail implements plot.Thumbnailer.
func (s swatch) Thumbnail(c *draw.Canvas) {
	middle, r := c.Center(), vg.Length(4)
	c.FillPolygon(s.Colour, []vg.Point{{X: middle.X - r, Y: middle.Y - r}, {X: middle.X + r, Y: middle.Y - r}, {X: middle.X + r, Y: middle.Y + r}, {X: middle.X - r, Y: middle.Y + r}})
}

// whisker is a vertical line with two short bars: an interval.
type whisker struct{ x, low, high float64 }

// Plot implements plot.Plotter.
func (w whisker) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	at, low, high := x(w.x), y(w.low), y(w.high)
	style := draw.LineStyle{Color: ink, Width: 1}
	c.StrokeLine2(style, at, low, at, high)
	c.StrokeLine2(style, at-3, low, at+3, low)
	c.StrokeLine2(style, at-3, high, at+3, high)
}

// DataRange implements plot.DataRanger.
func (w whisker) DataRange() (xmin, xmax, ymin, ymax float64) { return w.x, w.x, w.low, w.high }
