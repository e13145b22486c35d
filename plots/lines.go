package plots

import (
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Lines draws each series as a line through its points, in order, with a band
// between Low and High where a series has them. A value that is NaN or infinite
// leaves a gap.
func Lines(xlabel, ylabel string, series ...Series) *Figure {
	if f := check("Lines", series); f != nil {
		return f
	}
	f := New(xlabel, ylabel)
	whole, dropped := true, 0
	for i, s := range series {
		whole = whole && !slices.ContainsFunc(s.X, func(x float64) bool { return x != math.Round(x) })
		dropped += f.addBand(s.styled(i))
	}
	f.X.Tick.Marker = Ticks{Whole: whole}
	for i, s := range series {
		dropped += f.addLine(s.styled(i))
	}
	f.leftOut(dropped)
	return f
}

// addLine adds a styled series and its legend entry; it returns how many values
// could not be drawn.
func (f *Figure) addLine(s Series) (dropped int) {
	parts, dropped := s.segments()
	for _, part := range parts {
		part = thin(part)
		f.seen(part)
		f.Add(stroke{part, s.line()})
		if s.Points || len(part) == 1 {
			f.Add(&plotter.Scatter{XYs: part, GlyphStyle: s.glyph()})
		}
	}
	sample := []plot.Thumbnailer{&plotter.Line{LineStyle: s.line()}}
	if s.Points {
		sample = append(sample, &plotter.Scatter{GlyphStyle: s.glyph()})
	}
	f.Name(s.Name, sample...)
	return dropped
}

// addBand fills the area between Low and High of a styled series.
func (f *Figure) addBand(s Series) (dropped int) {
	if s.Low == nil {
		return 0
	}
	low, dropped := Series{X: s.X, Y: s.Low}.segments()
	high, more := Series{X: s.X, Y: s.High}.segments()
	if dropped+more > 0 || len(low) == 0 {
		return dropped + more // a band with holes is left out whole
	}
	f.seen(low[0])
	f.seen(high[0])
	f.Add(band{thin(low[0]), thin(high[0]), tint(s.Colour, 0.2)})
	return 0
}

// stroke draws a line in pieces: the rasteriser's time grows with the square of
// the number of points in one path.
type stroke struct {
	points plotter.XYs
	style  draw.LineStyle
}

// Plot implements plot.Plotter.
func (s stroke) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	const piece = 60
	style := s.style
	for from := 0; from < len(s.points)-1; from += piece {
		part := s.points[from:min(len(s.points), from+piece+1)]
		path := make([]vg.Point, len(part))
		for i, q := range part {
			path[i] = vg.Point{X: x(q.X), Y: y(q.Y)}
		}
		c.StrokeLines(style, c.ClipLinesXY(path)...)
		style.DashOffs += length(path) // the next piece goes on in the pattern
	}
}

// DataRange implements plot.DataRanger.
func (s stroke) DataRange() (xmin, xmax, ymin, ymax float64) { return plotter.XYRange(s.points) }

func length(path []vg.Point) (sum vg.Length) {
	for i := 1; i < len(path); i++ {
		d := path[i].Sub(path[i-1])
		sum += vg.Length(math.Hypot(float64(d.X), float64(d.Y)))
	}
	return sum
}

// band fills the area between two lines.
type band struct {
	low, high plotter.XYs
	colour    color.Color
}

// Plot implements plot.Plotter.
func (b band) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	var outline []vg.Point
	for _, q := range b.low {
		outline = append(outline, vg.Point{X: x(q.X), Y: y(q.Y)})
	}
	for i := len(b.high) - 1; i >= 0; i-- {
		outline = append(outline, vg.Point{X: x(b.high[i].X), Y: y(b.high[i].Y)})
	}
	c.FillPolygon(b.colour, c.ClipPolygonXY(outline))
}

// DataRange implements plot.DataRanger.
func (b band) DataRange() (xmin, xmax, ymin, ymax float64) {
	return plotter.XYRange(append(append(plotter.XYs{}, b.low...), b.high...))
}

// tint returns colour with an opacity between 0 and 1.
func tint(colour color.Color, opacity float64) color.Color {
	c := color.NRGBAModel.Convert(colour).(color.NRGBA)
	c.A = uint8(255*opacity + 0.5)
	return c
}
