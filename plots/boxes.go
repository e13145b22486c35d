package plots

import (
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// A box is a filled rectangle in data coordinates with text in its middle: a
// bar, a bin, a cell.
type box struct {
	x, y Range
	fill color.Color
	text string
	ink  color.Color // of the text
}

// boxes draws rectangles; they have no outlines.
type boxes struct {
	list []box
	size vg.Length // of the text; 0 means that of ticks
	fit  bool      // write none of the texts unless each fits into its box
}

// Plot implements plot.Plotter.
func (b boxes) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	size := b.size
	if size == 0 {
		size = tickSize
	}
	write := true
	for _, r := range b.list {
		if b.fit && (typeset(size, r.ink).Width(r.text) > x(r.x[1])-x(r.x[0]) || r.text != "" && size > y(r.y[1])-y(r.y[0])) {
			write = false
		}
	}
	for _, r := range b.list {
		corners := []vg.Point{{X: x(r.x[0]), Y: y(r.y[0])}, {X: x(r.x[1]), Y: y(r.y[0])}, {X: x(r.x[1]), Y: y(r.y[1])}, {X: x(r.x[0]), Y: y(r.y[1])}}
		c.FillPolygon(r.fill, c.ClipPolygonXY(corners))
		if r.text == "" || !write {
			continue
		}
		style := typeset(size, r.ink)
		style.YAlign = draw.YCenter
		middle := vg.Point{X: (corners[0].X + corners[2].X) / 2, Y: (corners[0].Y + corners[2].Y) / 2}
		fillText(c, style, middle, r.text)
	}
}

// DataRange implements plot.DataRanger.
func (b boxes) DataRange() (xmin, xmax, ymin, ymax float64) {
	xmin, xmax, ymin, ymax = b.list[0].x[0], b.list[0].x[1], b.list[0].y[0], b.list[0].y[1]
	for _, r := range b.list {
		xmin, xmax = min(xmin, r.x[0], r.x[1]), max(xmax, r.x[0], r.x[1])
		ymin, ymax = min(ymin, r.y[0], r.y[1]), max(ymax, r.y[0], r.y[1])
	}
	return xmin, xmax, ymin, ymax
}

// fillText draws text so that its capitals, and not its descenders too, stand
// in the middle of at when the style says YCenter.
func fillText(c draw.Canvas, style text.Style, at vg.Point, txt string) {
	at.Y += style.Font.Size * 0.12
	c.FillText(style, at, txt)
}

// A word is text at a point in data coordinates, moved by an offset in points.
type word struct {
	x, y   float64
	text   string
	style  text.Style
	offset vg.Point
	plate  bool // a white ground, for text on top of data

	atRight bool // at the right end of the axis, wherever that is, and not at x
}

// words draws text.
type words []word

// Plot implements plot.Plotter.
func (w words) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	for _, t := range w {
		at := vg.Point{X: x(t.x), Y: y(t.y)}
		if t.atRight {
			at.X = x(p.X.Max)
		}
		at = at.Add(t.offset)
		if t.plate {
			r := t.style.Rectangle(t.text).Add(at.Add(vg.Point{Y: t.style.Font.Size * 0.12}))
			c.FillPolygon(tint(color.White, 0.85), []vg.Point{{X: r.Min.X - 3, Y: r.Min.Y}, {X: r.Max.X + 3, Y: r.Min.Y}, {X: r.Max.X + 3, Y: r.Max.Y}, {X: r.Min.X - 3, Y: r.Max.Y}})
		}
		fillText(c, t.style, at, t.text)
	}
}

// GlyphBoxes implements plot.GlyphBoxer, so that text at the edge is not cut.
func (w words) GlyphBoxes(p *plot.Plot) []plot.GlyphBox {
	list := make([]plot.GlyphBox, len(w))
	for i, t := range w {
		if t.atRight {
			t.x = p.X.Max
		}
		list[i] = plot.GlyphBox{X: p.X.Norm(t.x), Y: p.Y.Norm(t.y), Rectangle: t.style.Rectangle(t.text).Add(t.offset)}
	}
	return list
}
