package plots

import (
	"errors"
	"math"
	"testing"

	"descent/dl"

	"gonum.org/v1/gonum/mat"
)

// Whatever comes, a kind returns a figure that can be drawn as PNG and SVG;
// where err is set it must be a message, where it is not a picture.
func TestBadDataGivesAPictureOrAMessage(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	two := func(v ...float64) *mat.Dense { return mat.NewDense(len(v)/2, 2, v) }
	one := func(v ...float64) *mat.Dense { return mat.NewDense(len(v), 1, v) }
	empty := &mat.Dense{}
	half := func(X mat.Matrix) (*mat.Dense, error) {
		n, _ := X.Dims()
		return mat.NewDense(n, 1, nil), nil
	}
	nothing := func(X mat.Matrix) (*mat.Dense, error) { return nil, errors.New("no weights") }
	unsure := func(X mat.Matrix) (*mat.Dense, error) {
		out, _ := half(X)
		out.Set(0, 0, nan)
		return out, nil
	}
	flat := func(x, y float64) float64 { return 3 }
	hole := func(x, y float64) float64 { return math.Log(x * y) }
	none := func(x, y float64) float64 { return nan }
	px := Image{Pixels: []float64{0, 1, 2, 3}, Height: 2, Width: 2}

	for _, c := range []struct {
		name string
		err  bool
		f    *Figure
	}{
		{"lines: nothing", true, Lines("x", "y")},
		{"lines: empty series", true, Lines("x", "y", Series{})},
		{"lines: one point", false, Lines("x", "y", Series{Y: []float64{3}})},
		{"lines: NaN and Inf", false, Lines("x", "y", Series{Y: []float64{1, nan, 2, inf, -inf, 3, 4}})},
		{"lines: only NaN", false, Lines("x", "y", Series{Y: []float64{nan, nan}})},
		{"lines: constant", false, Lines("x", "y", Series{Y: []float64{2, 2, 2}})},
		{"lines: huge", false, Lines("x", "y", Series{Y: []float64{-1e299, 1e299}})},
		{"lines: beyond", false, Lines("x", "y", Series{Y: []float64{-1e308, 1e308, 1}})},
		{"lines: tiny", false, Lines("x", "y", Series{Y: []float64{1e-310, 2e-310}})},
		{"lines: lengths", true, Lines("x", "y", Series{X: []float64{1}, Y: []float64{1, 2}})},
		{"lines: half a band", true, Lines("x", "y", Series{Y: []float64{1, 2}, Low: []float64{0, 1}})},
		{"lines: NaN in band", false, Lines("x", "y", Series{Y: []float64{1, 2}, Low: []float64{0, nan}, High: []float64{2, 3}})},
		{"lines: log of negatives", false, logY(Lines("x", "y", Series{Y: []float64{-1, 0, -3}}))},
		{"lines: log of a constant", false, logY(Lines("x", "y", Series{Y: []float64{5, 5}}))},
		{"scatter: nothing", true, Scatter("x", "y")},
		{"scatter: one point", false, Scatter("x", "y", Series{Y: []float64{3}})},
		{"scatter: NaN", false, Scatter("x", "y", Series{X: []float64{1, nan}, Y: []float64{inf, 2}})},
		{"bars: nothing", true, Bars("y", nil)},
		{"bars: one", false, Bars("y", []string{"a"}, Series{Y: []float64{1}})},
		{"bars: NaN", false, Bars("y", []string{"a", "b"}, Series{Y: []float64{nan, inf}})},
		{"bars: negative and zero", false, Bars("y", []string{"a", "b", ""}, Series{Y: []float64{-1, 0, 0}})},
		{"bars: lengths", true, Bars("y", []string{"a", "b"}, Series{Y: []float64{1}})},
		{"bars: log", false, logY(Bars("y", []string{"a", "b"}, Series{Y: []float64{1, 1000}}))},
		{"histogram: nothing", true, Histogram("x", 0)},
		{"histogram: one", false, Histogram("x", 0, Series{Y: []float64{2}})},
		{"histogram: constant", false, Histogram("x", 10, Series{Y: []float64{2, 2, 2}})},
		{"histogram: NaN", true, Histogram("x", 0, Series{Y: []float64{nan, inf}})},
		{"histogram: outlier", false, Histogram("x", 0, Series{Y: []float64{1, 1, 1, 1, 1, 1e9}})},
		{"functions: no range", true, Functions("x", Range{2, 2}, Function{F: math.Sin})},
		{"functions: none", true, Functions("x", Range{0, 1})},
		{"functions: nil", true, Functions("x", Range{0, 1}, Function{Name: "f"})},
		{"functions: pole", false, Functions("x", Range{-1, 1}, Function{F: func(x float64) float64 { return 1 / x }})},
		{"functions: NaN everywhere", false, Functions("x", Range{-2, -1}, Function{F: math.Log})},
		{"curves: nil", true, Curves(nil)},
		{"curves: no epochs", true, Curves(&dl.History{})},
		{"curves: one epoch", false, Curves(&dl.History{Loss: []float64{1}, ValLoss: []float64{2}})},
		{"curves: NaN", false, Curves(&dl.History{Loss: []float64{1, nan, inf}, ValLoss: []float64{nan, nan, nan}})},
		{"curves: fewer validations", false, Curves(&dl.History{Loss: []float64{1, 2, 3}, ValLoss: []float64{2}, Metrics: map[string][]float64{"a": nil}})},
		{"contour: nil", true, Contour(nil, Range{0, 1}, Range{0, 1})},
		{"contour: flat", false, Contour(flat, Range{0, 1}, Range{0, 1})},
		{"contour: hole", false, Contour(hole, Range{-1, 1}, Range{-1, 1})},
		{"contour: NaN", true, Contour(none, Range{-1, 1}, Range{-1, 1})},
		{"contour: range", true, Contour(flat, Range{1, 0}, Range{0, inf})},
		{"contour: path without X", true, Contour(flat, Range{0, 1}, Range{0, 1}, Series{Y: []float64{1}})},
		{"contour: diverging path", false, Contour(bowl, Range{-1, 1}, Range{-1, 1}, Series{X: []float64{0, 1e5, -1e12, nan, 1e301}, Y: []float64{0, 1e9, 1e20, 1, 1}})},
		{"contour: one step", false, Contour(bowl, Range{-1, 1}, Range{-1, 1}, Series{X: []float64{0.5}, Y: []float64{0.5}})},
		{"contour: empty path", false, Contour(bowl, Range{-1, 1}, Range{-1, 1}, Series{X: []float64{}, Y: []float64{}})},
		{"regions: nil", true, Regions(nil, two(1, 2), one(0))},
		{"regions: features", true, Regions(half, one(1, 2), one(0, 1))},
		{"regions: labels", true, Regions(half, two(1, 2, 3, 4), one(0))},
		{"regions: model fails", true, Regions(nothing, two(1, 2, 3, 4), one(0, 1))},
		{"regions: one point", false, Regions(half, two(1, 2), one(0))},
		{"regions: NaN probability", false, Regions(unsure, two(1, 2, 3, 4), one(0, 1))},
		{"regions: NaN data", true, Regions(half, two(nan, 2, nan, 4), one(0, 1))},
		{"regions: NaN label", false, Regions(half, two(1, 2, 3, 4), one(nan, -3))},
		{"regions: empty", true, Regions(half, empty, empty)},
		{"confusion: lengths", true, Confusion(one(0, 1), one(0))},
		{"confusion: negative class", true, Confusion(one(-1, 1), one(0, 1))},
		{"confusion: one class", false, Confusion(one(0, 0), one(0, 0))},
		{"confusion: empty", true, Confusion(empty, empty)},
		{"roc: none", true, ROC()},
		{"roc: lengths", true, ROC(Scored{Score: []float64{1}, Y: []float64{1, 0}})},
		{"roc: one class", true, ROC(Scored{Score: []float64{1, 2}, Y: []float64{1, 1}})},
		{"roc: NaN", true, ROC(Scored{Score: []float64{1, nan}, Y: []float64{1, 0}})},
		{"roc: all equal", false, ROC(Scored{Score: []float64{1, 1}, Y: []float64{1, 0}})},
		{"precision-recall: classes 1 and 2", true, PrecisionRecall(Scored{Score: []float64{1, 1}, Y: []float64{1, 2}})},
		{"precision-recall: all equal", false, PrecisionRecall(Scored{Score: []float64{1, 1}, Y: []float64{1, 0}})},
		{"calibration: logits", true, Calibration(Scored{Score: []float64{3, -1}, Y: []float64{1, 0}})},
		{"calibration: two", false, Calibration(Scored{Score: []float64{1, 0}, Y: []float64{1, 0}})},
		{"learning curve: nil", true, LearningCurve("n", "loss", nil, nil, nil)},
		{"learning curve: rows", true, LearningCurve("n", "loss", []float64{1, 2}, one(1), one(1, 2))},
		{"learning curve: one run", false, LearningCurve("n", "loss", []float64{1, 2}, one(1, nan), one(1, 2))},
		{"heat map: nil", true, HeatMap(nil, nil, nil)},
		{"heat map: empty", true, HeatMap(empty, nil, nil)},
		{"heat map: names", true, HeatMap(two(1, 2), []string{"a", "b"}, nil)},
		{"heat map: constant", false, HeatMap(two(0, 0, 0, 0), nil, nil)},
		{"heat map: NaN", true, HeatMap(two(nan, nan), nil, nil)},
		{"heat map: some NaN", false, HeatMap(two(nan, 1), nil, nil)},
		{"heat map: long and thin", false, HeatMap(mat.NewDense(1, 700, nil), nil, nil)},
		{"attention: negative", true, Attention([]string{"a"}, []string{"b", "c"}, two(-1, 1))},
		{"attention: zero", false, Attention([]string{"a"}, []string{"b", "c"}, two(0, 0))},
		{"images: none", true, Images(3)},
		{"images: size", true, Images(3, Image{Pixels: []float64{1}, Height: 2, Width: 2})},
		{"images: channels", true, Images(3, Image{Pixels: []float64{1, 2}, Height: 1, Width: 1, Channels: 2})},
		{"images: columns", false, Images(0, px, px)},
		{"images: constant", false, Images(2, Image{Pixels: []float64{5, 5}, Height: 1, Width: 2})},
		{"images: NaN", true, Images(2, Image{Pixels: []float64{nan, nan}, Height: 1, Width: 2})},
		{"images: many", false, Images(20, make250(px)...)},
		{"filters: colour", true, Filters(1, Image{Pixels: []float64{1, 2, 3}, Height: 1, Width: 1, Channels: 3})},
		{"filters: constant", false, Filters(1, Image{Pixels: []float64{0}, Height: 1, Width: 1})},
		{"saliency: lengths", true, Saliency(px, []float64{1})},
		{"saliency: NaN", false, Saliency(px, []float64{nan, 0, inf, 1})},
		{"saliency: zero", false, Saliency(px, make([]float64, 4))},
		{"layers: nothing", true, Layers("a")},
		{"layers: dead layer", false, Layers("a", Series{Name: "1", Y: []float64{1, 2}}, Series{Name: "2", Y: []float64{nan}}, Series{Name: "3"})},
		{"layers: only NaN", true, Layers("a", Series{Y: []float64{nan}})},
		{"layers: constant", false, Layers("a", Series{Y: []float64{0, 0}})},
		{"embedding: columns", true, Embedding(one(1), one(1))},
		{"embedding: one", false, Embedding(two(1, 2), one(0))},
		{"embedding: NaN", false, Embedding(two(nan, 2, 1, 1), one(0, 7))},
		{"words: lengths", true, Words(two(1, 2), nil)},
		{"words: NaN", false, Words(two(1, nan, 1, 1), []string{"a", "b"})},
		{"waveform: rate", true, Waveform([]float64{1}, 0)},
		{"waveform: NaN", false, Waveform([]float64{1, nan, 0.5}, 8000)},
		{"spectrogram: short", true, Spectrogram([]float64{1, 2}, 8000)},
		{"spectrogram: silence", false, Spectrogram(make([]float64, 4000), 8000)},
		{"spectrogram: NaN", false, Spectrogram(append(make([]float64, 4000), nan), 8000)},
		{"text: lengths", true, Text([]string{"a"}, nil)},
		{"text: NaN", false, Text([]string{"a", "\n", "b"}, []float64{nan, 0, 1})},
		{"text: zero", false, Text([]string{"a"}, []float64{0})},
		{"network: nil", true, Network(nil)},
		{"blocks: none", true, Blocks("in")},
		{"neurons: none", true, Neurons()},
		{"neurons: sizes", true, Neurons(two(1, 2), one(1, 2, 3))},
		{"neurons: NaN", false, Neurons(two(nan, 0), one(1, 2))},
		{"neurons: many", false, Neurons(mat.NewDense(64, 30, nil))},
		{"graph: none", true, Graph(true)},
		{"graph: unknown input", true, Graph(true, Node{Name: "a", Inputs: []string{"b"}})},
		{"graph: cycle", true, Graph(true, Node{Name: "a", Inputs: []string{"b"}}, Node{Name: "b", Inputs: []string{"a"}})},
		{"graph: twice", true, Graph(true, Node{Name: "a"}, Node{Name: "a"})},
		{"graph: NaN", false, Graph(false, Node{Name: "a", Value: nan})},
		{"grid: none", true, Grid(2)},
		{"grid: of a message", false, Grid(2, Lines("x", "y"), Lines("x", "y", Series{Y: []float64{1}}))},
	} {
		t.Run(c.name, func(t *testing.T) {
			if (c.f.Err() != nil) != c.err {
				t.Errorf("the error is %v, want one: %v", c.f.Err(), c.err)
			}
			if len(PNG(c.f)) == 0 {
				t.Error("no PNG")
			}
			if err := Save(t.TempDir()+"/p.svg", c.f); err != nil {
				t.Error(err)
			}
		})
	}
}

func logY(f *Figure) *Figure {
	f.LogY()
	return f
}

func make250(m Image) (list []Image) {
	for i := 0; i < 250; i++ {
		list = append(list, m)
	}
	return list
}
