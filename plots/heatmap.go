package plots

import (
	"image/color"
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// HeatMap draws a matrix as cells of colour, its first row on top, with names
// for rows and columns (nil leaves numbers) and the values written in the cells
// where they have room. Values of both signs shade from blue over white at zero
// to orange, others from light to dark. NaN is grey.
func HeatMap(m mat.Matrix, rows, columns []string) *Figure {
	if f := checkNames("HeatMap", m, rows, columns); f != nil {
		return f
	}
	r, c := m.Dims()
	low, high := extremes(m)
	if low > high {
		return failed("HeatMap: all %d values are NaN or infinite", r*c)
	}
	shade := shadeFor(low, high)
	f := cells(r, c, rows, columns, func(i, j int) (color.RGBA, string) {
		v := m.At(i, j)
		return shade.At(v), digits(v, 2, max(-low, high))
	})
	f.scale = &shade
	return f
}

// Attention draws the weights with which each query (a row) looks at each key (a
// column): a HeatMap from 0 to the largest weight, tokens on its axes.
func Attention(queries, keys []string, weights mat.Matrix) *Figure {
	if f := checkNames("Attention", weights, queries, keys); f != nil {
		return f
	}
	r, c := weights.Dims()
	low, high := extremes(weights)
	if low > high || low < 0 {
		return failed("Attention: weights are from %g to %g, want numbers of 0 and more", low, high)
	}
	shade := Sequential(0, high)
	f := cells(r, c, queries, keys, func(i, j int) (color.RGBA, string) {
		text := ""
		if v := weights.At(i, j); v >= 0.005 {
			text = digits(v, 2, 1)
		}
		return shade.At(weights.At(i, j)), text
	})
	f.X.Label.Text, f.Y.Label.Text = "attends to (key)", "query"
	f.scale = &shade
	return f
}

func checkNames(kind string, m mat.Matrix, rows, columns []string) *Figure {
	if m == nil {
		return failed("%s: the matrix is nil", kind)
	}
	r, c := m.Dims()
	switch {
	case r == 0 || c == 0:
		return failed("%s: the matrix is %d×%d, want at least 1×1", kind, r, c)
	case rows != nil && len(rows) != r:
		return failed("%s: %d names for %d rows", kind, len(rows), r)
	case columns != nil && len(columns) != c:
		return failed("%s: %d names for %d columns", kind, len(columns), c)
	}
	return nil
}

// extremes returns the range of the drawable values of m.
func extremes(m mat.Matrix) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	r, c := m.Dims()
	for i := 0; i < r; i++ {
		for j := 0; j < c; j++ {
			if v := m.At(i, j); drawable(v) {
				low, high = min(low, v), max(high, v)
			}
		}
	}
	return low, high
}

func shadeFor(low, high float64) Shade {
	if low < 0 && high > 0 {
		return Diverging(max(-low, high))
	}
	return Sequential(low, high)
}

// cells draws r × c squares, each with a colour and a text, and names at the
// axes. Texts are left out where squares are too small for them.
func cells(r, c int, rows, columns []string, at func(i, j int) (color.RGBA, string)) *Figure {
	f := bare()
	size := min(54, max(4, 560/max(r, c)))
	f.Width, f.Height = min(maxWidth, c*size+150), r*size+90
	f.X.Padding, f.Y.Padding, f.X.LineStyle.Width, f.Y.LineStyle.Width = 0, 0, 0, 0
	f.X.Min, f.X.Max, f.Y.Min, f.Y.Max = -0.5, float64(c)-0.5, -0.5, float64(r)-0.5
	if size < 8 {
		f.Add(raster{Range{-0.5, float64(c) - 0.5}, Range{-0.5, float64(r) - 0.5}, func(tx, ty float64) color.RGBA {
			fill, _ := at(r-1-min(r-1, int(ty*float64(r))), min(c-1, int(tx*float64(c))))
			return fill
		}})
	} else {
		var list []box
		for i := 0; i < r; i++ {
			for j := 0; j < c; j++ {
				fill, text := at(i, j)
				if size < 30 {
					text = ""
				}
				x, y := float64(j), float64(r-1-i)
				list = append(list, box{Range{x - 0.49, x + 0.49}, Range{y - 0.49, y + 0.49}, fill, text, textOn(fill)})
			}
		}
		f.Add(boxes{list: list, size: min(tickSize, vg.Length(size)*0.26), fit: true})
	}
	f.nameCells(r, c, rows, columns)
	return f
}

// nameCells puts names, or every few numbers, at the axes of cells.
func (f *Figure) nameCells(r, c int, rows, columns []string) {
	// Numbers are written at round steps, at each cell where there are few.
	step := func(n int) int {
		if n <= 12 {
			return 1
		}
		return max(1, int(roundStep(float64(n)/8)))
	}
	var x, y plot.ConstantTicks
	for j := 0; j < c; j++ {
		if columns != nil {
			x = append(x, plot.Tick{Value: float64(j), Label: cut(columns[j], f.X.Tick.Label, nameWidth)})
		} else if j%step(c) == 0 {
			x = append(x, plot.Tick{Value: float64(j), Label: short(float64(j))})
		}
	}
	for i := 0; i < r; i++ {
		if rows != nil {
			y = append(y, plot.Tick{Value: float64(r - 1 - i), Label: cut(rows[i], f.Y.Tick.Label, nameWidth)})
		} else if i%step(r) == 0 {
			y = append(y, plot.Tick{Value: float64(r - 1 - i), Label: short(float64(i))})
		}
	}
	f.X.Tick.Marker, f.Y.Tick.Marker = x, y
	f.X.Tick.Length, f.Y.Tick.Length = 2, 2
	if columns != nil {
		f.X.Tick.Label.Color = ink
	}
	if rows != nil {
		f.Y.Tick.Label.Color = ink
		longest := vg.Length(0)
		for _, t := range y {
			longest = max(longest, f.Y.Tick.Label.Width(t.Label))
		}
		f.Width = min(maxWidth, f.Width+int(longest*96/72)-10)
	}
}

// drawScale draws a bar of the shade's colours with numbers beside it at the
// right of c, and returns the canvas that is left.
func drawScale(s *Shade, p *plot.Plot, c draw.Canvas) draw.Canvas {
	if s == nil {
		return c
	}
	style := typeset(tickSize, faint) // not the axis's: in a grid that may be blank
	style.XAlign, style.YAlign = draw.XLeft, draw.YCenter
	ticks := Ticks{Count: 4}.Ticks(s.Low, s.High)
	width := vg.Length(0)
	for _, t := range ticks {
		width = max(width, style.Width(t.Label))
	}
	const thickness = 9
	rest := c
	rest.Max.X -= width + thickness + 3*margin
	fitTicks(p, rest)
	data := p.DataCanvas(rest)
	bar := vg.Rectangle{
		Min: vg.Point{X: rest.Max.X + 1.5*margin, Y: data.Min.Y},
		Max: vg.Point{X: rest.Max.X + 1.5*margin + thickness, Y: data.Max.Y},
	}
	raster{at: func(_, ty float64) color.RGBA { return s.At(s.Low + ty*(s.High-s.Low)) }}.paint(c, bar)
	for _, t := range ticks {
		y := bar.Min.Y + vg.Length((t.Value-s.Low)/(s.High-s.Low))*bar.Size().Y
		c.StrokeLine2(draw.LineStyle{Color: faint, Width: 0.6}, bar.Max.X, y, bar.Max.X+2, y)
		fillText(c, style, vg.Point{X: bar.Max.X + 4, Y: y}, t.Label)
	}
	return rest
}
