package dl

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"descent/dl/blas"
	"gonum.org/v1/gonum/mat"
)

// lossCase is a loss with a model's output for one sample and suitable targets
// for n samples. Every case goes through every test of this file's first part.
type lossCase struct {
	name    string
	loss    Loss
	out     Shape
	targets func(n int) *Tensor
}

var lossCases = []lossCase{
	{"MSE", MSE{}, Shape{2}, normalTargets(2)},
	{"MAE", MAE{}, Shape{2}, normalTargets(2)},
	{"Huber", Huber{}, Shape{3}, normalTargets(3)},
	{"Huber, δ = 0.2", Huber{Delta: 0.2}, Shape{3}, normalTargets(3)},
	{"binary", BinaryCrossEntropy{}, Shape{1}, numbers(1, 2)},
	{"binary, three questions", BinaryCrossEntropy{}, Shape{3}, numbers(3, 2)},
	{"binary, probabilities", BinaryCrossEntropy{}, Shape{1}, uniformTargets(1)},
	{"binary, smoothed and weighted", BinaryCrossEntropy{LabelSmoothing: 0.1, PositiveWeight: 3}, Shape{2}, numbers(2, 2)},
	{"numbers", CrossEntropy{}, Shape{4}, numbers(1, 4)},
	{"one-hot", CrossEntropy{}, Shape{4}, oneHot(4)},
	{"probabilities", CrossEntropy{}, Shape{4}, probabilities(1, 4)},
	{"numbers, smoothed", CrossEntropy{LabelSmoothing: 0.1}, Shape{4}, numbers(1, 4)},
	{"numbers, weighted", CrossEntropy{ClassWeights: []float64{1, 2, 0.5, 3}}, Shape{4}, numbers(1, 4)},
	{"numbers, smoothed and weighted", CrossEntropy{LabelSmoothing: 0.2, ClassWeights: []float64{1, 2, 0.5, 3}}, Shape{4}, numbers(1, 4)},
	{"probabilities, smoothed and weighted", CrossEntropy{LabelSmoothing: 0.2, ClassWeights: []float64{1, 2, 0.5, 3}}, Shape{4}, probabilities(1, 4)},
	{"twenty classes", CrossEntropy{}, Shape{20}, numbers(1, 20)},
	{"sequence of numbers", CrossEntropy{}, Shape{3, 5}, numbers(3, 5)},
	{"sequence of probabilities", CrossEntropy{LabelSmoothing: 0.1}, Shape{3, 5}, probabilities(3, 5)},
	{"KL", KLDivergence{}, Shape{4}, probabilities(1, 4)},
	{"KL, one-hot", KLDivergence{}, Shape{4}, oneHot(4)},
	{"KL, sequence", KLDivergence{}, Shape{2, 3}, probabilities(2, 3)},
	{"InfoNCE", &InfoNCE{}, Shape{6}, numbers(1, 2)},
	{"InfoNCE, τ = 0.5", &InfoNCE{Temperature: 0.5}, Shape{10}, numbers(1, 2)},
}

func normalTargets(cols int) func(n int) *Tensor {
	return func(n int) *Tensor { return normalTensor(8, n, cols) }
}

func uniformTargets(cols int) func(n int) *Tensor {
	return func(n int) *Tensor {
		y, rng := NewTensor(n, cols), rand.New(rand.NewPCG(6, 0))
		for i := range y.Data {
			y.Data[i] = rng.Float64()
		}
		return y
	}
}

// numbers draws class numbers, cols of them a row.
func numbers(cols, classes int) func(n int) *Tensor {
	return func(n int) *Tensor {
		y, rng := NewTensor(n, cols), rand.New(rand.NewPCG(7, 0))
		for i := range y.Data {
			y.Data[i] = float64(rng.IntN(classes))
		}
		return y
	}
}

// probabilities draws rows with steps distributions each.
func probabilities(steps, classes int) func(n int) *Tensor {
	return func(n int) *Tensor {
		y := uniformTargets(steps * classes)(n)
		for lo := 0; lo < len(y.Data); lo += classes {
			row, sum := y.Data[lo:lo+classes], 0.0
			for _, v := range row {
				sum += v
			}
			for k := range row {
				row[k] /= sum
			}
		}
		return y
	}
}

func oneHot(classes int) func(n int) *Tensor {
	return func(n int) *Tensor {
		y := NewTensor(n, classes)
		for i, k := range numbers(1, classes)(n).Data {
			y.Row(i)[int(k)] = 1
		}
		return y
	}
}

func TestLossGradientsMatchCentralDifferences(t *testing.T) {
	for _, c := range lossCases {
		t.Run(c.name, func(t *testing.T) {
			yhat, y := normalTensor(5, append(Shape{6}, c.out...)...), c.targets(6)
			grad := NewTensor(yhat.Shape...)
			c.loss.Eval(yhat, y, grad)
			var difference, size float64
			for i, at := range yhat.Data {
				yhat.Data[i] = at + 1e-5
				up := c.loss.Eval(yhat, y, nil)
				yhat.Data[i] = at - 1e-5
				down := c.loss.Eval(yhat, y, nil)
				yhat.Data[i] = at
				numeric := (up - down) / 2e-5
				difference = math.Hypot(difference, grad.Data[i]-numeric)
				size = math.Hypot(size, numeric)
			}
			t.Logf("relative error %.2g", difference/size)
			if !(difference <= 1e-7*size) {
				t.Errorf("relative error %.2g, want at most 1e-7", difference/size)
			}
		})
	}
}

func TestLossGradientsMatchCentralDifferencesThroughAModel(t *testing.T) {
	for _, c := range lossCases {
		t.Run(c.name, func(t *testing.T) {
			in := slices.Clone(c.out)
			in[len(in)-1] = 3
			m, err := Sequential(in, &Dense{Units: 5, Init: Gaussian{Std: 0.5}}, &Dense{Units: c.out.last(), Init: Gaussian{Std: 0.5}})
			if err != nil {
				t.Fatal(err)
			}
			m.Compile(NewSGD(0.01), c.loss)
			if _, err := CheckGradient(m, normalTensor(3, append(Shape{6}, in...)...), c.targets(6), 1e-7); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestLossIsTheSameBitsWithAndWithoutGradient(t *testing.T) {
	for _, c := range lossCases {
		for n := range 9 {
			yhat, y := normalTensor(uint64(n), append(Shape{n + 1}, c.out...)...), c.targets(n+1)
			grad := NewTensor(yhat.Shape...)
			if with, without := c.loss.Eval(yhat, y, grad), c.loss.Eval(yhat, y, nil); with != without {
				t.Errorf("%s: %d samples: %v with gradient and %v without", c.name, n+1, with, without)
			}
		}
	}
}

func TestLogSumExpIsTheSameBitsWithAndWithoutSoftmax(t *testing.T) {
	for n := 1; n <= 64; n++ {
		z, p := normalTensor(uint64(n), 50, n), NewTensor(50, n)
		blas.SoftmaxRows(p.Data, z.Data, 50, n)
		for i := range 50 {
			m, with := logSumExp(z.Row(i), p.Row(i))
			if top, without := logSumExp(z.Row(i), nil); with != without || m != top {
				t.Fatalf("%d logits: %v with softmax and %v without", n, with, without)
			}
		}
	}
}

func TestLossIsTheSameBitsOnEveryPath(t *testing.T) {
	former := blas.CurrentPath()
	defer blas.SetPath(former)
	for _, c := range lossCases {
		yhat, y := normalTensor(4, append(Shape{7}, c.out...)...), c.targets(7)
		var want []float64
		for _, path := range []blas.Path{blas.Portable, blas.AVX2, blas.AVX512} {
			if _, err := blas.SetPath(path); err != nil {
				continue
			}
			grad := NewTensor(yhat.Shape...)
			got := append(grad.Data, c.loss.Eval(yhat, y, grad))
			if want == nil {
				want = got
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s: the bits on path %v differ from those on the portable one", c.name, path)
			}
		}
	}
}

func TestLossOfABatchIsTheMeanOverItsSamples(t *testing.T) {
	for _, c := range lossCases {
		if _, pairs := c.loss.(*InfoNCE); pairs {
			continue // each sample is compared with all of the batch
		}
		yhat, y := normalTensor(5, append(Shape{7}, c.out...)...), c.targets(7)
		mean := 0.0
		var bx, by Tensor
		for i := range 7 {
			mean += c.loss.Eval(rows(&bx, yhat, i, i+1), rows(&by, y, i, i+1), nil) / 7
		}
		if got := c.loss.Eval(yhat, y, nil); math.Abs(got-mean) > 1e-13 {
			t.Errorf("%s: %v, want %v", c.name, got, mean)
		}
	}
}

func TestLossDoesNotDependOnTheOrderOfRows(t *testing.T) {
	for _, c := range lossCases {
		yhat, y := normalTensor(5, append(Shape{7}, c.out...)...), c.targets(7)
		order := []int{3, 6, 0, 5, 1, 4, 2}
		var bx, by Tensor
		got, want := c.loss.Eval(gather(&bx, yhat, order), gather(&by, y, order), nil), c.loss.Eval(yhat, y, nil)
		if math.Abs(got-want) > 1e-14*max(1, want) {
			t.Errorf("%s: %v in another order, want %v", c.name, got, want)
		}
	}
}

func TestWarmLossAllocatesNothing(t *testing.T) {
	for _, c := range lossCases {
		yhat, y := normalTensor(5, append(Shape{6}, c.out...)...), c.targets(6)
		grad := NewTensor(yhat.Shape...)
		for _, g := range []*Tensor{grad, nil} {
			c.loss.Eval(yhat, y, g)
			if n := testing.AllocsPerRun(10, func() { c.loss.Eval(yhat, y, g) }); n != 0 {
				t.Errorf("%s: %v allocations, want 0 (gradient: %v)", c.name, n, g != nil)
			}
		}
	}
}

func TestLossesWorkedByHand(t *testing.T) {
	ln := math.Log
	for _, c := range []struct {
		name    string
		loss    Loss
		cols    int
		yhat, y []float64
		want    float64
		grad    []float64
	}{
		{"MSE", MSE{}, 1, []float64{1, 5}, []float64{2, 2}, 5, []float64{-1, 3}},
		{"MAE", MAE{}, 1, []float64{1, 5, 2}, []float64{2, 2, 2}, 4. / 3, []float64{-1. / 3, 1. / 3, 0}},
		{"Huber inside, outside, and at δ", Huber{}, 1, []float64{0.5, -3, 1}, []float64{0, 0, 0}, (0.125 + 2.5 + 0.5) / 3, []float64{0.5 / 3, -1. / 3, 1. / 3}},
		{"Huber, δ = 2", Huber{Delta: 2}, 1, []float64{-1, 5}, []float64{0, 0}, (0.5 + 8) / 2, []float64{-0.5, 1}},
		{"binary at the start", BinaryCrossEntropy{}, 1, []float64{0, 0}, []float64{0, 1}, ln(2), []float64{0.25, -0.25}},
		{"binary, p = ¾", BinaryCrossEntropy{}, 1, []float64{ln(3)}, []float64{1}, ln(4. / 3), []float64{-0.25}},
		{"binary, p = ¼, wrong", BinaryCrossEntropy{}, 1, []float64{-ln(3)}, []float64{1}, ln(4), []float64{-0.75}},
		{"binary, a miss costs 5", BinaryCrossEntropy{PositiveWeight: 5}, 1, []float64{-ln(3)}, []float64{1}, 5 * ln(4), []float64{-3.75}},
		{"binary, smoothed", BinaryCrossEntropy{LabelSmoothing: 0.2}, 1, []float64{ln(3)}, []float64{1}, 0.9*ln(4./3) + 0.1*ln(4), []float64{0.75 - 0.9}},
		{"binary, probability", BinaryCrossEntropy{}, 1, []float64{ln(3)}, []float64{0.75}, 0.75*ln(4./3) + 0.25*ln(4), []float64{0}},
		{"three classes at the start", CrossEntropy{}, 3, []float64{0, 0, 0}, []float64{2}, ln(3), []float64{1. / 3, 1. / 3, -2. / 3}},
		{"softmax ½ ¼ ¼", CrossEntropy{}, 3, []float64{7 + ln(2), 7, 7}, []float64{1}, ln(4), []float64{0.5, -0.75, 0.25}},
		{"the same, one-hot", CrossEntropy{}, 3, []float64{7 + ln(2), 7, 7}, []float64{0, 1, 0}, ln(4), []float64{0.5, -0.75, 0.25}},
		{"smoothed by 0.3", CrossEntropy{LabelSmoothing: 0.3}, 3, []float64{ln(2), 0, 0}, []float64{1}, 0.9*ln(4) + 0.1*ln(2), []float64{0.4, 0.25 - 0.8, 0.15}},
		{"weighted: divided by the rows", CrossEntropy{ClassWeights: []float64{1, 3, 1}}, 3, []float64{0, 0, 0, 0, 0, 0}, []float64{0, 1}, (1 + 3) * ln(3) / 2,
			[]float64{-1. / 3, 1. / 6, 1. / 6, 0.5, -1, 0.5}},
		{"KL of ½ ½ from ¾ ¼", KLDivergence{}, 2, []float64{ln(3), 0}, []float64{0.5, 0.5}, 0.5*ln(0.5/0.75) + 0.5*ln(0.5/0.25), []float64{0.25, -0.25}},
		{"KL is 0 where they agree", KLDivergence{}, 2, []float64{ln(3), 0}, []float64{0.75, 0.25}, 0, []float64{0, 0}},
		{"KL, 0 ln 0 = 0", KLDivergence{}, 2, []float64{ln(3), 0}, []float64{1, 0}, ln(4. / 3), []float64{-0.25, 0.25}},
		{"InfoNCE of one pair", &InfoNCE{}, 4, []float64{3, 4, 1, 0}, []float64{0}, 0, []float64{0, 0, 0, 0}},
		{"InfoNCE, all alike", &InfoNCE{}, 2, []float64{1, 2, 3, 4}, []float64{0, 0}, ln(2), []float64{0, 0, 0, 0}},
		// U = V = I and 1/τ = ln 3, so softmax is ¾ ¼ and ∂L/∂S is ∓¼/2; then /‖a‖.
		{"InfoNCE, two right angles", &InfoNCE{Temperature: 1 / ln(3)}, 4, []float64{2, 0, 5, 0, 0, 3, 0, 1}, []float64{0, 0}, ln(4. / 3),
			[]float64{0, ln(3) / 8 / 2, 0, ln(3) / 8 / 5, ln(3) / 8 / 3, 0, ln(3) / 8 / 1, 0}},
	} {
		n := len(c.yhat) / c.cols
		yhat, y := &Tensor{Shape{n, c.cols}, c.yhat}, &Tensor{Shape{n, len(c.y) / n}, c.y}
		grad := NewTensor(n, c.cols)
		if got := c.loss.Eval(yhat, y, grad); math.Abs(got-c.want) > 1e-15*max(4, c.want) {
			t.Errorf("%s: loss %v, want %v", c.name, got, c.want)
		}
		for i, g := range grad.Data {
			if math.Abs(g-c.grad[i]) > 1e-15*4 {
				t.Errorf("%s: gradient %v, want %v", c.name, grad.Data, c.grad)
				break
			}
		}
	}
}

func TestLossesOfHugeLogitsAreFiniteAndRight(t *testing.T) {
	for _, c := range []struct {
		name    string
		loss    Loss
		yhat, y []float64
		want    float64
		grad    []float64
	}{
		{"binary, right", BinaryCrossEntropy{}, []float64{1000}, []float64{1}, 0, []float64{0}},
		{"binary, right, negative", BinaryCrossEntropy{}, []float64{-1000}, []float64{0}, 0, []float64{0}},
		{"binary, wrong", BinaryCrossEntropy{}, []float64{-1000}, []float64{1}, 1000, []float64{-1}},
		{"binary, wrong, positive", BinaryCrossEntropy{}, []float64{1000}, []float64{0}, 1000, []float64{1}},
		{"binary, nearly right keeps its digits", BinaryCrossEntropy{}, []float64{50}, []float64{1}, math.Exp(-50), []float64{-math.Exp(-50)}},
		{"right", CrossEntropy{}, []float64{1000, -1000, 0}, []float64{0}, 0, []float64{0, 0, 0}},
		{"wrong", CrossEntropy{}, []float64{1000, -1000, 0}, []float64{1}, 2000, []float64{1, -1, 0}},
		{"one-hot, wrong", CrossEntropy{}, []float64{1000, -1000, 0}, []float64{0, 1, 0}, 2000, []float64{1, -1, 0}},
		{"smoothed", CrossEntropy{LabelSmoothing: 0.3}, []float64{1000, -1000, 0}, []float64{0}, 300, []float64{0.2, -0.1, -0.1}},
		{"all far below 0", CrossEntropy{}, []float64{-1000, -1000}, []float64{0}, math.Ln2, []float64{-0.5, 0.5}},
		{"KL", KLDivergence{}, []float64{1000, -1000}, []float64{0, 1}, 2000, []float64{1, -1}},
		{"largest floats", CrossEntropy{}, []float64{8e307, -8e307}, []float64{1}, 1.6e308, []float64{1, -1}},
		{"InfoNCE of zeros", &InfoNCE{}, []float64{0, 0}, []float64{0}, 0, []float64{0, 0}},
		{"InfoNCE of long vectors", &InfoNCE{}, []float64{1e100, -1e-100}, []float64{0}, 0, []float64{0, 0}},
	} {
		yhat, y, grad := &Tensor{Shape{1, len(c.yhat)}, c.yhat}, &Tensor{Shape{1, len(c.y)}, c.y}, NewTensor(1, len(c.yhat))
		got := c.loss.Eval(yhat, y, grad)
		if e := relativeError([]float64{got}, []float64{c.want}); !(e <= 1e-14) || c.want < 1e-9 && math.Abs(got-c.want) > 1e-14*c.want {
			t.Errorf("%s: loss %v, want %v", c.name, got, c.want)
		}
		for i, g := range grad.Data {
			if math.Abs(g-c.grad[i]) > 1e-14*max(1e-30, math.Abs(c.grad[i])) {
				t.Errorf("%s: gradient %v, want %v", c.name, grad.Data, c.grad)
				break
			}
		}
	}
}

func TestNaNComesThroughLosses(t *testing.T) {
	for _, c := range lossCases {
		yhat, y := normalTensor(5, append(Shape{4}, c.out...)...), c.targets(4)
		yhat.Data[len(yhat.Data)/2] = math.NaN()
		grad := NewTensor(yhat.Shape...)
		if with, without := c.loss.Eval(yhat, y, grad), c.loss.Eval(yhat, y, nil); with == with || without == without {
			t.Errorf("%s: %v and %v with a NaN among the predictions, want NaN", c.name, with, without)
		}
	}
}

func TestPenalties(t *testing.T) {
	m, err := Sequential(Shape{1}, &Dense{Units: 2}, &Dense{Units: 2}, &Dense{Units: 1})
	if err != nil {
		t.Fatal(err)
	}
	for i := range m.Params.Value {
		m.Params.Value[i] = float64(i + 1) // W 1 2, b 3 4, W 5 6 7 8, b 9 10, W 11 12, b 13
	}
	m.Params.Value[1] = -2
	m.Params.Value[10] = 0
	m.Freeze("1.Dense")
	for _, c := range []struct {
		name    string
		penalty Penalty
		want    float64
		grad    map[int]float64
	}{
		{"L1", L1(0.5), 0.5 * (1 + 2 + 0 + 12), map[int]float64{0: 0.5, 1: -0.5, 11: 0.5}},
		{"L2", L2(0.5), 0.5 * (1 + 4 + 0 + 144), map[int]float64{0: 1, 1: -2, 11: 12}},
		{"none", L2(0), 0, nil},
	} {
		m.Params.ZeroGrad()
		if got, sum := c.penalty.Value(&m.Params), c.penalty.Add(&m.Params); got != c.want || sum != c.want {
			t.Errorf("%s: Value %v, Add %v, want %v", c.name, got, sum, c.want)
		}
		c.penalty.Add(&m.Params)
		for i, g := range m.Params.Grad {
			if g != 2*c.grad[i] {
				t.Errorf("%s: gradient %d after two Adds is %v, want %v", c.name, i, g, 2*c.grad[i])
			}
		}
		if n := testing.AllocsPerRun(10, func() { c.penalty.Add(&m.Params) }); n != 0 {
			t.Errorf("%s: %v allocations, want 0", c.name, n)
		}
	}
}

func TestPenaltyGradientsMatchCentralDifferences(t *testing.T) {
	for _, c := range []struct {
		name      string
		penalties []Penalty
	}{{"L1", []Penalty{L1(0.1)}}, {"L2", []Penalty{L2(0.1)}}, {"both", []Penalty{L1(0.3), L2(0.2)}}} {
		m, err := Sequential(Shape{3}, &Dense{Units: 4}, &Dense{Units: 2})
		if err != nil {
			t.Fatal(err)
		}
		m.Compile(NewSGD(0.01), MSE{})
		m.Penalties = c.penalties
		if _, err := CheckGradient(m, normalTensor(1, 5, 3), normalTensor(2, 5, 2), 1e-7); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// Two views of the same hidden numbers go through an encoder each, and the
// pairs find each other among held-out samples.
func TestInfoNCEAlignsTwoViews(t *testing.T) {
	const n, hidden, view = 192, 6, 8
	rng := rand.New(rand.NewPCG(9, 0))
	mix := normalTensor(10, hidden, 2*view)
	X, y := mat.NewDense(n, 2*view, nil), mat.NewDense(n, 1, nil)
	for i := range n {
		var h [hidden]float64
		for k := range h {
			h[k] = Normal(rng)
		}
		for j := range 2 * view {
			v := 0.05 * Normal(rng)
			for k := range h {
				v += h[k] * mix.Row(k)[j]
			}
			X.Set(i, j, v)
		}
	}
	m, err := Sequential(Shape{2 * view}, &Concat{Branches: []Layer{
		&Chain{Layers: []Layer{&Slice{To: view}, &Dense{Units: 6}}},
		&Chain{Layers: []Layer{&Slice{From: view}, &Dense{Units: 6}}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	m.Compile(NewAdam(0.02), &InfoNCE{Temperature: 0.1})
	if _, err := m.Fit(X.Slice(0, 128, 0, 2*view), y.Slice(0, 128, 0, 1), FitConfig{Epochs: 100}); err != nil {
		t.Fatal(err)
	}
	pairs, err := m.Predict(X.Slice(128, n, 0, 2*view))
	if err != nil {
		t.Fatal(err)
	}
	got := found(pairs)
	t.Logf("%.3f of 64 held-out samples find their partner", got)
	if got < 0.9 {
		t.Errorf("%.2f of 64 held-out samples find their partner, want 0.9 (chance is 1/64)", got)
	}
}

// found is the share of rows a|b whose a has its largest cosine with its own b.
func found(pairs *mat.Dense) float64 {
	n, cols := pairs.Dims()
	hits := 0.0
	for i := range n {
		cosines := make([]float64, n)
		for j := range n {
			b := pairs.RawRowView(j)[cols/2:]
			cosines[j] = blas.Dot(pairs.RawRowView(i)[:cols/2], b) / math.Sqrt(blas.Dot(b, b))
		}
		if argmax(cosines) == i {
			hits++
		}
	}
	return hits / float64(n)
}
