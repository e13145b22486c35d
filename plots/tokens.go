package plots

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Text sets tokens (words, letters) one after another, each on the colour of its
// score: blue is negative, white zero, orange positive; where no score is
// negative, light is low and dark is high.
func Text(tokens []string, scores []float64) *Figure {
	if len(tokens) != len(scores) || len(tokens) == 0 {
		return failed("Text: %d tokens and %d scores, want as many, at least 1", len(tokens), len(scores))
	}
	low, high, dropped := extent([]Series{{Y: scores}})
	if low > high {
		return failed("Text: all %d scores are NaN or infinite", dropped)
	}
	shade := Sequential(min(0, low), max(high, 1e-300))
	if low < 0 {
		shade = Diverging(max(-low, high))
	}
	f := bare()
	f.HideAxes()
	f.X.Padding, f.Y.Padding = 0, 0
	if len(tokens) > 2000 {
		f.note("The first 2,000 of " + thousands(short(float64(len(tokens)))) + " tokens.")
		tokens = tokens[:2000]
	}
	p := paragraph{tokens, scores, shade, typeset(labelSize+1, ink)}
	p.style.XAlign, p.style.YAlign = draw.XLeft, draw.YCenter
	width := vg.Length(f.Width)*72/96 - 2*margin
	lines := p.lay(width, func(int, vg.Point, vg.Length) {})
	f.Height = int(math.Ceil(float64(lines)*float64(p.leading())*96/72)) + 24
	f.leftOut(dropped)
	if f.Note != "" {
		f.Height += 20
	}
	f.Add(p)
	return f
}

// paragraph sets tokens in lines.
type paragraph struct {
	tokens []string
	scores []float64
	shade  Shade
	style  text.Style
}

func (p paragraph) leading() vg.Length { return p.style.Font.Size * 1.9 }

// lay calls put with each token's left end and width, from the top left down,
// and returns the number of lines. A newline token breaks the line.
func (p paragraph) lay(width vg.Length, put func(i int, at vg.Point, w vg.Length)) (lines int) {
	pen := vg.Point{Y: -p.leading() / 2}
	lines = 1
	for i, token := range p.tokens {
		w := p.style.Width(token) + 4
		if token == "\n" || (pen.X > 0 && pen.X+w > width) {
			pen = vg.Point{Y: pen.Y - p.leading()}
			lines++
		}
		if token != "\n" {
			put(i, pen, w)
			pen.X += w + 1.5
		}
	}
	return lines
}

// Plot implements plot.Plotter.
func (p paragraph) Plot(c draw.Canvas, _ *plot.Plot) {
	half := p.style.Font.Size * 0.72
	p.lay(c.Size().X, func(i int, at vg.Point, w vg.Length) {
		left := vg.Point{X: c.Min.X + at.X, Y: c.Max.Y + at.Y}
		fill := p.shade.At(p.scores[i])
		c.FillPolygon(fill, []vg.Point{{X: left.X, Y: left.Y - half}, {X: left.X + w, Y: left.Y - half}, {X: left.X + w, Y: left.Y + half}, {X: left.X, Y: left.Y + half}})
		style := p.style
		style.Color = textOn(fill)
		fillText(c, style, left.Add(vg.Point{X: 2}), p.tokens[i])
	})
}
