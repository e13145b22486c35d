package plots

import (
	"image/color"

	xfont "golang.org/x/image/font"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// The theme: dark ink on an opaque white sheet, which is as legible on a dark
// page as on a light one. Lengths are in points of 1/72 inch; the notebook shows
// 96 dots per inch, so that text of 9 points is 12 CSS pixels high.
const (
	tickSize   = 9
	labelSize  = 10
	titleSize  = 11
	lineWidth  = 1.6
	markRadius = 2.6
	margin     = 6
)

var (
	ink   = color.RGBA{0x22, 0x22, 0x22, 0xff} // text and axes
	faint = color.RGBA{0x6a, 0x6a, 0x6a, 0xff} // ticks, notes
	rule  = color.RGBA{0xe4, 0xe4, 0xe4, 0xff} // grid lines
	panel = color.RGBA{0xf3, 0xf5, 0xf7, 0xff} // boxes of diagrams
)

// typeset returns the style of text of a size in points.
func typeset(size vg.Length, c color.Color) text.Style {
	return text.Style{
		Color:   c,
		Font:    font.From(font.Font{Typeface: "Liberation", Variant: "Sans"}, size),
		XAlign:  draw.XCenter,
		YAlign:  draw.YTop,
		Handler: notation{text.Plain{Fonts: font.DefaultCache}},
	}
}

// bold returns style with the font's heavier weight.
func bold(style text.Style) text.Style {
	style.Font.Weight = xfont.WeightBold
	return style
}

// New returns an empty plot in the course's theme, with grid lines.
// Everything else in this package starts from it.
func New(xlabel, ylabel string) *Figure {
	f := bare()
	f.X.Label.Text, f.Y.Label.Text = xlabel, ylabel
	grid := plotter.NewGrid()
	grid.Horizontal = draw.LineStyle{Color: rule, Width: 0.6}
	grid.Vertical = grid.Horizontal
	f.Add(grid)
	return f
}

// bare returns a plot in the theme without grid lines.
func bare() *Figure {
	p := plot.New()
	p.Title.TextStyle = bold(typeset(titleSize, ink))
	p.Title.Padding = 5
	p.Legend.TextStyle = typeset(tickSize, ink)
	p.Legend.TextStyle.XAlign, p.Legend.TextStyle.YAlign = draw.XLeft, draw.YBottom
	p.Legend.ThumbnailWidth = 22
	p.Legend.Top = true
	for _, axis := range []*plot.Axis{&p.X, &p.Y} {
		tick := axis.Tick.Label
		axis.Tick.Label = typeset(tickSize, faint)
		axis.Tick.Label.XAlign, axis.Tick.Label.YAlign = tick.XAlign, tick.YAlign
		axis.Tick.LineStyle = draw.LineStyle{Color: faint, Width: 0.6}
		axis.Tick.Length = 3
		axis.Tick.Marker = Ticks{}
		axis.Label.TextStyle = typeset(labelSize, ink)
		axis.Label.TextStyle.YAlign = draw.YBottom
		axis.Label.Padding = 3
		axis.LineStyle = draw.LineStyle{Color: faint, Width: 0.6}
		axis.Padding = 4
		axis.Scale = plot.LinearScale{}
	}
	return &Figure{Plot: p, Width: 600, Height: 380}
}
