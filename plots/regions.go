package plots

import (
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"
)

// Regions shows what a classifier says everywhere in the plane of two features,
// with the data on top. Each place has the colour of its likeliest class, the
// stronger the surer; dark lines part the classes.
//
// predict is a model's Predict. It gets an N×2 matrix and returns N×C
// probabilities or logits, or N×1 for two classes. X (N×2) and y (N×1 class
// numbers, or N×C one-hot rows) are the data; names, the names of the classes.
func Regions(predict func(X mat.Matrix) (*mat.Dense, error), X, y mat.Matrix, names ...string) *Figure {
	if predict == nil || X == nil || y == nil {
		return failed("Regions: predict, X and y are needed, one of them is nil")
	}
	n, features := X.Dims()
	if features != 2 {
		return failed("Regions: X has %d features, want 2 (a plane can show no more)", features)
	}
	if labels, _ := y.Dims(); labels != n {
		return failed("Regions: y has %d rows, want %d as X", labels, n)
	}
	x1, x2 := spread(mat.Col(nil, 0, X)), spread(mat.Col(nil, 1, X))
	if !x1.valid() || !x2.valid() {
		return failed("Regions: X has no finite values")
	}
	field, err := predictField(predict, x1, x2)
	if err != nil {
		return failed("Regions: the model cannot predict: %v", err)
	}
	f := bare()
	f.Width, f.Height = 560, 420
	f.X.Label.Text, f.Y.Label.Text = "x₁", "x₂"
	f.X.Padding, f.Y.Padding = 0, 0
	f.Add(field.shade())
	for k := range field.classes {
		if edge := field.edge(k); edge.low < 0 && edge.high > 0 && (k > 0 || len(field.classes) > 2) {
			line := plotter.NewContour(edge, []float64{0}, nil)
			line.LineStyles = []draw.LineStyle{{Color: ink, Width: 1}}
			f.Add(line)
		}
	}
	f.addClasses(mat.Col(nil, 0, X), mat.Col(nil, 1, X), classesOf(y), names)
	f.X.Min, f.X.Max, f.Y.Min, f.Y.Max = x1[0], x1[1], x2[0], x2[1]
	return f
}

// addClasses adds points, a colour and shape a class.
func (f *Figure) addClasses(x, y []float64, classes []int, names []string) {
	dropped := 0
	highest := 0
	for _, k := range classes {
		highest = max(highest, min(k, 99))
	}
	for k := 0; k <= highest; k++ {
		s := Series{Name: className(names, k)}
		for i := range x {
			if classes[i] == k {
				s.X, s.Y = append(s.X, x[i]), append(s.Y, y[i])
			}
		}
		if len(s.Y) > 0 {
			dropped += f.addPoints(s.styled(k), highest+1)
		}
	}
	f.leftOut(dropped)
}

// spread is the range of finite values with a margin of a tenth on both sides.
func spread(values []float64) Range {
	low, high, _ := extent([]Series{{Y: values}})
	if low == high {
		low, high = low-1, high+1
	}
	m := (high - low) / 10
	return Range{low - m, high + m}
}

// field is what a model says on a lattice: a surface of probability a class.
type field struct{ classes []surface }

const lattice = 101

func predictField(predict func(mat.Matrix) (*mat.Dense, error), x, y Range) (field, error) {
	places := mat.NewDense(lattice*lattice, 2, nil)
	base := surface{x: x, y: y, n: lattice}
	for k := 0; k < lattice*lattice; k++ {
		places.SetRow(k, []float64{base.X(k % lattice), base.Y(k / lattice)})
	}
	yhat, err := predict(places)
	if err != nil {
		return field{}, err
	}
	rows := probabilities(yhat)
	if len(rows) != lattice*lattice {
		return field{}, fmt.Errorf("it returns %d rows, want %d", len(rows), lattice*lattice)
	}
	f := field{make([]surface, len(rows[0]))}
	for k := range f.classes {
		f.classes[k] = base
		f.classes[k].z = make([]float64, len(rows))
		for i, row := range rows {
			f.classes[k].z[i] = row[k]
		}
	}
	return f, nil
}

// shade paints each place in the colour of its likeliest class.
func (f field) shade() raster {
	return raster{f.classes[0].x, f.classes[0].y, func(tx, ty float64) color.RGBA {
		best, top := 0, math.Inf(-1)
		for k, s := range f.classes {
			v := s.at(tx, ty)
			if math.IsNaN(v) {
				return missing
			}
			if v > top {
				best, top = k, v
			}
		}
		even := 1 / float64(len(f.classes))
		sure := (top - even) / (1 - even)
		steps := math.Round(sure*12) / 12 // few shades: a small file, and no loss to the eye
		return blend(color.RGBA{0xff, 0xff, 0xff, 0xff}, Colour(best), 0.06+0.36*steps)
	}}
}

// edge is positive where class k is likelier than all others.
func (f field) edge(k int) surface {
	s := f.classes[k]
	s.z = make([]float64, len(s.z))
	s.low, s.high = math.Inf(1), math.Inf(-1)
	for i := range s.z {
		other := math.Inf(-1)
		for j, c := range f.classes {
			if j != k {
				other = max(other, c.z[i])
			}
		}
		s.z[i] = f.classes[k].z[i] - other
		if !drawable(s.z[i]) {
			s.z[i] = -1
		}
		s.low, s.high = min(s.low, s.z[i]), max(s.high, s.z[i])
	}
	return s
}

// blend mixes two colours; t = 0 gives a, t = 1 gives b.
func blend(a color.RGBA, b color.Color, t float64) color.RGBA {
	c := color.RGBAModel.Convert(b).(color.RGBA)
	mix := func(p, q uint8) uint8 { return uint8(float64(p)*(1-t) + float64(q)*t + 0.5) }
	return color.RGBA{mix(a.R, c.R), mix(a.G, c.G), mix(a.B, c.B), 0xff}
}
