package plots

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"testing"

	"descent/dl"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/recorder"
)

const long = "a very long name that nobody should choose but somebody will"

var longNames = []string{long, "b", "Iris versicolor (Linnaeus 1753)", "d", "extraordinarily"}

// withLongLabels has pictures whose names are longer than they should be.
var withLongLabels = map[string]func() *Figure{
	"lines": func() *Figure {
		f := Lines(long+", "+long+" in units", long+", "+long, Series{Name: long, Y: []float64{1, 2, 3}}, Series{Name: long + " 2", Y: []float64{2, 1, 3}}, Series{Name: "short", Y: []float64{3, 1, 2}})
		f.Title.Text = long + ", and " + long
		f.Note = long + ", " + long + ", " + long
		return f
	},
	"bars": func() *Figure {
		names, values := make([]string, 12), make([]float64, 12)
		for i := range names {
			names[i], values[i] = fmt.Sprintf("category number %d", i), float64(i*1000)
		}
		return Bars("y", names, Series{Y: values})
	},
	"heat map": func() *Figure { return HeatMap(mat.NewDense(5, 5, nil), longNames, longNames) },
	"confusion": func() *Figure {
		return Confusion(mat.NewDense(5, 1, []float64{0, 1, 2, 3, 4}), mat.NewDense(5, 1, nil), longNames...)
	},
	"images": func() *Figure {
		m := Image{Pixels: []float64{0, 1, 1, 0}, Height: 2, Width: 2, Label: "ankle boot", Predicted: "sneaker or trainer"}
		return Images(6, m, m, m, m, m, m)
	},
	"layers": func() *Figure {
		return Layers("activation", Series{Name: long, Y: []float64{1, 2, 3}}, Series{Name: "b", Y: []float64{1, 2, 4}})
	},
	"graph": func() *Figure {
		return Graph(true, Node{Name: "hidden_preactivation", Value: 1234567.8}, Node{Name: "out", Op: "softmax(W·h + b)", Inputs: []string{"hidden_preactivation"}, Value: 1e-9, Grad: -1e-12})
	},
	"blocks": func() *Figure {
		return Blocks("input of a very long shape", Block{Name: long, Shape: "1×2×3", Params: 123456789}, Block{Name: "Dense", Shape: "3", Params: 12, Inside: 2})
	},
	"roc": func() *Figure {
		return ROC(Scored{Name: long, Score: []float64{1, 2, 3}, Y: []float64{0, 1, 1}}, Scored{Name: "logistic regression with L2 penalty", Score: []float64{1, 3, 2}, Y: []float64{0, 0, 1}})
	},
	"grid": func() *Figure {
		f, g := Lines("epoch", long, Series{Name: long, Y: []float64{1, 2, 3}}), Lines("epoch", "loss", Series{Name: "x", Y: []float64{1e5, 25e4, 30}})
		f.Title.Text = long + ", and " + long
		return Grid(3, f, g, f)
	},
	"curves": func() *Figure {
		return Curves(&dl.History{Loss: []float64{3, 2, 1e-5}, Metrics: map[string][]float64{"mean absolute percentage error": {1, 2, 3}, "top-5 accuracy": {.1, .2, .3}}})
	},
	"far from zero": func() *Figure {
		return Lines("x", "y", Series{X: []float64{1e6, 1e6 + 3}, Y: []float64{-1.2e-4, 3.4e-4}})
	},
}

// No text is cut at the edge of the sheet, and none lies on another.
func TestTextIsNeitherCutNorCovered(t *testing.T) {
	for _, k := range kinds {
		if k.name != "embedding" { // there, names stand on white plates where their points are
			checkText(t, k.name, k.draw())
		}
	}
	for name, draw := range withLongLabels {
		checkText(t, "long "+name, draw())
	}
}

func checkText(t *testing.T, name string, f *Figure) {
	t.Helper()
	w, h := vg.Length(f.Width)*vg.Inch/96, vg.Length(f.Height)*vg.Inch/96
	c := &textCanvas{move: affine{1, 0, 0, 1, 0, 0}}
	f.Draw(draw.NewCanvas(c, w, h))
	for i, a := range c.texts {
		if a.Min.X < 0 || a.Min.Y < 0 || a.Max.X > w || a.Max.Y > h {
			t.Errorf("%s: %q is cut at the edge: %.0f … %.0f of %.0f, %.0f … %.0f of %.0f", name, a.text, a.Min.X, a.Max.X, w, a.Min.Y, a.Max.Y, h)
		}
		for _, b := range c.texts[:i] {
			if !a.tilted && !b.tilted && a.Min.X < b.Max.X && b.Min.X < a.Max.X && a.Min.Y < b.Max.Y && b.Min.Y < a.Max.Y {
				t.Errorf("%s: %q lies on %q", name, a.text, b.text)
			}
		}
	}
}

// textCanvas draws nothing and remembers where texts are.
type textCanvas struct {
	move  affine
	saved []affine
	texts []placed
}

type placed struct {
	vg.Rectangle
	text   string
	tilted bool // neither level nor upright
}

// affine maps (x, y) to (ax + cy + e, bx + dy + f).
type affine struct{ a, b, c, d, e, f float64 }

func (m affine) times(n affine) affine {
	return affine{m.a*n.a + m.c*n.b, m.b*n.a + m.d*n.b, m.a*n.c + m.c*n.d, m.b*n.c + m.d*n.d, m.a*n.e + m.c*n.f + m.e, m.b*n.e + m.d*n.f + m.f}
}

func (c *textCanvas) FillString(f font.Face, pt vg.Point, text string) {
	if text == "ˆ" || text == " " {
		return // a hat belongs on its letter
	}
	const slack = 0.4
	size := f.Font.Size
	out := placed{text: text, Rectangle: vg.Rectangle{Min: vg.Point{X: 1e9, Y: 1e9}, Max: vg.Point{X: -1e9, Y: -1e9}}}
	for _, x := range []vg.Length{pt.X + slack, pt.X + f.Width(text) - slack} {
		for _, y := range []vg.Length{pt.Y - 0.15*size, pt.Y + 0.7*size} {
			at := c.move.times(affine{1, 0, 0, 1, float64(x), float64(y)})
			out.Min.X, out.Max.X = min(out.Min.X, vg.Length(at.e)), max(out.Max.X, vg.Length(at.e))
			out.Min.Y, out.Max.Y = min(out.Min.Y, vg.Length(at.f)), max(out.Max.Y, vg.Length(at.f))
		}
	}
	out.tilted = math.Abs(c.move.a*c.move.b) > 1e-6
	c.texts = append(c.texts, out)
}

func (c *textCanvas) Translate(p vg.Point) {
	c.move = c.move.times(affine{1, 0, 0, 1, float64(p.X), float64(p.Y)})
}

func (c *textCanvas) Rotate(angle float64) {
	sin, cos := math.Sincos(angle)
	c.move = c.move.times(affine{cos, sin, -sin, cos, 0, 0})
}

func (c *textCanvas) Scale(x, y float64) { c.move = c.move.times(affine{x, 0, 0, y, 0, 0}) }
func (c *textCanvas) Push()              { c.saved = append(c.saved, c.move) }
func (c *textCanvas) Pop() {
	c.move, c.saved = c.saved[len(c.saved)-1], c.saved[:len(c.saved)-1]
}
func (c *textCanvas) SetLineWidth(vg.Length)              {}
func (c *textCanvas) SetLineDash([]vg.Length, vg.Length)  {}
func (c *textCanvas) SetColor(color.Color)                {}
func (c *textCanvas) Stroke(vg.Path)                      {}
func (c *textCanvas) Fill(vg.Path)                        {}
func (c *textCanvas) DrawImage(vg.Rectangle, image.Image) {}

func TestCellsGiveUpTheirNumbersWhereOneDoesNotFit(t *testing.T) {
	for width, want := range map[int]int{640: 20, 130: 0} {
		f := HeatMap(mat.NewDense(4, 5, []float64{1, 2, 3, 4, 5, -100, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2, 3, 4, 5}), nil, nil)
		f.scale, f.X.Tick.Marker, f.Y.Tick.Marker = nil, plot.ConstantTicks{}, plot.ConstantTicks{}
		var c recorder.Canvas
		f.Draw(draw.NewCanvas(&c, vg.Length(width)*72/96, 200))
		texts := 0
		for _, action := range c.Actions {
			if _, ok := action.(*recorder.FillString); ok {
				texts++
			}
		}
		if texts != want {
			t.Errorf("%d wide: %d of 20 numbers are written, want %d", width, texts, want)
		}
	}
}
