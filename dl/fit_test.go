package dl

import (
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"descent/dl/spec"
	"gonum.org/v1/gonum/mat"
)

// article returns the data of the article's linear regression without noise.
func article() (X, y *mat.Dense) {
	return mat.NewDense(4, 2, []float64{1, 2, 2, 3, 3, 4, 4, 5}), mat.NewDense(4, 1, []float64{5, 8, 11, 14})
}

func linear(t testing.TB, optimizer Optimizer, metrics ...func() Metric) *Model {
	t.Helper()
	m, err := Sequential(Shape{2}, &Dense{Units: 1})
	if err != nil {
		t.Fatal(err)
	}
	m.Compile(optimizer, MSE{}, metrics...)
	return m
}

func TestFitFindsTheLeastSquaresPredictions(t *testing.T) {
	X, y := article()
	for _, optimizer := range []Optimizer{NewSGD(0.03), &SGD{LR: 0.01, Momentum: 0.9}, NewAdam(0.1), NewAdamW(0.1), NewRMSProp(0.001)} {
		m := linear(t, optimizer)
		if w, ok := optimizer.(*Adam); ok {
			w.Decay = 0 // decay has another optimum
		}
		if _, err := m.Fit(X, y, FitConfig{Epochs: 5000}); err != nil {
			t.Fatal(err)
		}
		scores, err := m.Evaluate(X, y)
		if err != nil || scores["loss"] > 1e-3 {
			t.Errorf("%s: loss %v (error %v), want about 0", spec.Name(optimizer), scores["loss"], err)
		}
	}
}

func TestHistoryHasAnEntryForEachEpoch(t *testing.T) {
	X, y := article()
	m := linear(t, NewAdam(0.01), MeanAbsoluteError, RSquared)
	h, err := m.Fit(X, y, FitConfig{Epochs: 7, BatchSize: 3, ValSplit: 0.25})
	if err != nil {
		t.Fatal(err)
	}
	for name, series := range map[string][]float64{
		"Loss": h.Loss, "ValLoss": h.ValLoss, "Metrics": h.Metrics["mean absolute error"], "ValMetrics": h.ValMetrics["R²"],
	} {
		if len(series) != 7 {
			t.Errorf("%s has %d entries, want 7", name, len(series))
		}
	}
}

func TestValidationDoesNotChangeTraining(t *testing.T) {
	X, y := article()
	with, without := linear(t, NewAdam(0.01)), linear(t, NewAdam(0.01))
	_, err1 := with.Fit(X, y, FitConfig{Epochs: 5, ValX: X, ValY: y})
	_, err2 := without.Fit(X, y, FitConfig{Epochs: 5})
	if err1 != nil || err2 != nil || !slices.Equal(with.Params.Value, without.Params.Value) {
		t.Errorf("parameters %v with validation, %v without (errors %v, %v)", with.Params.Value, without.Params.Value, err1, err2)
	}
}

func TestSeedOrdersTheBatches(t *testing.T) {
	fit := func(cfg FitConfig) []float64 {
		m, X, y := trainable(t, NewSGD(0.01))
		cfg.BatchSize, cfg.Epochs = 7, 3
		if _, err := m.Fit(X, y, cfg); err != nil {
			t.Fatal(err)
		}
		return m.Params.Value
	}
	if !slices.Equal(fit(FitConfig{Seed: 1}), fit(FitConfig{Seed: 1})) {
		t.Error("one seed gave two results")
	}
	if slices.Equal(fit(FitConfig{Seed: 1}), fit(FitConfig{Seed: 2})) {
		t.Error("two seeds gave one result")
	}
	if slices.Equal(fit(FitConfig{Seed: 1}), fit(FitConfig{NoShuffle: true})) {
		t.Error("shuffled and unshuffled batches gave one result")
	}
}

func TestResetStartsAgainAndALayerAtTheEndChangesNothingBefore(t *testing.T) {
	m, X, y := trainable(t, NewAdam(0.01))
	first := slices.Clone(m.Params.Value)
	if _, err := m.Fit(X, y, FitConfig{}); err != nil {
		t.Fatal(err)
	}
	m.Reset(1)
	if !slices.Equal(m.Params.Value, first) {
		t.Error("Reset(1) gave other parameters than Sequential")
	}
	m.Reset(2)
	if slices.Equal(m.Params.Value, first) {
		t.Error("Reset(2) gave the parameters of seed 1")
	}
	longer, err := Sequential(Shape{3}, &Dense{Units: 8}, &Dense{Units: 2}, &Dense{Units: 5})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(longer.Params.List[0].Value, first[:24]) {
		t.Error("a third layer changed the first values of the first")
	}
}

func TestFitSaysWhatIsWrong(t *testing.T) {
	X, y := article()
	nan, inf := mat.DenseCopyOf(X), mat.DenseCopyOf(y)
	nan.Set(2, 1, math.NaN())
	inf.Set(3, 0, math.Inf(1))
	notCompiled := linear(t, nil)
	notCompiled.Optimizer = nil
	for _, c := range []struct {
		name string
		m    *Model
		X, y mat.Matrix
		cfg  FitConfig
		want string
	}{
		{"not compiled", notCompiled, X, y, FitConfig{}, "dl: Fit: the model has no optimizer or no loss; call Compile first"},
		{"nil X", nil, nil, y, FitConfig{}, "dl: Fit: X is nil, want one sample a row"},
		{"nil y", nil, X, nil, FitConfig{}, "dl: Fit: y is nil, want one target a row"},
		{"no rows", nil, &mat.Dense{}, y, FitConfig{}, "dl: Fit: X has no rows, want at least one sample"},
		{"columns of X", nil, mat.NewDense(4, 3, nil), y, FitConfig{}, "dl: Fit: X has 3 columns, want 2, the elements of a 2 sample"},
		{"rows of y", nil, X, mat.NewDense(3, 1, nil), FitConfig{}, "dl: Fit: y has 3 rows, want 4, one for each row of X"},
		{"columns of y", nil, X, mat.NewDense(4, 2, nil), FitConfig{}, "dl: Fit: y has 2 columns, want 1, as the model's output 1"},
		{"NaN in X", nil, nan, y, FitConfig{}, "dl: Fit: X is NaN at row 2, column 1; want finite numbers: drop the sample or fill in a value"},
		{"Inf in y", nil, X, inf, FitConfig{}, "dl: Fit: y is +Inf at row 3; want finite numbers"},
		{"epochs", nil, X, y, FitConfig{Epochs: -1}, "dl: Fit: Epochs is -1, want 1 or more"},
		{"batch", nil, X, y, FitConfig{BatchSize: -1}, "dl: Fit: BatchSize is -1, want 1 or more"},
		{"split", nil, X, y, FitConfig{ValSplit: 1}, "dl: Fit: ValSplit is 1, want at least 0 and below 1, such as 0.2"},
		{"half a validation", nil, X, y, FitConfig{ValX: X}, "dl: Fit: only one of ValX and ValY is set, want both or neither"},
		{"two validations", nil, X, y, FitConfig{ValX: X, ValY: y, ValSplit: 0.5}, "dl: Fit: both ValX and ValSplit are set, want one of them"},
		{"bad validation", nil, X, y, FitConfig{ValX: nan, ValY: y}, "dl: Fit: validation: X is NaN at row 2, column 1; want finite numbers: drop the sample or fill in a value"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := c.m
			if m == nil {
				m = linear(t, NewSGD(0.01))
			}
			before := slices.Clone(m.Params.Value)
			_, err := m.Fit(c.X, c.y, c.cfg)
			if err == nil || err.Error() != c.want {
				t.Errorf("got  %v\nwant %v", err, c.want)
			}
			if !slices.Equal(m.Params.Value, before) {
				t.Error("the parameters have changed")
			}
		})
	}
}

func TestADivergingFitNamesThePlaceAndKeepsFiniteParameters(t *testing.T) {
	X, y := article()
	m := linear(t, NewSGD(1))
	_, err := m.Fit(X, y, FitConfig{Epochs: 1000})
	if err == nil || !strings.Contains(err.Error(), "in epoch ") || !strings.Contains(err.Error(), "a tenth of the learning rate") {
		t.Errorf("got error %v", err)
	}
	if i, ok := finite(m.Params.Value); !ok {
		t.Errorf("parameter %d is %v", i, m.Params.Value[i])
	}
	if slices.Equal(m.Params.Value, linear(t, nil).Params.Value) {
		t.Error("the parameters are those before training, want the last finite ones")
	}
}

func TestForwardPanicsWithAShapeError(t *testing.T) {
	m := linear(t, NewSGD(0.01))
	defer func() {
		err, ok := recover().(*ShapeError)
		if want := "dl: layer 0 (Dense): input is 4×3, want N×2"; !ok || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}()
	m.Forward(NewTensor(4, 3), false)
}

func TestBuildSaysWhatIsWrong(t *testing.T) {
	for _, c := range []struct {
		name   string
		in     Shape
		layers []Layer
		want   string
	}{
		{"no layers", Shape{2}, nil, "dl: Sequential: no layers; want at least one, such as &dl.Dense{Units: 1}"},
		{"nil layer", Shape{2}, []Layer{nil}, "dl: layer 0 is nil; want a layer such as &dl.Dense{Units: 1}"},
		{"empty axis", Shape{0}, []Layer{&Dense{Units: 1}}, "dl: Sequential: the shape of a sample is 0, want every axis at least 1"},
		{"no shape", Shape{}, []Layer{&Dense{Units: 1}}, "dl: layer 0 (Dense): input is , want at least one axis, and none of length 0"},
		{"zero units", Shape{2}, []Layer{&Dense{Units: 1}, &Dense{}}, "dl: layer 1 (Dense): Units is 0, want at least 1"},
		{"too large", Shape{1 << 20}, []Layer{&Dense{Units: 1 << 30}}, "dl: parameter 0.Dense.W: its shape 1048576×1073741824 can't be held in memory"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := Sequential(c.in, c.layers...); err == nil || err.Error() != c.want {
				t.Errorf("got  %v\nwant %v", err, c.want)
			}
		})
	}
}

func TestEarlyStoppingPutsTheBestEpochBack(t *testing.T) {
	X, y := article()
	m := linear(t, NewSGD(0.01))
	scores := []float64{5, 4, 3, 6, 7, 8}
	var atBest []float64
	watch := func(tr *Training) error {
		if tr.Moment == AfterEpoch && tr.Epoch == 2 {
			atBest = slices.Clone(tr.Model.Params.Value)
		}
		return nil
	}
	h, err := m.Fit(X, y, FitConfig{Epochs: 6, Callbacks: []Callback{watch, EarlyStopping(2, func(tr *Training) float64 { return scores[tr.Epoch] })}})
	if err != nil || len(h.Loss) != 5 {
		t.Errorf("stopped after %d epochs (error %v), want 5: the best and two more", len(h.Loss), err)
	}
	if !slices.Equal(m.Params.Value, atBest) {
		t.Error("the parameters are not those of the best epoch")
	}
}

func TestCheckpointKeepsTheBestEpoch(t *testing.T) {
	m, X, y := trainable(t, NewAdam(0.01))
	path := filepath.Join(t.TempDir(), "best.safetensors")
	var first []float64
	score := func(tr *Training) float64 {
		if tr.Epoch == 0 {
			first = slices.Clone(tr.Model.Params.Value)
		}
		return float64(tr.Epoch)
	}
	if _, err := m.Fit(X, y, FitConfig{Epochs: 3, Callbacks: []Callback{Checkpoint(path, score)}}); err != nil {
		t.Fatal(err)
	}
	best, err := Load(path)
	if err != nil || !slices.Equal(best.Params.Value, first) {
		t.Errorf("the file does not hold the best epoch (error %v)", err)
	}
}

func TestStopWhenDoneEndsAfterTheBatch(t *testing.T) {
	m, X, y := trainable(t, NewSGD(0.01))
	ctx, cancel := context.WithCancel(context.Background())
	steps, ended := 0, false
	watch := func(tr *Training) error {
		steps, ended = tr.Step, tr.Moment == End
		if steps == 3 {
			cancel()
		}
		return nil
	}
	h, err := m.Fit(X, y, FitConfig{Epochs: 100, BatchSize: 10, Callbacks: []Callback{watch, StopWhenDone(ctx)}})
	if err != nil || steps != 3 || !ended || len(h.Loss) != 1 {
		t.Errorf("%d steps, ended %v, %d epochs, error %v; want 3, true, 1, none", steps, ended, len(h.Loss), err)
	}
}

func TestACallbacksErrorStopsFit(t *testing.T) {
	m, X, y := trainable(t, NewSGD(0.01))
	full, ended := errors.New("full"), false
	_, err := m.Fit(X, y, FitConfig{Epochs: 5, Callbacks: []Callback{func(tr *Training) error {
		ended = tr.Moment == End
		if tr.Moment == AfterEpoch {
			return full
		}
		return nil
	}}})
	if !errors.Is(err, full) || !ended {
		t.Errorf("got error %v, End called: %v", err, ended)
	}
}

func TestThrottlePassesStartAndEnd(t *testing.T) {
	m, X, y := trainable(t, NewSGD(0.01))
	var moments []Moment
	note := func(tr *Training) error { moments = append(moments, tr.Moment); return nil }
	_, err := m.Fit(X, y, FitConfig{Epochs: 50, Callbacks: []Callback{Throttle(time.Hour, note)}})
	if want := []Moment{Start, End}; err != nil || !slices.Equal(moments, want) {
		t.Errorf("got moments %v (error %v), want %v", moments, err, want)
	}
}

func TestProgressShowsTheLossAndTheEpochs(t *testing.T) {
	m, X, y := trainable(t, NewSGD(0.01))
	var b strings.Builder
	if _, err := m.Fit(X, y, FitConfig{Epochs: 5, Callbacks: []Callback{Progress(&b)}}); err != nil {
		t.Fatal(err)
	}
	if s := b.String(); !strings.Contains(s, "5/5") || !strings.Contains(s, "loss ") {
		t.Errorf("the bar shows %q", s)
	}
}

func TestASaveToAFolderThatIsNotThereFails(t *testing.T) {
	m, _, _ := trainable(t, NewSGD(0.01))
	if err := m.Save(filepath.Join(t.TempDir(), "nowhere", "m")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got error %v", err)
	}
}

// BenchmarkW1 is the article's model: 4 rows of 2 features, Adam, 1,000 epochs.
func BenchmarkW1(b *testing.B) {
	X, y := article()
	m := linear(b, NewAdam(0.001))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := m.Fit(X, y, FitConfig{Epochs: 1000}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/1000, "ns/step")
}
