package playground

import (
	"fmt"
	"strconv"
	"strings"

	"descent/dl"
	"descent/plots"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"
)

// lossCurves draws training and validation loss over the epochs. The title has
// the losses after training; the training curve is measured while the weights move.
func lossCurves(h *dl.History, train, validation float64) *plots.Figure {
	thin := func(values []float64) (s plots.Series) {
		for _, e := range every(len(values), 300) {
			s.X, s.Y = append(s.X, float64(e+1)), append(s.Y, values[e])
		}
		return s
	}
	blue, orange := thin(h.Loss), thin(h.ValLoss)
	blue.Name, orange.Name = "training", "validation"
	p := plots.Lines("epoch", "loss", blue, orange)
	p.Title.Text = fmt.Sprintf("Loss %s, validation %s", digits(train), digits(validation))
	if low, high := p.Y.Min, p.Y.Max; low > 0 && high > 30*low {
		p.LogY()
	} else {
		p.Y.Min = min(0, low)
	}
	return p
}

// digits writes three digits, and powers of ten as 2.9·10⁻⁵.
func digits(v float64) string {
	text := strings.Replace(strconv.FormatFloat(v, 'g', 3, 64), "-", "−", 1)
	mantissa, exponent, ok := strings.Cut(text, "e")
	if !ok {
		return text
	}
	power, _ := strconv.Atoi(strings.Replace(exponent, "−", "-", 1))
	raised := strings.NewReplacer("-", "⁻", "0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹")
	return mantissa + "·10" + raised.Replace(strconv.Itoa(power))
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
