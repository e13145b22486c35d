package plots

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
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

// Plot implements plot.Plotter.
func (g grid) Plot(c draw.Canvas, _ *plot.Plot) {
	shared := g.shared()
	tiles := draw.Tiles{Cols: g.columns, Rows: g.rows, PadX: margin, PadY: margin}
	plots := make([][]*plot.Plot, g.rows)
	cells := make([][]draw.Canvas, g.rows)
	for r := range plots {
		plots[r], cells[r] = make([]*plot.Plot, g.columns), make([]draw.Canvas, g.columns)
		for k, f := range g.row(r) {
			p := *f.Plot
			p.BackgroundColor = nil
			below := (r+1)*g.columns+k < len(g.figures)
			if shared && below {
				p.X.Label.Text = ""
				p.X.Tick.Marker = unlabelled{p.X.Tick.Marker}
			}
			if shared && k > 0 {
				p.Y.Label.Text = ""
				p.Y.Tick.Marker = unlabelled{p.Y.Tick.Marker}
			}
			plots[r][k] = &p
			cells[r][k] = tiles.At(c, k, r)
			p.Title.Text = wrap(p.Title.Text, p.Title.TextStyle, cells[r][k].Size().X)
			p.Y.Label.Text = wrap(p.Y.Label.Text, p.Y.Label.TextStyle, cells[r][k].Size().Y*0.9)
			fitTicks(&p, cells[r][k])
		}
	}
	for r, row := range plots {
		for k, p := range row {
			if p != nil {
				cells[r][k] = drawLegend(p, cells[r][k])
			}
		}
	}
	align(plots, cells)
	for r, row := range plots {
		for k, p := range row {
			if p != nil {
				p.Draw(cells[r][k])
			}
		}
	}
}

// align crops the cells of a column to the widest vertical axis in it, and those
// of a row to the highest horizontal axis, so that data stand in line.
func align(plots [][]*plot.Plot, cells [][]draw.Canvas) {
	each := func(do func(r, k int, data draw.Canvas)) {
		for r, row := range plots {
			for k, p := range row {
				if p != nil {
					do(r, k, p.DataCanvas(cells[r][k]))
				}
			}
		}
	}
	left, right := make([]vg.Length, len(plots[0])), make([]vg.Length, len(plots[0]))
	bottom, top := make([]vg.Length, len(plots)), make([]vg.Length, len(plots))
	each(func(r, k int, data draw.Canvas) {
		left[k] = max(left[k], data.Min.X-cells[r][k].Min.X)
		right[k] = max(right[k], cells[r][k].Max.X-data.Max.X)
		bottom[r] = max(bottom[r], data.Min.Y-cells[r][k].Min.Y)
		top[r] = max(top[r], cells[r][k].Max.Y-data.Max.Y)
	})
	each(func(r, k int, data draw.Canvas) {
		c := cells[r][k]
		cells[r][k] = draw.Crop(c,
			left[k]-(data.Min.X-c.Min.X), (c.Max.X-data.Max.X)-right[k],
			bottom[r]-(data.Min.Y-c.Min.Y), (c.Max.Y-data.Max.Y)-top[r])
	})
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

// unlabelled keeps the tick marks and drops their numbers.
type unlabelled struct{ plot.Ticker }

// Ticks implements plot.Ticker.
func (u unlabelled) Ticks(low, high float64) []plot.Tick {
	ticks := u.Ticker.Ticks(low, high)
	out := make([]plot.Tick, len(ticks))
	for i, t := range ticks {
		out[i].Value = t.Value
	}
	return out
}
