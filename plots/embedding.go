package plots

import (
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Embedding draws samples in two dimensions (X is N×2: principal components,
// embeddings), coloured by class, each class named where its points are. y holds
// N×1 class numbers or N×C one-hot rows.
func Embedding(X, y mat.Matrix, names ...string) *Figure {
	if X == nil || y == nil {
		return failed("Embedding: X and y are needed, one of them is nil")
	}
	n, d := X.Dims()
	if d != 2 {
		return failed("Embedding: X has %d columns, want 2", d)
	}
	if labels, _ := y.Dims(); labels != n {
		return failed("Embedding: y has %d rows, want %d as X", labels, n)
	}
	f := New("first component", "second component")
	f.Height = 460
	x1, x2, classes := mat.Col(nil, 0, X), mat.Col(nil, 1, X), classesOf(y)
	f.addClasses(x1, x2, classes, names)
	f.Add(classLabels(x1, x2, classes, names))
	return f
}

// classLabels writes the name of each class at the middle of its points.
func classLabels(x, y []float64, classes []int, names []string) (labels words) {
	type sums struct{ x, y, n float64 }
	middle := map[int]*sums{}
	var order []int
	for i, k := range classes {
		if !drawable(x[i], y[i]) {
			continue
		}
		if middle[k] == nil {
			middle[k] = &sums{}
			order = append(order, k)
		}
		middle[k].x, middle[k].y, middle[k].n = middle[k].x+x[i], middle[k].y+y[i], middle[k].n+1
	}
	for _, k := range order {
		style := bold(typeset(labelSize+2, Colour(k)))
		style.YAlign = draw.YCenter
		m := middle[k]
		labels = append(labels, word{x: m.x / m.n, y: m.y / m.n, text: wrap(className(names, k), style, 90), style: style, plate: true})
	}
	return labels
}

// Words draws labelled points (X is N×2), such as the embeddings of words. A
// label that would lie on an earlier one is left out.
func Words(X mat.Matrix, labels []string) *Figure {
	if X == nil {
		return failed("Words: X is nil")
	}
	n, d := X.Dims()
	if d != 2 || n != len(labels) || n == 0 {
		return failed("Words: X is %d×%d and there are %d labels, want N×2 and N, at least 1", n, d, len(labels))
	}
	f := New("first component", "second component")
	f.Height = 460
	s := Series{X: mat.Col(nil, 0, X), Y: mat.Col(nil, 1, X)}.styled(0)
	f.leftOut(f.addPoints(s, 1))
	f.Add(sparse{s.X, s.Y, labels})
	return f
}

// sparse writes labels beside points where there is room.
type sparse struct {
	x, y   []float64
	labels []string
}

// Plot implements plot.Plotter.
func (s sparse) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	style := typeset(tickSize, ink)
	style.XAlign, style.YAlign = draw.XLeft, draw.YCenter
	var taken []vg.Rectangle
	for i, label := range s.labels {
		if !drawable(s.x[i], s.y[i]) || len(taken) > 400 {
			continue
		}
		at := vg.Point{X: x(s.x[i]) + 4, Y: y(s.y[i])}
		if at.X+style.Width(label) > c.Max.X {
			at.X -= 8 + style.Width(label)
		}
		area := style.Rectangle(label).Add(at)
		if !overlaps(area, taken) {
			taken = append(taken, area)
			fillText(c, style, at, label)
		}
	}
}

func overlaps(a vg.Rectangle, others []vg.Rectangle) bool {
	for _, b := range others {
		if a.Min.X < b.Max.X && b.Min.X < a.Max.X && a.Min.Y < b.Max.Y && b.Min.Y < a.Max.Y {
			return true
		}
	}
	return false
}
