package playground

import (
	"fmt"

	"descent/dl"
	"descent/plots"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"
)

// lossCurves draws training and validation loss over the epochs.
func lossCurves(h *dl.History) *plots.Figure {
	thin := func(values []float64) (s plots.Series) {
		for _, e := range every(len(values), 300) {
			s.X, s.Y = append(s.X, float64(e+1)), append(s.Y, values[e])
		}
		return s
	}
	train, validation := thin(h.Loss), thin(h.ValLoss)
	train.Name, validation.Name = "training", "validation"
	p := plots.Lines("epoch", "loss", train, validation)
	if n := len(h.Loss); n > 0 {
		p.Title.Text = fmt.Sprintf("Loss %.3g, validation %.3g", h.Loss[n-1], h.ValLoss[n-1])
	}
	if low, high := p.Y.Min, p.Y.Max; low > 0 && high > 30*low {
		p.LogY()
	} else {
		p.Y.Min = min(0, low)
	}
	return p
}

// every is at most count numbers from 0 to n−1, evenly spaced, with the last.
func every(n, count int) (picked []int) {
	step := max(1, (n+count-1)/count)
	for i := (n - 1) % step; i >= 0 && i < n; i += step {
		picked = append(picked, i)
	}
	return picked
}

// ring is a series of hollow marks.
func ring(name string, x, y []float64) plots.Series {
	return plots.Series{Name: name, X: x, Y: y, Shape: draw.RingGlyph{}}
}

// addLine adds a line to a figure, without changing its axes.
func addLine(p *plots.Figure, s plots.Series) {
	points := make(plotter.XYs, len(s.X))
	for i := range points {
		points[i] = plotter.XY{X: s.X[i], Y: s.Y[i]}
	}
	line, err := plotter.NewLine(points)
	if err != nil {
		return // values that are no numbers: the rest of the picture shows it
	}
	line.Width = 1.6
	p.Add(line)
	p.Name(s.Name, line)
}

// column is the first column of a matrix.
func column(m *mat.Dense) []float64 { return mat.Col(nil, 0, m) }
