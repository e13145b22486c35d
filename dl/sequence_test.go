package dl

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"descent/dl/spec"
	"gonum.org/v1/gonum/mat"
)

var sequenceCases = []layerCase{
	{"Residual", Shape{3}, func() []Layer { return []Layer{&Residual{Layers: []Layer{&Dense{Units: 2}, &Dense{Units: 3}}}} }},
	{"Residual in Residual", Shape{2, 3}, func() []Layer {
		return []Layer{&Residual{Layers: []Layer{&Dense{Units: 3}, &Residual{Layers: []Layer{&Dense{Units: 3}}}}}, &Dense{Units: 2}}
	}},
	{"Concat", Shape{3}, func() []Layer { return []Layer{&Concat{Branches: []Layer{&Dense{Units: 2}, &Dense{Units: 1}}}} }},
	{"Concat of chains on a sequence", Shape{2, 3}, func() []Layer {
		return []Layer{&Dense{Units: 3}, &Concat{Branches: []Layer{
			&Chain{Layers: []Layer{&Dense{Units: 2}, &Dense{Units: 4}}}, &Residual{Layers: []Layer{&Dense{Units: 3}}}}}, &Dense{Units: 2}}
	}},
	{"Embedding", Shape{1}, func() []Layer { return []Layer{&Embedding{Vocab: 5, Units: 3}} }},
	{"Embedding of sequences", Shape{4}, func() []Layer { return []Layer{&Embedding{Vocab: 3, Units: 2}, &Dense{Units: 2}} }},
	{"PositionalEmbedding", Shape{4, 3}, func() []Layer { return []Layer{&PositionalEmbedding{}} }},
	{"PositionalEmbedding of shorter sequences", Shape{1, 3}, func() []Layer { return []Layer{&PositionalEmbedding{Length: 5}, &Dense{Units: 2}} }},
	{"PositionalEncoding", Shape{4, 3}, func() []Layer { return []Layer{&PositionalEncoding{}, &Dense{Units: 2}} }},
	{"SimpleRNN", Shape{5, 3}, func() []Layer { return []Layer{&SimpleRNN{Units: 4}} }},
	{"SimpleRNN, all states", Shape{4, 2}, func() []Layer { return []Layer{&SimpleRNN{Units: 3, Sequence: true}} }},
	{"SimpleRNN of one step", Shape{1, 3}, func() []Layer { return []Layer{&SimpleRNN{Units: 2}} }},
	{"GRU", Shape{5, 3}, func() []Layer { return []Layer{&GRU{Units: 4}} }},
	{"GRU, all states", Shape{4, 2}, func() []Layer { return []Layer{&GRU{Units: 3, Sequence: true}} }},
	{"GRU of one step", Shape{1, 3}, func() []Layer { return []Layer{&GRU{Units: 2}} }},
	{"LSTM", Shape{5, 3}, func() []Layer { return []Layer{&LSTM{Units: 4}} }},
	{"LSTM, all states", Shape{4, 2}, func() []Layer { return []Layer{&LSTM{Units: 3, Sequence: true}} }},
	{"LSTM of one step", Shape{1, 3}, func() []Layer { return []Layer{&LSTM{Units: 2, Sequence: true}} }},
	{"stacked recurrent layers", Shape{4}, func() []Layer {
		return []Layer{&Embedding{Vocab: 5, Units: 3}, &LSTM{Units: 3, Sequence: true}, &GRU{Units: 4, Sequence: true}, &SimpleRNN{Units: 3}, &Dense{Units: 2}}
	}},
	{"MultiHeadAttention", Shape{3, 4}, func() []Layer { return []Layer{&MultiHeadAttention{}} }},
	{"MultiHeadAttention, two heads, causal", Shape{4, 6}, func() []Layer { return []Layer{&MultiHeadAttention{Heads: 2, Causal: true}} }},
	{"MultiHeadAttention with KeyDim", Shape{5, 3}, func() []Layer { return []Layer{&Dense{Units: 3}, &MultiHeadAttention{Heads: 2, KeyDim: 3}} }},
	{"MultiHeadAttention of one step", Shape{1, 4}, func() []Layer { return []Layer{&MultiHeadAttention{Heads: 4, Causal: true}} }},
	{"TransformerBlock", Shape{3, 4}, func() []Layer { return []Layer{&TransformerBlock{Heads: 2, Hidden: 3}} }},
	{"TransformerBlock of one step", Shape{1, 2}, func() []Layer { return []Layer{&TransformerBlock{}} }},
	{"language model with dropout", Shape{4}, func() []Layer { // Init: LayerNorm is too curved near 0 for differences of 1e-5
		return []Layer{&Embedding{Vocab: 5, Units: 4, Init: Uniform{1}}, &PositionalEmbedding{}, &TransformerBlock{Heads: 2, Causal: true, Dropout: 0.2}, &LayerNorm{}, &Dense{Units: 5}}
	}},
}

// set builds a model of one layer whose parameters have the given values, in order.
func set(t *testing.T, in Shape, layer Layer, values ...float64) *Model {
	t.Helper()
	m, err := Sequential(in, layer)
	if err != nil {
		t.Fatal(err)
	}
	if len(values) != len(m.Params.Value) {
		t.Fatalf("%d values for %d parameters", len(values), len(m.Params.Value))
	}
	copy(m.Params.Value, values)
	return m
}

func TestCellsAgreeWithHandWorkedSteps(t *testing.T) {
	rnn := []float64{2, 0.5, -1}                                     // W, U, b
	gru := []float64{1, -1, 0.5, 0.5, 1, 2, 0, 0.1, -0.2, 0.3, 0, 1} // W, U, b, c; each z, r, h̃
	lstm := []float64{1, -1, 0.5, 2, 0.5, 1, 2, -1, 0, 1, -0.2, 0.1} // W, U, b; each i, f, g, o
	for _, c := range []struct {
		layer  Layer
		params []float64
		x      []float64
		want   []float64
	}{
		// h₁ = tanh(2·1 − 1), h₂ = tanh(2·0 − 1 + 0.5 h₁)
		{&SimpleRNN{Units: 1, Sequence: true}, rnn, []float64{1, 0}, []float64{0.7615941559557649, -0.5505728129179853}},
		// z₁ = σ(1 + 0.3) = 0.7858, r₁ = σ(−1 + 0.1) = 0.2891, h̃₁ = tanh(0.5 − 0.2 + r₁·1) = 0.5292, h₁ = (1 − z₁) h̃₁
		// z₂ = σ(2 + 0.5 h₁ + 0.3) = 0.9135, r₂ = σ(−2 + 0.1 + h₁) = 0.1435, h̃₂ = tanh(1 − 0.2 + r₂ (2 h₁ + 1)) = 0.7513
		{&GRU{Units: 1, Sequence: true}, gru, []float64{1, 2}, []float64{0.11333877653264203, 0.1685488752526989}},
		{&GRU{Units: 1}, gru, []float64{1, 2}, []float64{0.1685488752526989}},
		// i₁ = σ(1) = 0.7311, f₁ = σ(−1 + 1) = 0.5, g₁ = tanh(0.5 − 0.2) = 0.2913, o₁ = σ(2 + 0.1) = 0.8909, c₁ = i₁ g₁ = 0.2130
		// i₂ = σ(2 + 0.5 h₁) = 0.8903, f₂ = σ(−2 + 1 + h₁) = 0.3072, g₂ = tanh(1 − 0.2 + 2 h₁) = 0.8255, o₂ = σ(4 + 0.1 − h₁) = 0.9804,
		// c₂ = f₂ c₁ + i₂ g₂ = 0.8003, h = o tanh(c)
		{&LSTM{Units: 1, Sequence: true}, lstm, []float64{1, 2}, []float64{0.18691528165157512, 0.6512171118488362}},
		{&LSTM{Units: 1}, lstm, []float64{1, 2}, []float64{0.6512171118488362}},
	} {
		m := set(t, Shape{len(c.x), 1}, c.layer, c.params...)
		got := m.Forward(&Tensor{Shape{1, len(c.x), 1}, c.x}, false).Data
		for i, want := range c.want {
			if len(got) != len(c.want) || math.Abs(got[i]-want) > 1e-15 {
				t.Errorf("%s: got %v, want %v", spec.Name(c.layer), got, c.want)
				break
			}
		}
	}
}

func TestAttentionAgreesWithHandWorkedWeights(t *testing.T) {
	// With every matrix 1 and every bias 0, a head of d columns scores x_i·x_j·d/√d,
	// and the row of x = (1, 2) for query 1 is softmax(√d, 2√d).
	sigma := func(v float64) float64 { return 1 / (1 + math.Exp(-v)) }
	for _, c := range []struct {
		layer *MultiHeadAttention
		want  []float64
	}{
		{&MultiHeadAttention{}, []float64{1 + sigma(1), 1 + sigma(2)}},
		{&MultiHeadAttention{Causal: true}, []float64{1, 1 + sigma(2)}},
		{&MultiHeadAttention{KeyDim: 4}, []float64{4 + 4*sigma(2), 4 + 4*sigma(4)}},
		{&MultiHeadAttention{Heads: 2, KeyDim: 4}, []float64{8 + 8*sigma(2), 8 + 8*sigma(4)}},
	} {
		m, err := Sequential(Shape{2, 1}, c.layer)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range m.Params.List {
			Constant{Value: float64(1 - strings.Count(p.Name, ".b"))}.Fill(p.Tensor(), nil)
		}
		got := m.Forward(&Tensor{Shape{1, 2, 1}, []float64{1, 2}}, false).Data
		if math.Abs(got[0]-c.want[0]) > 1e-14 || math.Abs(got[1]-c.want[1]) > 1e-14 {
			t.Errorf("%+v: got %v, want %v", *c.layer, got, c.want)
		}
	}
}

func TestAttentionWeightsAreReadable(t *testing.T) {
	for _, causal := range []bool{false, true} {
		layer := &MultiHeadAttention{Heads: 2, Causal: causal}
		m, err := Sequential(Shape{3, 4}, layer)
		if err != nil {
			t.Fatal(err)
		}
		m.Forward(normalTensor(1, 5, 3, 4), false)
		A := layer.Attention()
		if !A.Shape.Equal(Shape{5, 2, 3, 3}) {
			t.Fatalf("weights are %v, want 5×2×3×3", A.Shape)
		}
		for i := range A.Rows() {
			sum := 0.0
			for j, w := range A.Row(i) {
				sum += w
				if (w > 0) == (causal && j > i%3) {
					t.Errorf("causal %v: step %d takes %v from step %d", causal, i%3, w, j)
				}
			}
			if math.Abs(sum-1) > 1e-15 {
				t.Errorf("the weights of row %d sum to %v", i, sum)
			}
		}
	}
}

func TestEarlierStepsDoNotSeeLaterOnes(t *testing.T) {
	for _, c := range []struct {
		name   string
		layer  Layer
		causal bool
	}{
		{"causal attention", &MultiHeadAttention{Heads: 2, Causal: true}, true},
		{"attention", &MultiHeadAttention{Heads: 2}, false},
		{"causal transformer", &TransformerBlock{Heads: 2, Causal: true}, true},
		{"transformer", &TransformerBlock{Heads: 2}, false},
		{"SimpleRNN", &SimpleRNN{Units: 3, Sequence: true}, true},
		{"GRU", &GRU{Units: 3, Sequence: true}, true},
		{"LSTM", &LSTM{Units: 3, Sequence: true}, true},
	} {
		m, err := Sequential(Shape{5, 4}, c.layer)
		if err != nil {
			t.Fatal(err)
		}
		x := normalTensor(1, 1, 5, 4)
		early := 3 * m.Out.last()
		before := slices.Clone(m.Forward(x, false).Data)
		copy(x.Data[3*4:], normalTensor(2, 2, 4).Data)
		after := m.Forward(x, false).Data
		if same := slices.Equal(before[:early], after[:early]); same != c.causal {
			t.Errorf("%s: changing steps 3 and 4 leaves steps 0 to 2 as they were: %v, want %v", c.name, same, c.causal)
		}
		if slices.Equal(before[early:], after[early:]) {
			t.Errorf("%s: changing steps 3 and 4 changes nothing", c.name)
		}
	}
}

func TestGradientsOfTheFirstLayerNeedNoInputGradient(t *testing.T) {
	for _, c := range sequenceCases {
		t.Run(c.name, func(t *testing.T) {
			m, x, y := c.model(t, 3)
			again := m.repeat()
			m.InputGradient(x, y)
			want := slices.Clone(m.Params.Grad)
			again()
			m.Gradient(x, y)
			if !slices.Equal(m.Params.Grad, want) {
				t.Error("Gradient, which skips ∂L/∂x of the first layer, and InputGradient differ")
			}
		})
	}
}

func TestSequenceLayersRefuseWhatDoesNotFit(t *testing.T) {
	for _, c := range []struct {
		in    Shape
		layer Layer
		want  string
	}{
		{Shape{3}, &Residual{}, "dl: layer 0 (Residual): len(Layers) is 0, want at least 1"},
		{Shape{3}, &Residual{Layers: []Layer{&Dense{Units: 2}}}, "dl: layer 0 (Residual): its layers turn 3 into 2, want 3, so that x can be added"},
		{Shape{3}, &Residual{Layers: []Layer{&Dense{}}}, "dl: layer 0 (Residual), layer 0 (Dense): Units is 0, want at least 1"},
		{Shape{3}, &Residual{Layers: []Layer{&Dense{Units: 2}, &GRU{Units: 2}}},
			"dl: layer 0 (Residual), layer 1 (GRU): input is 2, want a sequence T×D of T steps with D features each (from layer 0 (Residual), layer 0 (Dense), 3 → 2)"},
		{Shape{3}, &Concat{}, "dl: layer 0 (Concat): len(Branches) is 0, want at least 1"},
		{Shape{3}, &Concat{Branches: []Layer{&Dense{Units: 1}, nil}}, "dl: layer 1 is nil; want a layer such as &dl.Dense{Units: 1}"},
		{Shape{4, 3}, &Concat{Branches: []Layer{&GRU{Units: 2, Sequence: true}, &GRU{Units: 2}}}, "dl: layer 0 (Concat): branch 1 gives 2, want 4×2 but for the last axis, as branch 0"},
		{Shape{4}, &Embedding{Units: 2}, "dl: layer 0 (Embedding): Vocab is 0, want at least 1"},
		{Shape{4}, &Embedding{Vocab: 2, Units: -1}, "dl: layer 0 (Embedding): Units is -1, want at least 1"},
		{Shape{4, 3}, &PositionalEmbedding{Length: 3}, "dl: layer 0 (PositionalEmbedding): input is 4×3, want T×D with T at most 3, its Length"},
		{Shape{4}, &PositionalEmbedding{}, "dl: layer 0 (PositionalEmbedding): input is 4, want a sequence T×D of T steps with D features each"},
		{Shape{4, 3, 2}, &PositionalEncoding{}, "dl: layer 0 (PositionalEncoding): input is 4×3×2, want a sequence T×D of T steps with D features each"},
		{Shape{4}, &SimpleRNN{Units: 1}, "dl: layer 0 (SimpleRNN): input is 4, want a sequence T×D of T steps with D features each"},
		{Shape{4, 3}, &SimpleRNN{}, "dl: layer 0 (SimpleRNN): Units is 0, want at least 1"},
		{Shape{4, 3}, &GRU{Units: -2}, "dl: layer 0 (GRU): Units is -2, want at least 1"},
		{Shape{4, 3, 1}, &LSTM{Units: 2}, "dl: layer 0 (LSTM): input is 4×3×1, want a sequence T×D of T steps with D features each"},
		{Shape{4}, &MultiHeadAttention{}, "dl: layer 0 (MultiHeadAttention): input is 4, want a sequence T×D of T steps with D features each"},
		{Shape{4, 6}, &MultiHeadAttention{Heads: 4}, "dl: layer 0 (MultiHeadAttention): input has 6 features, which 4 heads don't divide; want a multiple, or set KeyDim"},
		{Shape{4, 6}, &MultiHeadAttention{Heads: -1}, "dl: layer 0 (MultiHeadAttention): Heads is -1, want at least 1"},
		{Shape{4, 6}, &MultiHeadAttention{KeyDim: -1}, "dl: layer 0 (MultiHeadAttention): KeyDim is -1, want at least 1"},
		{Shape{4}, &TransformerBlock{}, "dl: layer 0 (TransformerBlock): input is 4, want a sequence T×D of T steps with D features each"},
		{Shape{4, 6}, &TransformerBlock{Hidden: -1}, "dl: layer 0 (TransformerBlock), layer 1 (Residual), layer 1 (Dense): Units is -1, want at least 1"},
		{Shape{4, 6}, &TransformerBlock{Heads: 4}, "dl: layer 0 (TransformerBlock), layer 0 (Residual), layer 1 (MultiHeadAttention): input has 6 features, which 4 heads don't divide; want a multiple, or set KeyDim"},
	} {
		_, err := Sequential(c.in, c.layer)
		if err == nil || err.Error() != c.want {
			t.Errorf("got  %v\nwant %s", err, c.want)
		}
		var shape *ShapeError
		if strings.Contains(c.want, "input is") != errors.As(err, &shape) && !strings.Contains(c.want, "layers turn") && !strings.Contains(c.want, "branch") {
			t.Errorf("%v: is a ShapeError: %v", err, shape != nil)
		}
	}
}

func TestEmbeddingRefusesWhatIsNoClass(t *testing.T) {
	for _, first := range []Layer{
		&Embedding{Vocab: 3, Units: 2},
		&Chain{Layers: []Layer{&Embedding{Vocab: 3, Units: 2}}},
		&Concat{Branches: []Layer{&Embedding{Vocab: 3, Units: 2}, &Embedding{Vocab: 4, Units: 1}}},
	} {
		m, err := Sequential(Shape{2}, first, &Dense{Units: 1})
		if err != nil {
			t.Fatal(err)
		}
		for _, bad := range []float64{-1, 3, 0.5, 1e300} {
			X := mat.NewDense(3, 2, []float64{0, 1, 2, 1, 0, bad})
			_, err := m.Predict(X)
			if err == nil || !strings.Contains(err.Error(), "(Embedding): input is") || !strings.HasSuffix(err.Error(), "at row 2, column 1; want class numbers, whole and from 0 to 2") {
				t.Errorf("%s with %v: got error %v", spec.Name(first), bad, err)
			}
			func() {
				defer func() {
					if r := recover(); r == nil || err == nil || r.(error).Error() != err.Error() {
						t.Errorf("%s with %v: Forward panics with %v, want the same error", spec.Name(first), bad, r)
					}
				}()
				m.Forward(FromMat(X, m.In), false)
			}()
		}
		if _, err := m.Predict(mat.NewDense(1, 2, []float64{0, 2})); err != nil {
			t.Error(err)
		}
	}
}

func TestEmbeddingGradientOnlyReachesTheRowsThatWereUsed(t *testing.T) {
	e := &Embedding{Vocab: 4, Units: 2}
	m, err := Sequential(Shape{3}, e)
	if err != nil {
		t.Fatal(err)
	}
	m.Forward(&Tensor{Shape{1, 3}, []float64{2, 0, 2}}, true)
	m.Backward(&Tensor{Shape{1, 3, 2}, []float64{1, 2, 3, 4, 10, 20}})
	if want := []float64{3, 4, 0, 0, 11, 22, 0, 0}; !slices.Equal(e.W.Grad, want) {
		t.Errorf("got %v, want %v", e.W.Grad, want)
	}
}

func TestPositionalEncodingIsSinesAndCosines(t *testing.T) {
	m, err := Sequential(Shape{50, 5}, &PositionalEncoding{})
	if err != nil {
		t.Fatal(err)
	}
	y := m.Forward(NewTensor(1, 50, 5), false)
	for p := range 50 {
		for j, got := range y.Row(p) {
			angle := float64(p) / math.Pow(10000, float64(j/2*2)/5)
			want := math.Sin(angle)
			if j%2 == 1 {
				want = math.Cos(angle)
			}
			if math.Abs(got-want) > 1e-14 {
				t.Errorf("P[%d, %d] is %v, want %v", p, j, got, want)
			}
		}
	}
}

func TestRecurrentLayersStartAsInKeras(t *testing.T) {
	lstm, gru := &LSTM{Units: 3, Sequence: true}, &GRU{Units: 3}
	if _, err := Sequential(Shape{2, 4}, lstm, gru); err != nil {
		t.Fatal(err)
	}
	if want := []float64{0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0}; !slices.Equal(lstm.B.Value, want) {
		t.Errorf("LSTM: b is %v, want %v", lstm.B.Value, want)
	}
	U := gru.U.Tensor().Mat()
	for gate := range 3 {
		block := U.Slice(0, 3, 3*gate, 3*gate+3)
		var p mat.Dense
		p.Mul(block.T(), block)
		if !mat.EqualApprox(&p, mat.NewDiagDense(3, []float64{1, 1, 1}), 1e-14) {
			t.Errorf("GRU: block %d of U is not orthogonal: UᵀU is %v", gate, mat.Formatted(&p))
		}
	}
}

func TestNamesInsideContainers(t *testing.T) {
	m, err := Sequential(Shape{4},
		&Embedding{Vocab: 3, Units: 2},
		&Residual{Layers: []Layer{&MultiHeadAttention{}, &Chain{Layers: []Layer{&Dense{Units: 2}}}}},
		&Concat{Branches: []Layer{&GRU{Units: 2}, &Chain{Layers: []Layer{&SimpleRNN{Units: 1}, &Dense{Units: 3}}}}})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"0.Embedding", "1.Residual", "1.Residual.0.MultiHeadAttention", "1.Residual.1.Chain", "1.Residual.1.Chain.0.Dense",
		"2.Concat", "2.Concat.0.GRU", "2.Concat.1.Chain", "2.Concat.1.Chain.0.SimpleRNN", "2.Concat.1.Chain.1.Dense"}
	if got := m.Names(); !slices.Equal(got, want) {
		t.Fatalf("got  %v\nwant %v", got, want)
	}
	m.Compile(NewSGD(0.1), MSE{})
	m.Gradient(&Tensor{Shape{2, 4}, []float64{0, 1, 2, 0, 1, 1, 1, 1}}, NewTensor(2, 5))
	for _, name := range want {
		y, err := m.Activation(name)
		if err != nil {
			t.Error(err)
			continue
		}
		dy, err := m.ActivationGradient(name)
		if err != nil {
			t.Error(err)
			continue
		}
		if !y.Shape.Equal(dy.Shape) || y.Shape[0] != 2 {
			t.Errorf("%s: the output is %v, its gradient %v", name, y.Shape, dy.Shape)
		}
	}
	if n := m.Freeze("2.Concat.1.Chain"); n != 5 {
		t.Errorf("froze %d parameters of the second branch, want 5", n)
	}
}

func BenchmarkLSTM128(b *testing.B) { benchmarkTokens(b, &LSTM{Units: 128, Sequence: true}) }
func BenchmarkTransformer64(b *testing.B) {
	benchmarkTokens(b, &PositionalEmbedding{}, &TransformerBlock{Heads: 4, Causal: true}, &TransformerBlock{Heads: 4, Causal: true}, &LayerNorm{})
}
func BenchmarkGRU128(b *testing.B) { benchmarkTokens(b, &GRU{Units: 128, Sequence: true}) }

// benchmarkTokens trains a language model of 65 characters, 32 sequences of 64
// tokens a step, with an embedding of 64 below the layers and logits above.
func benchmarkTokens(b *testing.B, layers ...Layer) {
	layers = slices.Concat([]Layer{&Embedding{Vocab: 65, Units: 64}}, layers, []Layer{&Dense{Units: 65}})
	m, err := Sequential(Shape{64}, layers...)
	if err != nil {
		b.Fatal(err)
	}
	m.Compile(NewAdam(0.001), CrossEntropy{})
	x, y := NewTensor(32, 64), NewTensor(32, 64)
	for i := range x.Data {
		x.Data[i], y.Data[i] = float64(i*7%65), float64(i*11%65)
	}
	m.Step(x, y)
	for b.Loop() {
		m.Step(x, y)
	}
	b.ReportMetric(float64(b.N*len(x.Data))/b.Elapsed().Seconds(), "tokens/s")
}
