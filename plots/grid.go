package plots

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/recorder"
)

// Grid arranges pictures in rows of so many columns, their axes aligned. Where
// figures have been given the same ranges by Share, axis labels and numbers stand
// only at the outer edge. The result is a figure: its Title stands over all.
func Grid(columns int, pictures ...Drawer) *Figure {
	if len(pictures) == 0 {
		return failed("Grid: no picture given")
	}
	columns = max(1, min(columns, len(pictures)))
	g := grid{columns: columns, rows: (len(pictures) + columns - 1) / columns}
	for _, p := range pictures {
		f, ok := p.(*Figure)
		if !ok {
			q, isPlot := p.(*plot.Plot)
			if !isPlot {
				return failed("Grid: a picture is a %T, want *plots.Figure or *plot.Plot", p)
			}
			w, h := size(p)
			f = &Figure{Plot: q, Width: w, Height: h}
		}
		g.figures = append(g.figures, f)
	}
	all := bare()
	all.HideAxes()
	all.X.Padding, all.Y.Padding = 0, 0
	all.Width, all.Height = g.size()
	all.Add(g)
	return all
}

// Share gives figures the same axes, so that they can be compared: each range
// becomes the union of all.
func Share(figures ...*Figure) {
	if len(figures) == 0 {
		return
	}
	x, y := figures[0].X, figures[0].Y
	for _, f := range figures {
		x.Min, x.Max = math.Min(x.Min, f.X.Min), math.Max(x.Max, f.X.Max)
		y.Min, y.Max = math.Min(y.Min, f.Y.Min), math.Max(y.Max, f.Y.Max)
	}
	for _, f := range figures {
		f.X.Min, f.X.Max, f.Y.Min, f.Y.Max = x.Min, x.Max, y.Min, y.Max
	}
}

// grid draws figures in tiles.
type grid struct {
	figures       []*Figure
	columns, rows int
}

// maxWidth is the widest picture, in CSS pixels: a notebook's column.
const maxWidth = 900

// size is the sum of the figures' sizes, scaled to fit a notebook's column.
func (g grid) size() (width, height int) {
	for r := 0; r < g.rows; r++ {
		w, h := 0, 0
		for _, f := range g.row(r) {
			w, h = w+f.Width, max(h, f.Height)
		}
		width, height = max(width, w), height+h
	}
	if width > maxWidth {
		height = height * maxWidth / width
		width = maxWidth
	}
	return width, max(height, 170*g.rows)
}

func (g grid) row(r int) []*Figure {
	return g.figures[r*g.columns : min(len(g.figures), (r+1)*g.columns)]
}

// Plot implements plot.Plotter. It lays every figure out in an even tile first,
// to learn how much room its texts take, then makes all data areas one size.
func (g grid) Plot(c draw.Canvas, _ *plot.Plot) {
	gap := vg.Length(2 * margin)
	tiles := draw.Tiles{Cols: g.columns, Rows: g.rows, PadX: gap, PadY: gap}
	around := make([]insets, len(g.figures))
	column, row := make([]insets, g.columns), make([]insets, g.rows)
	for i, f := range g.figures {
		r, k := i/g.columns, i%g.columns
		tile := tiles.At(draw.Canvas{Canvas: new(recorder.Canvas), Rectangle: c.Rectangle}, k, r)
		p := g.plot(i)
		around[i] = between(tile, p.DataCanvas(f.surround(p, tile)))
		column[k], row[r] = column[k].widest(around[i]), row[r].widest(around[i])
	}
	size := g.dataSize(c.Size(), gap, column, row)
	y := c.Max.Y
	for r := range row {
		x := c.Min.X
		for k := range g.row(r) {
			cell := draw.Canvas{Canvas: c.Canvas, Rectangle: vg.Rectangle{
				Min: vg.Point{X: x, Y: y - row[r].top - size.Y - row[r].bottom},
				Max: vg.Point{X: x + column[k].left + size.X + column[k].right, Y: y},
			}}
			want := draw.Crop(cell, column[k].left, -column[k].right, row[r].bottom, -row[r].top)
			i := r*g.columns + k
			p := g.plot(i)
			rest := onto(want, p, g.figures[i].surround(p, cell))
			fitTicks(p, rest) // the area may be smaller than surround took it to be
			p.Draw(onto(want, p, rest))
			x = cell.Max.X + gap
		}
		y -= row[r].top + size.Y + row[r].bottom + gap
	}
}

// dataSize is the size of every data area: what the room around them leaves.
func (g grid) dataSize(all vg.Point, gap vg.Length, column, row []insets) vg.Point {
	size := vg.Point{
		X: (all.X - gap*vg.Length(g.columns-1)) / vg.Length(g.columns),
		Y: (all.Y - gap*vg.Length(g.rows-1)) / vg.Length(g.rows),
	}
	for _, in := range column {
		size.X -= (in.left + in.right) / vg.Length(g.columns)
	}
	for _, in := range row {
		size.Y -= (in.top + in.bottom) / vg.Length(g.rows)
	}
	return size
}

// plot returns a copy of figure i's plot, without the labels that a neighbour has.
func (g grid) plot(i int) *plot.Plot {
	p := *g.figures[i].Plot
	if !g.shared() {
		return &p
	}
	if i+g.columns < len(g.figures) {
		p.X.Label.Text, p.X.Tick.Marker, p.X.Tick.Label.Font.Size = "", unlabelled{p.X.Tick.Marker}, 1
	}
	if i%g.columns > 0 {
		p.Y.Label.Text, p.Y.Tick.Marker, p.Y.Tick.Label.Font.Size = "", unlabelled{p.Y.Tick.Marker}, 1
	}
	return &p
}

// insets is the room around data that axes and texts take.
type insets struct{ left, right, bottom, top vg.Length }

func between(outer, inner draw.Canvas) insets {
	return insets{inner.Min.X - outer.Min.X, outer.Max.X - inner.Max.X, inner.Min.Y - outer.Min.Y, outer.Max.Y - inner.Max.Y}
}

// onto crops c so that the data of p come to lie on want.
func onto(want draw.Canvas, p *plot.Plot, c draw.Canvas) draw.Canvas {
	in := between(want, p.DataCanvas(c))
	return draw.Crop(c, -in.left, in.right, -in.bottom, in.top)
}

func (a insets) widest(b insets) insets {
	return insets{max(a.left, b.left), max(a.right, b.right), max(a.bottom, b.bottom), max(a.top, b.top)}
}

// shared says whether all figures have the same labels and ranges.
func (g grid) shared() bool {
	first := g.figures[0]
	for _, f := range g.figures {
		if f.X.Min != first.X.Min || f.X.Max != first.X.Max || f.Y.Min != first.Y.Min || f.Y.Max != first.Y.Max ||
			f.X.Label.Text != first.X.Label.Text || f.Y.Label.Text != first.Y.Label.Text {
			return false
		}
	}
	return len(g.figures) > 1
}

// unlabelled keeps the tick marks and their grid lines and blanks the numbers.
type unlabelled struct{ plot.Ticker }

// Ticks implements plot.Ticker.
func (u unlabelled) Ticks(low, high float64) []plot.Tick {
	ticks := u.Ticker.Ticks(low, high)
	out := make([]plot.Tick, len(ticks))
	for i, t := range ticks {
		out[i].Value = t.Value
		if !t.IsMinor() {
			out[i].Label = " "
		}
	}
	return out
}
