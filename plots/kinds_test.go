package plots

import (
	"math"
	"math/rand/v2"

	"descent/dl"

	"gonum.org/v1/gonum/mat"
)

// kinds has one usual picture of each kind; the golden, size and speed tests
// draw them all.
var kinds = []struct {
	name string
	draw func() *Figure
}{
	{"lines", func() *Figure {
		f := Lines("epoch", "loss J(θ)",
			Series{Name: "Adam", Y: decay(200, 14, 30, 0.3)},
			Series{Name: "gradient descent with momentum", Y: decay(200, 15, 18, 0.7)})
		f.Title.Text = "Two optimizers on the article's line: ∇J(θ₁, θ₂), m̂ₜ, v̂ₜ, ŷ"
		return f
	}},
	{"lines-log", func() *Figure {
		f := Lines("epoch", "loss",
			Series{Name: "rate 0.1", Y: decay(400, 20, 20, 1e-7)}, Series{Name: "rate 0.01", Y: decay(400, 20, 60, 1e-3)},
			Series{Name: "rate 0.001", Y: decay(400, 20, 300, 0)})
		f.LogY()
		return f
	}},
	{"lines-band", func() *Figure {
		mean := decay(60, 2, 15, 0.2)
		low, high := make([]float64, 60), make([]float64, 60)
		for i, v := range mean {
			low[i], high[i] = v*0.7, v*1.25
		}
		return Lines("epoch", "loss", Series{Name: "mean ± standard deviation of 10 seeds", Y: mean, Low: low, High: high})
	}},
	{"scatter", func() *Figure {
		return Scatter("petal length in cm", "petal width in cm", cloud("setosa", 50, 1.5, 0.25, 0.2), cloud("versicolor", 50, 4.3, 1.3, 0.3), cloud("virginica", 50, 5.5, 2.0, 0.4))
	}},
	{"bars", func() *Figure {
		return Bars("accuracy", []string{"iris", "wine", "breast cancer", "digits"},
			Series{Name: "logistic regression", Y: []float64{0.960, 0.983, 0.979, 0.969}}, Series{Name: "one hidden layer of 64", Y: []float64{0.947, 0.972, 0.975, 0.972}})
	}},
	{"bars-long", func() *Figure {
		f := Bars("test error", []string{"no regularisation at all", "weight decay", "dropout after each layer", "early stopping", "data augmentation by shifts", "all of them together"},
			Series{Y: []float64{0.12, 0.09, 0.085, 0.08, 0.06, 0.05}, Low: []float64{0.1, 0.08, 0.08, 0.07, 0.05, 0.04}, High: []float64{0.14, 0.1, 0.09, 0.09, 0.07, 0.06}})
		return f
	}},
	{"histogram", func() *Figure {
		return Histogram("weight", 0, Series{Name: "Glorot", Y: cloud("", 2000, 0, 0, 0.3).X}, Series{Name: "He", Y: cloud("", 2000, 0.2, 0, 0.5).X})
	}},
	{"functions", func() *Figure {
		sigma := func(z float64) float64 { return 1 / (1 + math.Exp(-z)) }
		return Functions("z", Range{-4, 4},
			Function{"σ(z)", sigma, func(z float64) float64 { return sigma(z) * (1 - sigma(z)) }},
			Function{"tanh z", math.Tanh, func(z float64) float64 { return 1 - math.Tanh(z)*math.Tanh(z) }},
			Function{"ReLU", func(z float64) float64 { return max(0, z) }, nil})
	}},
	{"curves", func() *Figure {
		h := &dl.History{Loss: decay(60, 2, 12, 0.1), ValLoss: decay(60, 2, 12, 0.25), Metrics: map[string][]float64{"accuracy": rise(60, 0.97)}, ValMetrics: map[string][]float64{"accuracy": rise(60, 0.9)}}
		for i := range h.ValLoss {
			h.ValLoss[i] += 0.004 * float64(i)
		}
		return Curves(h)
	}},
	{"contour", func() *Figure {
		return Contour(bowl, Range{-4, 4}, Range{-2, 2}, descent("gradient descent", 0.28), descent("smaller rate", 0.05))
	}},
	{"regions", func() *Figure {
		X, y := spirals()
		return Regions(func(X mat.Matrix) (*mat.Dense, error) {
			n, _ := X.Dims()
			out := mat.NewDense(n, 1, nil)
			for i := 0; i < n; i++ {
				out.Set(i, 0, 6*(math.Sin(2*X.At(i, 0))-X.At(i, 1)))
			}
			return out, nil
		}, X, y, "below", "above")
	}},
	{"regions-three", func() *Figure {
		X, y := spirals()
		return Regions(func(X mat.Matrix) (*mat.Dense, error) {
			n, _ := X.Dims()
			out := mat.NewDense(n, 3, nil)
			for i := 0; i < n; i++ {
				out.SetRow(i, []float64{2 * X.At(i, 0), -2 * X.At(i, 0), 3*X.At(i, 1) - 1})
			}
			return out, nil
		}, X, y)
	}},
	{"confusion", func() *Figure {
		y, yhat := mat.NewDense(300, 1, nil), mat.NewDense(300, 1, nil)
		for i := 0; i < 300; i++ {
			y.Set(i, 0, float64(i%10))
			yhat.Set(i, 0, float64(i%10))
			if i%7 == 0 {
				yhat.Set(i, 0, float64((i/7)%10))
			}
		}
		return Confusion(y, yhat, "0", "1", "2", "3", "4", "5", "6", "7", "8", "9")
	}},
	{"confusion-names", func() *Figure {
		return Confusion(mat.NewDense(6, 1, []float64{0, 0, 1, 1, 2, 2}), mat.NewDense(6, 1, []float64{0, 0, 1, 2, 2, 2}), "setosa", "versicolor", "virginica")
	}},
	{"roc", func() *Figure { return ROC(scored("logistic regression", 1.5), scored("network", 2.5)) }},
	{"precision-recall", func() *Figure {
		return PrecisionRecall(scored("logistic regression", 1.5), scored("network", 2.5))
	}},
	{"calibration", func() *Figure { return Calibration(scored("logistic regression", 1.5), scored("network", 2.5)) }},
	{"learning-curve", func() *Figure {
		train, validation := mat.NewDense(6, 3, nil), mat.NewDense(6, 3, nil)
		sizes := []float64{10, 20, 50, 100, 200, 500}
		for i, n := range sizes {
			for j := 0; j < 3; j++ {
				train.Set(i, j, 1-0.1*math.Log10(n)/3-0.01*float64(j))
				validation.Set(i, j, 0.6+0.1*math.Log10(n)+0.03*float64(j-1))
			}
		}
		return LearningCurve("training samples", "accuracy", sizes, train, validation)
	}},
	{"heatmap", func() *Figure {
		m := mat.NewDense(4, 5, nil)
		for i := 0; i < 4; i++ {
			for j := 0; j < 5; j++ {
				m.Set(i, j, math.Sin(float64(i*j))*0.8)
			}
		}
		return HeatMap(m, []string{"alcohol", "malic acid", "ash", "hue"}, []string{"alcohol", "malic acid", "ash", "hue", "proline"})
	}},
	{"heatmap-large", func() *Figure {
		m := mat.NewDense(100, 120, nil)
		for i := 0; i < 100; i++ {
			for j := 0; j < 120; j++ {
				m.Set(i, j, math.Exp(-math.Pow(float64(i-j)/20, 2)))
			}
		}
		return HeatMap(m, nil, nil)
	}},
	{"attention", func() *Figure {
		words := []string{"the", "light", "of", "the", "sun", "consists", "of", "rays"}
		m := mat.NewDense(8, 8, nil)
		for i := range words {
			for j := 0; j <= i; j++ {
				m.Set(i, j, math.Exp(-math.Abs(float64(i-j-1)))/(1.5+0.2*float64(i)))
			}
		}
		return Attention(words, words, m)
	}},
	{"images", func() *Figure {
		var list []Image
		for d := 0; d < 10; d++ {
			list = append(list, Image{Pixels: blob(8, float64(d)), Height: 8, Width: 8, Label: string(rune('0' + d)), Predicted: string(rune('0' + d%8))})
		}
		return Images(5, list...)
	}},
	{"images-colour", func() *Figure {
		px := make([]float64, 16*16*3)
		for i := range px {
			px[i] = math.Mod(float64(i)*0.013, 1)
		}
		return Images(2, Image{Pixels: px, Height: 16, Width: 16, Channels: 3, Label: "stripes"}, Image{Pixels: px, Height: 16, Width: 16, Channels: 3, Label: "again"})
	}},
	{"filters", func() *Figure {
		var list []Image
		for k := 0; k < 8; k++ {
			px := make([]float64, 9)
			for i := range px {
				px[i] = math.Sin(float64(i*(k+1)) + float64(k))
			}
			list = append(list, Image{Pixels: px, Height: 3, Width: 3, Label: "filter " + string(rune('0'+k))})
		}
		return Filters(4, list...)
	}},
	{"saliency", func() *Figure {
		return Saliency(Image{Pixels: blob(28, 3), Height: 28, Width: 28, Label: "3"}, blob(28, 8))
	}},
	{"layers", func() *Figure {
		return Layers("activation", Series{Name: "layer 1", Y: cloud("", 500, 0, 0, 1).X}, Series{Name: "layer 2", Y: cloud("", 500, 0, 0, 0.6).X}, Series{Name: "layer 3", Y: cloud("", 500, 0, 0, 0.2).X}, Series{Name: "layer 4", Y: cloud("", 500, 0, 0, 0.02).X})
	}},
	{"embedding", func() *Figure {
		X, y := mat.NewDense(500, 2, nil), mat.NewDense(500, 1, nil)
		for i := 0; i < 500; i++ {
			k := float64(i % 10)
			c := cloud("", 500, 5*math.Cos(k), 5*math.Sin(k), 0.8)
			X.SetRow(i, []float64{c.X[i], c.Y[i]})
			y.Set(i, 0, k)
		}
		return Embedding(X, y, "0", "1", "2", "3", "4", "5", "6", "7", "8", "9")
	}},
	{"words", func() *Figure {
		list := []string{"king", "queen", "man", "woman", "apple", "pear", "run", "walk", "light", "ray"}
		c := cloud("", len(list), 0, 0, 1)
		X := mat.NewDense(len(list), 2, nil)
		X.SetCol(0, c.X)
		X.SetCol(1, c.Y)
		return Words(X, list)
	}},
	{"waveform", func() *Figure { return Waveform(tone(), 8000) }},
	{"spectrogram", func() *Figure { return Spectrogram(tone(), 8000) }},
	{"text", func() *Figure {
		words := []string{"The", "film", "was", "not", "bad", "at", "all", ",", "I", "rather", "enjoyed", "the", "quiet", "parts", "and", "the", "terrible", "jokes", "."}
		scores := make([]float64, len(words))
		for i := range scores {
			scores[i] = math.Sin(float64(i) * 1.7)
		}
		return Text(words, scores)
	}},
	{"blocks", func() *Figure {
		return Blocks("input 28×28×1", Block{"Conv2D, 8 filters of 3×3", "26×26×8", 80, 0}, Block{"ReLU", "26×26×8", 0, 0}, Block{"MaxPool 2×2", "13×13×8", 0, 0}, Block{"Flatten", "1352", 0, 0}, Block{"Dense, 10 units", "10", 13530, 0})
	}},
	{"neurons", func() *Figure {
		w1, w2 := mat.NewDense(2, 4, []float64{1.2, -0.8, 0.3, 2, -1.5, 0.7, 0.2, -0.1}), mat.NewDense(4, 1, []float64{1, -1.4, 0.6, 2})
		return Neurons(w1, w2)
	}},
	{"graph", func() *Figure {
		return Graph(true,
			Node{Name: "x", Value: 2, Grad: -0.84}, Node{Name: "w", Value: -0.7, Grad: 0.24}, Node{Name: "u", Op: "x·w", Inputs: []string{"x", "w"}, Value: -1.4, Grad: 0.12},
			Node{Name: "b", Value: 1, Grad: 0.12}, Node{Name: "z", Op: "u + b", Inputs: []string{"u", "b"}, Value: -0.4, Grad: 0.12},
			Node{Name: "a", Op: "tanh z", Inputs: []string{"z"}, Value: -0.38, Grad: 0.14}, Node{Name: "y", Value: 1}, Node{Name: "L", Op: "(a−y)²", Inputs: []string{"a", "y"}, Value: 1.9, Grad: 1})
	}},
	{"stack", func() *Figure {
		top, strip := Lines("step", "θ₂", Series{Y: descent("", 0.28).Y}), Filters(4, Image{Pixels: blob(12, 0), Height: 12, Width: 12, Label: "1"}, Image{Pixels: blob(12, 1), Height: 12, Width: 12, Label: "2"})
		top.Height, strip.Height = 240, 120
		return Stack(top, strip)
	}},
	{"grid", func() *Figure {
		var list []Drawer
		var figures []*Figure
		for _, rate := range []float64{0.28, 0.15, 0.05, 0.31} {
			s := descent("", rate)
			f := Lines("step", "θ₂", Series{Y: s.Y})
			f.Title.Text = "α = " + short(rate)
			f.Width, f.Height = 300, 220
			figures, list = append(figures, f), append(list, f)
		}
		Share(figures...)
		return Grid(2, list...)
	}},
	{"failed", func() *Figure {
		return Lines("epoch", "loss", Series{Name: "Adam", X: []float64{1, 2, 3}, Y: []float64{1, 2}})
	}},
}

func decay(n int, top, scale, floor float64) []float64 {
	y := make([]float64, n)
	for i := range y {
		y[i] = top*math.Exp(-float64(i)/scale) + floor
	}
	return y
}

func rise(n int, top float64) []float64 {
	y := make([]float64, n)
	for i := range y {
		y[i] = top - 0.7*math.Exp(-float64(i)/10)
	}
	return y
}

// cloud is n points around (x, y).
func cloud(name string, n int, x, y, spread float64) Series {
	rng := rand.New(rand.NewPCG(1, uint64(int64(100*x+10*spread))))
	s := Series{Name: name, X: make([]float64, n), Y: make([]float64, n)}
	bell := func() float64 { return (rng.Float64() + rng.Float64() + rng.Float64() - 1.5) * 2 * spread }
	for i := range s.X {
		s.X[i], s.Y[i] = x+bell(), y+bell()
	}
	return s
}

func bowl(x, y float64) float64 { return x*x/2 + 3*y*y + x*y/2 }

// descent is 30 steps of gradient descent on the bowl.
func descent(name string, rate float64) Series {
	s := Series{Name: name}
	x, y := -3.5, 1.8
	for i := 0; i < 30; i++ {
		s.X, s.Y = append(s.X, x), append(s.Y, y)
		x, y = x-rate*(x+y/2), y-rate*(6*y+x/2)
	}
	return s
}

func spirals() (X, y *mat.Dense) {
	X, y = mat.NewDense(120, 2, nil), mat.NewDense(120, 1, nil)
	c := cloud("", 120, 0, 0, 1)
	for i := 0; i < 120; i++ {
		X.SetRow(i, []float64{c.X[i], c.Y[i]})
		if math.Sin(2*c.X[i]) > c.Y[i] {
			y.Set(i, 0, 1)
		}
	}
	return X, y
}

func scored(name string, gap float64) Scored {
	s := Scored{Name: name}
	a, b := cloud("", 150, 0, 0, 1), cloud("", 150, 0.3, gap, 1)
	for i := 0; i < 150; i++ {
		s.Score = append(s.Score, 1/(1+math.Exp(gap/2-a.Y[i])), 1/(1+math.Exp(gap/2-b.Y[i])))
		s.Y = append(s.Y, 0, 1)
	}
	return s
}

func blob(n int, turn float64) []float64 {
	px := make([]float64, n*n)
	for i := range px {
		r, c := float64(i/n)-float64(n)/2+0.5, float64(i%n)-float64(n)/2+0.5
		px[i] = max(0, math.Cos(math.Hypot(r, c)*6/float64(n)-1)*(1+0.6*math.Sin(math.Atan2(r, c)*2+turn)))
	}
	return px
}

func tone() []float64 {
	y := make([]float64, 8000)
	for i := range y {
		t := float64(i) / 8000
		y[i] = 0.6 * math.Sin(2*math.Pi*(300+1500*t)*t) * math.Sin(math.Pi*t)
	}
	return y
}
