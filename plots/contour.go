package plots

import (
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Contour draws a function of two parameters as a map: bands between lines of
// equal J, closer together towards the minimum, dark where J is high. The paths
// of optimizers lie on top, each from a ring at its start to a square at its end.
// A star marks the minimum if there is one inside the ranges.
//
// J is evaluated at 81 × 81 places.
func Contour(J func(x, y float64) float64, x, y Range, paths ...Series) *Figure {
	if bad := checkContour(J, x, y, paths); bad != nil {
		return bad
	}
	field := sample(J, x, y, 81)
	if field.low > field.high {
		return failed("Contour: J is NaN or infinite everywhere in the ranges")
	}
	f := bare()
	f.Width, f.Height = 560, 420
	f.X.Label.Text, f.Y.Label.Text = "θ₁", "θ₂"
	f.X.Padding, f.Y.Padding = 0, 0
	levels := field.levels(12)
	f.Add(field.bands(levels))
	if len(levels) > 0 {
		f.Add(isolines{field.filled(), levels, draw.LineStyle{Color: color.NRGBA{0, 0, 0, 70}, Width: 0.5}})
	}
	at, found := field.minimum(J)
	mark := plotter.Scatter{XYs: plotter.XYs{at}, GlyphStyle: draw.GlyphStyle{Color: ink, Radius: 5, Shape: star}}
	if found {
		f.Add(&mark) // under the paths, which may end there
	}
	dropped := field.dropped
	for i, s := range paths {
		dropped += f.addPath(s.styled(i + 1))
	}
	if found {
		f.Name("minimum", &mark)
	}
	f.Note = "J rises from " + short(field.low) + " (light) to " + short(field.high) + " (dark)."
	f.leftOut(dropped)
	f.X.Min, f.X.Max, f.Y.Min, f.Y.Max = x[0], x[1], y[0], y[1]
	return f
}

func checkContour(J func(x, y float64) float64, x, y Range, paths []Series) *Figure {
	if J == nil {
		return failed("Contour: J is nil")
	}
	if !x.valid() || !y.valid() {
		return failed("Contour: the ranges are %v and %v, want finite numbers that rise", x, y)
	}
	for i, s := range paths {
		if s.X == nil || len(s.X) != len(s.Y) {
			return failed("Contour: path %s has %d values in X and %d in Y, want as many", s.label(i), len(s.X), len(s.Y))
		}
	}
	return nil
}

// isolines draws lines of equal height. It is plotter.Contour, clipped to the
// axes and without that type's room at the edges for thousands of points.
type isolines struct {
	surface surface
	levels  []float64
	style   draw.LineStyle
}

// Plot implements plot.Plotter.
func (l isolines) Plot(c draw.Canvas, p *plot.Plot) {
	lines := plotter.NewContour(l.surface, l.levels, nil)
	lines.LineStyles = []draw.LineStyle{l.style}
	lines.Plot(draw.Canvas{Canvas: clipped{c.Canvas, c}, Rectangle: c.Rectangle}, p)
}

// clipped strokes the parts of paths of straight lines that lie in an area.
type clipped struct {
	vg.Canvas
	area draw.Canvas
}

// Stroke implements vg.Canvas.
func (c clipped) Stroke(path vg.Path) {
	var points []vg.Point
	for _, step := range path {
		switch step.Type {
		case vg.MoveComp, vg.LineComp:
			points = append(points, step.Pos)
		case vg.CloseComp:
			points = append(points, points[0])
		}
	}
	for _, line := range c.area.ClipLinesXY(points) {
		var part vg.Path
		part.Move(line[0])
		for _, p := range line[1:] {
			part.Line(p)
		}
		c.Canvas.Stroke(part)
	}
}

// addPath adds a line with dots at the steps, its start and its end. What leaves
// the picture is clipped.
func (f *Figure) addPath(s Series) (dropped int) {
	parts, dropped := s.segments()
	for _, part := range parts {
		part = thin(part)
		halo := s.line()
		halo.Color, halo.Width, halo.Dashes = color.White, lineWidth+1.6, nil
		f.Add(stroke{part, halo}, stroke{part, s.line()})
		if len(part) <= 60 {
			dots := s.glyph()
			dots.Radius, dots.Shape = 1.6, draw.CircleGlyph{}
			f.Add(&plotter.Scatter{XYs: part, GlyphStyle: dots})
		}
	}
	if len(parts) > 0 {
		last := parts[len(parts)-1]
		f.Add(marker{parts[0][0], s.Colour, draw.CircleGlyph{}}, marker{last[len(last)-1], s.Colour, draw.BoxGlyph{}})
	}
	f.Name(s.Name, &plotter.Line{LineStyle: s.line()})
	return dropped
}

// marker draws one point with a white rim: a start or an end.
type marker struct {
	at     plotter.XY
	colour color.Color
	shape  draw.GlyphDrawer
}

// Plot implements plot.Plotter.
func (m marker) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	at := vg.Point{X: x(m.at.X), Y: y(m.at.Y)}
	c.DrawGlyph(draw.GlyphStyle{Color: color.White, Radius: 4.6, Shape: m.shape}, at)
	c.DrawGlyph(draw.GlyphStyle{Color: m.colour, Radius: 3.6, Shape: m.shape}, at)
	if m.shape == (draw.CircleGlyph{}) {
		c.DrawGlyph(draw.GlyphStyle{Color: color.White, Radius: 1.7, Shape: m.shape}, at)
	}
}

// surface holds a function's values on an n × n lattice, rows along y.
type surface struct {
	x, y      Range
	n         int
	z         []float64
	low, high float64 // of the values that are numbers
	dropped   int     // how many are not
}

func sample(fn func(x, y float64) float64, x, y Range, n int) surface {
	s := surface{x: x, y: y, n: n, z: make([]float64, n*n), low: math.Inf(1), high: math.Inf(-1)}
	for j := 0; j < n; j++ {
		for i := 0; i < n; i++ {
			v := fn(s.X(i), s.Y(j))
			s.z[j*n+i] = v
			if !drawable(v) {
				s.dropped++
				continue
			}
			s.low, s.high = min(s.low, v), max(s.high, v)
		}
	}
	return s
}

// Dims, Z, X and Y implement plotter.GridXYZ.
func (s surface) Dims() (c, r int)   { return s.n, s.n }
func (s surface) Z(c, r int) float64 { return s.z[r*s.n+c] }
func (s surface) X(c int) float64    { return s.x.at(float64(c) / float64(s.n-1)) }
func (s surface) Y(r int) float64    { return s.y.at(float64(r) / float64(s.n-1)) }

// filled returns the surface with its highest value where there is no number.
func (s surface) filled() surface {
	z := make([]float64, len(s.z))
	for i, v := range s.z {
		z[i] = v
		if !drawable(v) {
			z[i] = s.high
		}
	}
	s.z = z
	return s
}

// levels spaces n heights evenly in the root of the height above the minimum:
// rings of a quadratic bowl then stand at even distances.
func (s surface) levels(n int) []float64 {
	if !(s.high > s.low) {
		return nil
	}
	levels := make([]float64, n)
	for k := range levels {
		t := (float64(k) + 0.5) / float64(n)
		levels[k] = s.low + (s.high-s.low)*t*t
	}
	return levels
}

// minimum looks for the lowest point: the lowest lattice point, refined by a
// compass search. It is none if that lies at the edge, or if the surface is flat
// or a valley with a level floor, where one place is as low as another.
func (s surface) minimum(fn func(x, y float64) float64) (at plotter.XY, ok bool) {
	lowest := -1
	for k, v := range s.z {
		if drawable(v) && (lowest < 0 || v < s.z[lowest]) {
			lowest = k
		}
	}
	i, j := lowest%s.n, lowest/s.n
	if i == 0 || j == 0 || i == s.n-1 || j == s.n-1 || !(s.high > s.low) {
		return at, false
	}
	at = plotter.XY{X: s.X(i), Y: s.Y(j)}
	best := s.z[lowest]
	dx, dy := s.X(1)-s.X(0), s.Y(1)-s.Y(0)
	for step, tries := 1.0, 0; step > 1e-3 && tries < 1000; tries++ {
		moved := false
		for _, d := range [][2]float64{{1, 0}, {-1, 0}, {0, 1}, {0, -1}} {
			to := plotter.XY{X: at.X + d[0]*step*dx, Y: at.Y + d[1]*step*dy}
			if v := fn(to.X, to.Y); v < best {
				at, best, moved = to, v, true
			}
		}
		if !moved {
			step /= 2
		}
	}
	return at, !s.levelFrom(fn, at, best)
}

// levelFrom reports whether some way leads on from the minimum without rising.
func (s surface) levelFrom(fn func(x, y float64) float64, at plotter.XY, best float64) bool {
	const ways = 720
	rx, ry := (s.x[1]-s.x[0])/8, (s.y[1]-s.y[0])/8
	for k := range ways {
		sin, cos := math.Sincos(2 * math.Pi * float64(k) / ways)
		if fn(at.X+rx*cos, at.Y+ry*sin)-best < 1e-5*(s.high-s.low) {
			return true
		}
	}
	return false
}

// bands fills the areas between levels, from light (low) to dark (high).
func (s surface) bands(levels []float64) raster {
	shade := Sequential(-0.12, 1.35)
	colours := make([]color.RGBA, len(levels)+1)
	for k := range colours {
		colours[k] = shade.At(float64(k) / float64(max(1, len(levels))))
	}
	return raster{s.x, s.y, func(tx, ty float64) color.RGBA {
		v := s.at(tx, ty)
		if !drawable(v) {
			return missing
		}
		k := 0
		for k < len(levels) && v >= levels[k] {
			k++
		}
		return colours[k]
	}}
}

// at interpolates the surface bilinearly at fractions tx and ty of the ranges.
func (s surface) at(tx, ty float64) float64 {
	fx, fy := tx*float64(s.n-1), ty*float64(s.n-1)
	i, j := min(s.n-2, int(fx)), min(s.n-2, int(fy))
	u, v := fx-float64(i), fy-float64(j)
	k := j*s.n + i
	return (s.z[k]*(1-u)+s.z[k+1]*u)*(1-v) + (s.z[k+s.n]*(1-u)+s.z[k+s.n+1]*u)*v
}
