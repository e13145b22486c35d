package plots

import (
	"image/color"
	"math"

	"gonum.org/v1/plot/palette"
	"gonum.org/v1/plot/palette/moreland"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Colours are the eight colours of series and classes, in the order of their
// use. Each has a contrast of 3 : 1 or more against white, and each pair stays
// apart (CIEDE2000 of at least 10, of 17 among the first four) for full colour
// vision, protanopia, deuteranopia and tritanopia; a test computes both.
var Colours = []color.Color{
	color.RGBA{0x00, 0x65, 0xb2, 0xff}, // blue
	color.RGBA{0xf0, 0x4e, 0x0c, 0xff}, // orange
	color.RGBA{0x00, 0xa3, 0x6a, 0xff}, // green
	color.RGBA{0x92, 0x3a, 0x5c, 0xff}, // plum
	color.RGBA{0x7a, 0x05, 0x07, 0xff}, // maroon
	color.RGBA{0x0d, 0x95, 0xff, 0xff}, // sky
	color.RGBA{0x62, 0x13, 0x60, 0xff}, // violet
	color.RGBA{0x7b, 0x8d, 0x92, 0xff}, // grey
}

// Colour returns the colour of series or class i; i may be any integer.
func Colour(i int) color.Color { return Colours[modulo(i, len(Colours))] }

// Dashes are the line patterns of series, in the order of their use.
// There are five and eight colours, so forty series differ in one or the other.
var Dashes = [][]vg.Length{nil, {7, 2.5}, {1.8, 2}, {8, 2.5, 1.8, 2.5}, {3.5, 2}}

// Shapes are the marks of series and classes, in the order of their use.
var Shapes = []draw.GlyphDrawer{
	draw.CircleGlyph{}, mark(diamond), draw.PyramidGlyph{}, draw.BoxGlyph{},
	mark(cross), mark(triangleDown), mark(plus),
}

// mark is a closed polygon on the unit circle, drawn filled.
type mark [][2]float64

var (
	diamond      = mark{{0, 1.15}, {1.15, 0}, {0, -1.15}, {-1.15, 0}}
	triangleDown = mark{{0, -1.2}, {1.05, 0.65}, {-1.05, 0.65}}
	plus         = mark{{-0.35, 1.1}, {0.35, 1.1}, {0.35, 0.35}, {1.1, 0.35}, {1.1, -0.35}, {0.35, -0.35}, {0.35, -1.1}, {-0.35, -1.1}, {-0.35, -0.35}, {-1.1, -0.35}, {-1.1, 0.35}, {-0.35, 0.35}}
	cross        = plus.turned(math.Pi / 4)
	star         = starOf(5, 1.6, 0.65)
)

func (m mark) turned(angle float64) mark {
	sin, cos := math.Sincos(angle)
	t := make(mark, len(m))
	for i, p := range m {
		t[i] = [2]float64{p[0]*cos - p[1]*sin, p[0]*sin + p[1]*cos}
	}
	return t
}

func starOf(points int, outer, inner float64) mark {
	s := make(mark, 2*points)
	for i := range s {
		r := outer
		if i%2 == 1 {
			r = inner
		}
		sin, cos := math.Sincos(math.Pi * float64(i) / float64(points))
		s[i] = [2]float64{r * sin, r * cos}
	}
	return s
}

// DrawGlyph implements draw.GlyphDrawer.
func (m mark) DrawGlyph(c *draw.Canvas, style draw.GlyphStyle, at vg.Point) {
	path := make(vg.Path, 0, len(m)+1)
	for i, p := range m {
		pt := vg.Point{X: at.X + style.Radius*vg.Length(p[0]), Y: at.Y + style.Radius*vg.Length(p[1])}
		if i == 0 {
			path.Move(pt)
		} else {
			path.Line(pt)
		}
	}
	path.Close()
	c.Fill(path)
}

// A Shade maps numbers between Low and High to colours; what lies outside takes
// the colour of the nearer end, and NaN is grey.
type Shade struct {
	Low, High float64
	table     *[shades]color.RGBA
}

const shades = 128

var (
	missing   = color.RGBA{0xd0, 0xd0, 0xd0, 0xff} // the colour of NaN
	lightDark = table(luminance(
		color.RGBA{0x08, 0x1d, 0x46, 0xff}, color.RGBA{0x0a, 0x4f, 0x8f, 0xff}, color.RGBA{0x2f, 0x8f, 0xb5, 0xff},
		color.RGBA{0x8c, 0xc9, 0xc4, 0xff}, color.RGBA{0xf4, 0xfb, 0xea, 0xff}), true)
	blueOrange = table(moreland.NewSmoothDiverging(
		color.RGBA{0x1c, 0x5f, 0xa8, 0xff}, color.RGBA{0xb8, 0x4a, 0x10, 0xff}, 96), false)
	blackWhite = table(luminance(color.Black, color.White), false)
)

// Sequential shades from light (low) to dark blue (high), for amounts.
// Its lightness falls steadily, so it also reads in grey.
func Sequential(low, high float64) Shade { return Shade{low, high, lightDark} }

// Diverging shades from blue over white at zero to orange, for signed values;
// both ends stand at the same distance, limit, from zero.
func Diverging(limit float64) Shade { return Shade{-limit, limit, blueOrange} }

// Grey shades from black to white, for images.
func Grey(low, high float64) Shade { return Shade{low, high, blackWhite} }

// At returns the colour of v.
func (s Shade) At(v float64) color.RGBA {
	if math.IsNaN(v) {
		return missing
	}
	t := 0.5
	if s.High > s.Low {
		t = min(1, max(0, (v-s.Low)/(s.High-s.Low)))
	}
	return s.table[int(t*(shades-1)+0.5)]
}

// luminance interpolates between colours that grow lighter, in CIELAB.
func luminance(colours ...color.Color) palette.ColorMap {
	m, err := moreland.NewLuminance(colours)
	if err != nil {
		panic(err) // the colours are constants of this file
	}
	return m
}

func table(m palette.ColorMap, reversed bool) *[shades]color.RGBA {
	var t [shades]color.RGBA
	m.SetMin(0)
	m.SetMax(shades - 1)
	for i := range t {
		c, err := m.At(float64(i))
		if err != nil {
			panic(err)
		}
		k := i
		if reversed {
			k = shades - 1 - i
		}
		t[k] = color.RGBAModel.Convert(c).(color.RGBA)
	}
	return &t
}

// textOn returns black or white, whichever is easier to read on background.
func textOn(background color.RGBA) color.Color {
	if contrast(background, color.RGBA{A: 0xff}) > contrast(background, color.RGBA{0xff, 0xff, 0xff, 0xff}) {
		return color.Black
	}
	return color.White
}

// contrast is the contrast ratio of two opaque colours (WCAG 2.2): 1 to 21.
func contrast(a, b color.Color) float64 {
	la, lb := relativeLuminance(a), relativeLuminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func relativeLuminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

// linear turns an sRGB component (0 to 65535) into an amount of light (0 to 1).
func linear(component uint32) float64 {
	v := float64(component) / 65535
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}

func modulo(i, n int) int { return ((i % n) + n) % n }
