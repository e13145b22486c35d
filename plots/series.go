package plots

import (
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// A Series is one named set of values: a line, the points of a class, the bars
// of a model, the path of an optimizer.
type Series struct {
	Name string    // for the legend; empty leaves it out
	X    []float64 // nil means 0, 1, 2, …
	Y    []float64

	// Low and High bound a band around a line (say, mean ± standard deviation
	// over seeds). Both or neither; as long as Y.
	Low, High []float64

	// Points marks each point of a line.
	Points bool

	// Colour, Dash and Shape replace the theme's; nil means the theme's by position.
	Colour color.Color
	Dash   []vg.Length
	Shape  draw.GlyphDrawer

	width vg.Length // of the line; 0 means the theme's
}

// styled fills in the theme's colour, dash and shape for position i.
func (s Series) styled(i int) Series {
	if s.Colour == nil {
		s.Colour = Colour(i)
	}
	if s.Dash == nil {
		s.Dash = Dashes[modulo(i, len(Dashes))]
	}
	if s.Shape == nil {
		s.Shape = Shapes[modulo(i, len(Shapes))]
	}
	return s
}

func (s Series) line() draw.LineStyle {
	if s.width == 0 {
		s.width = lineWidth
	}
	return draw.LineStyle{Color: s.Colour, Width: s.width, Dashes: s.Dash}
}

func (s Series) glyph() draw.GlyphStyle {
	return draw.GlyphStyle{Color: s.Colour, Radius: markRadius, Shape: s.Shape}
}

func (s Series) x(i int) float64 {
	if s.X == nil {
		return float64(i)
	}
	return s.X[i]
}

// label names series i in a message.
func (s Series) label(i int) string {
	if s.Name != "" {
		return fmt.Sprintf("series %d (%s)", i+1, s.Name)
	}
	return fmt.Sprintf("series %d", i+1)
}

// check returns what is wrong with the lengths of series, or nil.
func check(kind string, series []Series) *Figure {
	total := 0
	for i, s := range series {
		total += len(s.Y)
		for _, other := range []struct {
			name   string
			values []float64
		}{{"X", s.X}, {"Low", s.Low}, {"High", s.High}} {
			if other.values != nil && len(other.values) != len(s.Y) {
				return failed("%s: %s has %d values in %s, want %d as in Y", kind, s.label(i), len(other.values), other.name, len(s.Y))
			}
		}
		if (s.Low == nil) != (s.High == nil) {
			return failed("%s: %s has only one of Low and High, want both or neither", kind, s.label(i))
		}
	}
	if total == 0 {
		return failed("%s: no data: every series is empty", kind)
	}
	return nil
}

// drawable says whether v can be placed in a picture. Beyond ±1e300 ranges overflow.
func drawable(v ...float64) bool {
	for _, x := range v {
		if math.IsNaN(x) || math.Abs(x) > 1e300 {
			return false
		}
	}
	return true
}

// segments returns the parts of s between values that cannot be drawn, and how
// many of those there are.
func (s Series) segments() (parts []plotter.XYs, dropped int) {
	open := false
	for i, y := range s.Y {
		x := s.x(i)
		if !drawable(x, y) {
			dropped, open = dropped+1, false
			continue
		}
		if !open {
			parts, open = append(parts, nil), true
		}
		last := len(parts) - 1
		parts[last] = append(parts[last], plotter.XY{X: x, Y: y})
	}
	return parts, dropped
}

// dense is how many points a line or a cloud keeps.
const dense = 4000

// thin keeps the first, lowest, highest and last point of each of dense/4
// stretches: what a line of millions of points shows at screen resolution.
func thin(line plotter.XYs) plotter.XYs {
	if len(line) <= dense {
		return line
	}
	var out plotter.XYs
	const stretches = dense / 4
	for k := 0; k < stretches; k++ {
		from, to := k*len(line)/stretches, (k+1)*len(line)/stretches
		low, high := from, from
		for i := from; i < to; i++ {
			if line[i].Y < line[low].Y {
				low = i
			}
			if line[i].Y > line[high].Y {
				high = i
			}
		}
		out = append(out, line[from], line[min(low, high)], line[max(low, high)], line[to-1])
	}
	return out
}

// seen widens the range of positive values that log axes use.
func (f *Figure) seen(points plotter.XYs) {
	for _, p := range points {
		for k, v := range [2]float64{p.X, p.Y} {
			if v > 0 && (f.positive[k] == 0 || v < f.positive[k]) {
				f.positive[k] = v
			}
		}
	}
}

// leftOut notes values that could not be drawn.
func (f *Figure) leftOut(n int) {
	switch {
	case n == 1:
		f.note("1 value that is NaN or infinite is left out.")
	case n > 1:
		f.note(fmt.Sprintf("%s values that are NaN or infinite are left out.", thousands(fmt.Sprint(n))))
	}
}

func (f *Figure) note(text string) {
	if f.Note != "" {
		f.Note += " "
	}
	f.Note += text
}
