package plots

import (
	"fmt"
	"image/color"
	"math"
	"strings"

	"descent/dl"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Network draws a model as a chain of blocks: each layer's name, the shape of
// one sample that leaves it, and how many numbers it learns. Layers inside
// containers are inset. To know the shapes it predicts one sample of zeros.
func Network(m *dl.Model) *Figure {
	if m == nil {
		return failed("Network: the model is nil")
	}
	if _, err := m.Predict(mat.NewDense(1, m.In.Size(), nil)); err != nil {
		return failed("Network: %v", err)
	}
	var blocks []Block
	for _, name := range m.Names() {
		parts := strings.Split(name, ".")
		b := Block{Name: parts[len(parts)-1], Inside: len(parts)/2 - 1}
		if y, err := m.Activation(name); err == nil {
			b.Shape = fmt.Sprint(y.Shape[1:])
		}
		for _, p := range m.Params.List {
			if strings.HasPrefix(p.Name, name+".") {
				b.Params += p.Shape.Size()
			}
		}
		blocks = append(blocks, b)
	}
	return Blocks(fmt.Sprintf("input %v", m.In), blocks...)
}

// A Block is one layer in a diagram of Blocks.
type Block struct {
	Name   string // "Dense, 64 units"
	Shape  string // of what leaves it: "26×26×8"
	Params int    // how many parameters it has
	Inside int    // how deep it lies in containers; 0 is the chain itself
}

// Blocks draws a network as a chain of blocks from the input, on top, to the
// output: name and parameters in each, the shape that is passed on below it.
func Blocks(input string, blocks ...Block) *Figure {
	if len(blocks) == 0 {
		return failed("Blocks: no block given")
	}
	f := bare()
	f.HideAxes()
	f.X.Padding, f.Y.Padding = 0, 0
	f.Width, f.Height = 430, (len(blocks)*(blockHeight+blockGap)+blockGap+14)*96/72+2*margin*96/72
	f.Add(chain{input, blocks})
	return f
}

// chain draws blocks below one another.
type chain struct {
	input  string
	blocks []Block
}

const blockHeight, blockGap = 25, 19 // in points

// Plot implements plot.Plotter.
func (n chain) Plot(c draw.Canvas, _ *plot.Plot) {
	x, y := c.Center().X, c.Max.Y-6
	fillText(c, shapeStyle(draw.XCenter), vg.Point{X: x, Y: y}, n.input)
	y -= 8
	total := 0
	for i, b := range n.blocks {
		total += b.Params
		arrow(c, vg.Point{X: x, Y: y}, vg.Point{X: x, Y: y - blockGap + 1}, faint)
		if i > 0 {
			fillText(c, shapeStyle(draw.XLeft), vg.Point{X: x + 7, Y: y - blockGap/2}, n.blocks[i-1].Shape)
		}
		y -= blockGap
		inset := 24 + vg.Length(min(b.Inside, 4))*16
		b.draw(c, vg.Rectangle{Min: vg.Point{X: c.Min.X + inset, Y: y - blockHeight}, Max: vg.Point{X: c.Max.X - inset, Y: y}})
		y -= blockHeight
	}
	arrow(c, vg.Point{X: x, Y: y}, vg.Point{X: x, Y: y - blockGap + 1}, faint)
	fillText(c, shapeStyle(draw.XLeft), vg.Point{X: x + 7, Y: y - blockGap/2}, n.blocks[len(n.blocks)-1].Shape)
	fillText(c, shapeStyle(draw.XRight), vg.Point{X: c.Max.X - 24, Y: y - blockGap/2}, "in all "+thousands(fmt.Sprint(total)))
}

// draw draws one block in r; those with parameters are tinted.
func (b Block) draw(c draw.Canvas, r vg.Rectangle) {
	fill, count := panel, ""
	if b.Params > 0 {
		fill = blend(color.RGBA{0xff, 0xff, 0xff, 0xff}, Colour(0), 0.16)
		count = thousands(fmt.Sprint(b.Params)) + " parameters"
	}
	rectangle(c, r, fill, faint)
	name, params := typeset(labelSize, ink), shapeStyle(draw.XRight)
	name.XAlign, name.YAlign = draw.XLeft, draw.YCenter
	middle := (r.Min.Y + r.Max.Y) / 2
	room := r.Size().X - 20 - params.Width(count)
	fitText(c, name, vg.Point{X: r.Min.X + 7, Y: middle}, b.Name, room)
	fillText(c, params, vg.Point{X: r.Max.X - 7, Y: middle}, count)
}

func shapeStyle(align draw.XAlignment) text.Style {
	s := typeset(tickSize, faint)
	s.XAlign, s.YAlign = align, draw.YCenter
	return s
}

// Neurons draws a small network as circles and lines. weights[l] (in×out, as in
// a dl.Dense) join layer l to layer l+1: blue is negative, orange positive, and a
// line is the wider the larger its weight. Layers of more than 12 units are cut.
func Neurons(weights ...mat.Matrix) *Figure {
	if len(weights) == 0 {
		return failed("Neurons: no weights given")
	}
	var sizes []int
	for l, w := range weights {
		if w == nil {
			return failed("Neurons: weights %d are nil", l)
		}
		in, out := w.Dims()
		if l == 0 {
			sizes = append(sizes, in)
		}
		if in == 0 || out == 0 || in != sizes[l] {
			return failed("Neurons: weights %d are %d×%d, want %d rows as layer %d has units", l, in, out, sizes[l], l)
		}
		sizes = append(sizes, out)
	}
	f := bare()
	f.HideAxes()
	f.X.Padding, f.Y.Padding = 0, 0
	f.Width = min(maxWidth, 160*len(sizes))
	tallest := 0
	for _, n := range sizes {
		tallest = max(tallest, min(n, mostUnits))
	}
	f.Height = 40*tallest + 50
	limit := 1e-300
	for _, w := range weights {
		if low, high := extremes(w); low <= high {
			limit = max(limit, -low, high)
		}
	}
	shade := Diverging(limit)
	f.scale = &shade
	f.Width += 60
	f.Add(neurons{weights, sizes, limit})
	return f
}

const mostUnits = 12

// neurons draws units in columns.
type neurons struct {
	weights []mat.Matrix
	sizes   []int
	limit   float64
}

// Plot implements plot.Plotter.
func (n neurons) Plot(c draw.Canvas, _ *plot.Plot) {
	const foot = 16
	at := func(layer, unit int) vg.Point {
		shown := min(n.sizes[layer], mostUnits)
		return vg.Point{
			X: c.Min.X + (vg.Length(layer)+0.5)*c.Size().X/vg.Length(len(n.sizes)),
			Y: c.Max.Y - (c.Size().Y-foot)*(0.5+(vg.Length(unit)-vg.Length(shown-1)/2)/vg.Length(mostShown(n.sizes))),
		}
	}
	shade := Diverging(n.limit)
	for l, w := range n.weights {
		for i := 0; i < min(n.sizes[l], mostUnits); i++ {
			for j := 0; j < min(n.sizes[l+1], mostUnits); j++ {
				v := w.At(i, j)
				size := math.Abs(v) / n.limit
				style := draw.LineStyle{Color: blend(shade.At(v), color.RGBA{0x88, 0x88, 0x88, 0xff}, 0.25), Width: vg.Length(0.3 + 2.4*size)}
				if !drawable(v) {
					style.Width = 0.3
				}
				a, b := at(l, i), at(l+1, j)
				c.StrokeLine2(style, a.X, a.Y, b.X, b.Y)
			}
		}
	}
	n.units(c, at)
}

// units draws the circles, and below each column how many there are.
func (n neurons) units(c draw.Canvas, at func(layer, unit int) vg.Point) {
	for l, size := range n.sizes {
		for u := 0; u < min(size, mostUnits); u++ {
			c.DrawGlyph(draw.GlyphStyle{Color: ink, Radius: 8.6, Shape: draw.CircleGlyph{}}, at(l, u))
			c.DrawGlyph(draw.GlyphStyle{Color: color.White, Radius: 7.8, Shape: draw.CircleGlyph{}}, at(l, u))
		}
		label := fmt.Sprintf("%d units", size)
		switch {
		case size > mostUnits:
			label = fmt.Sprintf("%d of %d units", mostUnits, size)
		case l == 0:
			label = fmt.Sprintf("%d inputs", size)
		case size == 1:
			label = "1 unit"
		}
		fillText(c, shapeStyle(draw.XCenter), vg.Point{X: at(l, 0).X, Y: c.Min.Y + 5}, label)
	}
}

func mostShown(sizes []int) int {
	most := 1
	for _, n := range sizes {
		most = max(most, min(n, mostUnits))
	}
	return most
}

// rectangle fills and outlines r.
func rectangle(c draw.Canvas, r vg.Rectangle, fill, outline color.Color) {
	corners := []vg.Point{r.Min, {X: r.Max.X, Y: r.Min.Y}, r.Max, {X: r.Min.X, Y: r.Max.Y}}
	c.FillPolygon(fill, corners)
	c.StrokeLines(draw.LineStyle{Color: outline, Width: 0.7}, append(corners, corners[0]))
}

// arrow draws a line with a head at its end.
func arrow(c draw.Canvas, from, to vg.Point, colour color.Color) {
	c.StrokeLine2(draw.LineStyle{Color: colour, Width: 0.8}, from.X, from.Y, to.X, to.Y)
	angle := math.Atan2(float64(to.Y-from.Y), float64(to.X-from.X))
	head := []vg.Point{to}
	for _, turn := range []float64{2.7, -2.7} {
		sin, cos := math.Sincos(angle + turn)
		head = append(head, vg.Point{X: to.X + 5*vg.Length(cos), Y: to.Y + 5*vg.Length(sin)})
	}
	c.FillPolygon(colour, head)
}
