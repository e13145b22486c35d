package plots

import (
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

	legend   []entry
	scale    *Shade     // a bar of colours to the right, if any
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

// An entry of the legend is a name after a sample of how it is drawn.
type entry struct {
	name   string
	sample []plot.Thumbnailer
}

// Name adds an entry to the legend above the data. (gonum/plot's own Legend can
// be used as well; it stands on the data.)
func (f *Figure) Name(name string, sample ...plot.Thumbnailer) {
	if name != "" {
		f.legend = append(f.legend, entry{name, sample})
	}
}

// Draw draws the figure: title, legend, note, bar of colours, and the plot in
// the room that is left.
func (f *Figure) Draw(c draw.Canvas) {
	c.SetColor(color.White)
	c.Fill(c.Rectangle.Path())
	p := *f.Plot
	rest := f.surround(&p, draw.Crop(c, margin, -margin, margin, -margin))
	p.Draw(rest)
}

// surround draws what stands around the plot p, a copy of f's, takes it off p,
// fits the ticks and returns the canvas that is left.
func (f *Figure) surround(p *plot.Plot, c draw.Canvas) draw.Canvas {
	p.BackgroundColor = nil
	if p.Title.Text != "" {
		title := p.Title.TextStyle
		title.XAlign, title.YAlign = draw.XLeft, draw.YTop
		text := wrap(p.Title.Text, title, c.Size().X)
		c.FillText(title, vg.Point{X: c.Min.X, Y: c.Max.Y + title.FontExtents().Descent}, text)
		c.Max.Y -= title.Height(text) + p.Title.Padding
		p.Title.Text = ""
	}
	if f.Note != "" {
		style := typeset(tickSize-1, faint)
		style.XAlign, style.YAlign = draw.XLeft, draw.YBottom
		note := wrap(f.Note, style, c.Size().X)
		c.FillText(style, vg.Point{X: c.Min.X, Y: c.Min.Y + style.FontExtents().Descent}, note)
		c.Min.Y += style.Height(note) + margin
	}
	c = f.drawLegend(c)
	p.X.Label.Text = wrap(p.X.Label.Text, p.X.Label.TextStyle, c.Size().X*0.9)
	p.Y.Label.Text = wrap(p.Y.Label.Text, p.Y.Label.TextStyle, c.Size().Y*0.9)
	c = drawScale(f.scale, p, c)
	c = drawLogLabel(p, c)
	fitTicks(p, c)
	return c
}

// drawLogLabel draws the label of a logarithmic Y axis and returns the rest of c.
// Plot would give it room around the middle of the numbers, which on this axis is
// near the top: a blank band over the frame.
func drawLogLabel(p *plot.Plot, c draw.Canvas) draw.Canvas {
	text, style := p.Y.Label.Text, p.Y.Label.TextStyle
	if _, log := p.Y.Scale.(logScale); !log || text == "" {
		return c
	}
	p.Y.Label.Text = ""
	height, descent := style.Height(text), style.FontExtents().Descent
	rest := draw.Crop(c, height+descent+p.Y.Label.Padding, 0, 0, 0)
	style.Rotation += math.Pi / 2
	q := *p
	data := q.DataCanvas(rest)
	c.FillText(style, vg.Point{X: c.Min.X + height - descent, Y: data.Center().Y}, text)
	return rest
}

// drawLegend sets the entries in lines at the top of c and returns the rest.
func (f *Figure) drawLegend(c draw.Canvas) draw.Canvas {
	if len(f.legend) == 0 {
		return c
	}
	style := f.Legend.TextStyle
	sample, height := f.Legend.ThumbnailWidth, style.FontExtents().Height+3
	pen := vg.Point{X: c.Min.X, Y: c.Max.Y - height}
	for _, e := range f.legend {
		name := wrap(e.name, style, c.Size().X-sample-2*margin)
		width := sample + 4 + style.Width(name)
		if pen.X > c.Min.X && pen.X+width > c.Max.X {
			pen = vg.Point{X: c.Min.X, Y: pen.Y - height}
		}
		icon := draw.Canvas{Canvas: c.Canvas, Rectangle: vg.Rectangle{Min: pen, Max: pen.Add(vg.Point{X: sample, Y: height})}}
		for _, t := range e.sample {
			t.Thumbnail(&icon)
		}
		style.YAlign = draw.YCenter
		fillText(c, style, vg.Point{X: pen.X + sample + 4, Y: pen.Y + height/2}, name)
		pen.X += width + 3*margin
	}
	c.Max.Y = pen.Y - margin
	return c
}

// fitTicks keeps the labels of axes from overlapping: numbers become fewer, names
// break into lines or turn by 45°.
func fitTicks(p *plot.Plot, c draw.Canvas) {
	fewer(&p.X, func() bool { return ticksFit(p, c) })
	fewer(&p.Y, func() bool {
		q := *p
		height := q.DataCanvas(c).Size().Y
		labels := p.Y.Tick.Marker.Ticks(q.Y.Min, q.Y.Max)
		return vg.Length(len(labels)-1)*1.3*p.Y.Tick.Label.Font.Size <= height
	})
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

// fewer takes numbers off an axis until they fit.
func fewer(axis *plot.Axis, fit func() bool) {
	t, ok := axis.Tick.Marker.(Ticks)
	for count := 4; ok && count >= 1 && !fit(); count-- {
		axis.Tick.Marker = Ticks{Count: count, Whole: t.Whole}
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
