package plots

import (
	"errors"
	"fmt"
	"image/color"
	"math"
	"sort"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// A Figure is a plot with the size it is shown at. All fields and methods of
// *plot.Plot can be used on it.
type Figure struct {
	*plot.Plot

	// Width and Height are in CSS pixels (1/96 inch); the PNG has twice as many.
	Width, Height int

	// Note is a line of small print under the picture.
	Note string

	positive [2]float64 // the smallest positive x and y drawn, for log axes
	err      error
}

// Drawer is anything with a picture: a *Figure or a *plot.Plot.
type Drawer interface{ Draw(c draw.Canvas) }

// Err returns what kept the figure from being drawn, or nil. A figure with an
// error draws it as text.
func (f *Figure) Err() error { return f.err }

// LogX makes the horizontal axis logarithmic. What is not positive is drawn at
// its low end.
func (f *Figure) LogX() { setLog(&f.X, f.positive[0]) }

// LogY makes the vertical axis logarithmic. What is not positive is drawn at
// its low end.
func (f *Figure) LogY() { setLog(&f.Y, f.positive[1]) }

func setLog(axis *plot.Axis, smallest float64) {
	axis.Scale, axis.Tick.Marker = logScale{}, logTicks{}
	if smallest > 0 && !(axis.Min > 0) {
		axis.Min = smallest
	}
}

// failed returns a figure that says what is wrong instead of showing data.
func failed(format string, args ...any) *Figure {
	f := bare()
	f.err = fmt.Errorf("plots: "+format, args...)
	f.HideAxes()
	f.Height = 130
	f.Add(sheet{f.err.Error()})
	return f
}

// sheet draws a message in the middle of the canvas.
type sheet struct{ message string }

// Plot implements plot.Plotter.
func (s sheet) Plot(c draw.Canvas, _ *plot.Plot) {
	style := typeset(labelSize, color.RGBA{0x7a, 0x05, 0x07, 0xff})
	style.YAlign = draw.YCenter
	c.FillText(style, c.Center(), wrap(s.message, style, c.Size().X-4*margin))
}

// Draw draws the figure: the sheet, the note, the legend to the right of the
// data (above them where that would leave too little room), then the plot.
func (f *Figure) Draw(c draw.Canvas) {
	c.SetColor(color.White)
	c.Fill(c.Rectangle.Path())
	c = draw.Crop(c, margin, -margin, margin, -margin)
	if f.Note != "" {
		style := typeset(tickSize-1, faint)
		style.XAlign, style.YAlign = draw.XLeft, draw.YBottom
		note := wrap(f.Note, style, c.Size().X)
		c.FillText(style, vg.Point{X: c.Min.X, Y: c.Min.Y + style.FontExtents().Descent}, note)
		c.Min.Y += style.Height(note) + margin
	}
	p := *f.Plot
	p.BackgroundColor = nil
	p.Title.Text = wrap(p.Title.Text, p.Title.TextStyle, c.Size().X)
	c = drawLegend(&p, c)
	p.X.Label.Text = wrap(p.X.Label.Text, p.X.Label.TextStyle, c.Size().X*0.9)
	p.Y.Label.Text = wrap(p.Y.Label.Text, p.Y.Label.TextStyle, c.Size().Y*0.9)
	fitTicks(&p, c)
	p.Draw(c)
}

// drawLegend draws the legend of p outside the data, takes it off p and returns
// the canvas that is left.
func drawLegend(p *plot.Plot, c draw.Canvas) draw.Canvas {
	size := p.Legend.Rectangle(c).Size()
	if size.Y == 0 {
		return c
	}
	legend := p.Legend
	p.Legend = plot.NewLegend()
	if size.X < c.Size().X*0.4 {
		right := c
		right.Min.X = c.Max.X - size.X
		if p.Title.Text != "" {
			right.Max.Y -= p.Title.TextStyle.Height(p.Title.Text) + p.Title.Padding
		}
		legend.Draw(right)
		c.Max.X = right.Min.X - 2*margin
		return c
	}
	legend.Draw(c)
	c.Max.Y -= size.Y + margin
	return c
}

// fitTicks keeps the labels of the horizontal axis from overlapping: numbers
// become fewer, names break into lines or turn by 45°.
func fitTicks(p *plot.Plot, c draw.Canvas) {
	for count := 4; count >= 1 && !ticksFit(p, c); count-- {
		if _, ok := p.X.Tick.Marker.(Ticks); !ok {
			break
		}
		p.X.Tick.Marker = Ticks{Count: count}
	}
	names, ok := p.X.Tick.Marker.(plot.ConstantTicks)
	if !ok || ticksFit(p, c) {
		return
	}
	width := p.DataCanvas(c).Size().X / vg.Length(max(1, len(names)))
	broken := make(plot.ConstantTicks, len(names))
	for i, t := range names {
		broken[i] = plot.Tick{Value: t.Value, Label: wrap(t.Label, p.X.Tick.Label, width*0.9)}
	}
	p.X.Tick.Marker = broken
	if !ticksFit(p, c) {
		p.X.Tick.Marker = names
		p.X.Tick.Label.Rotation = math.Pi / 4
		p.X.Tick.Label.XAlign, p.X.Tick.Label.YAlign = draw.XRight, draw.YCenter
	}
}

func ticksFit(p *plot.Plot, c draw.Canvas) bool {
	q := *p // DataCanvas cleans the ranges of the plot it is called on
	data := q.DataCanvas(c)
	ticks := append([]plot.Tick(nil), p.X.Tick.Marker.Ticks(q.X.Min, q.X.Max)...)
	sort.Slice(ticks, func(i, j int) bool { return ticks[i].Value < ticks[j].Value })
	end := vg.Length(math.Inf(-1))
	for _, t := range ticks {
		at := data.X(q.X.Norm(t.Value))
		if t.IsMinor() || !data.ContainsX(at) {
			continue
		}
		half := p.X.Tick.Label.Width(t.Label) / 2
		if at-half < end+4 {
			return false
		}
		end = at + half
	}
	return true
}

// errNoAlt is what Show and Save say when the alt text is missing.
var errNoAlt = errors.New("plots: alt text is missing: say in a sentence what the picture shows")
