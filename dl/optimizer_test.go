package dl

import (
	"math"
	"slices"
	"strings"
	"testing"

	"descent/dl/spec"
)

// onOneParameter is a model ŷ = w·x with w = 1, and a way to hand its
// optimizer any gradient.
func onOneParameter(t testing.TB) *Params {
	t.Helper()
	m, err := Sequential(Shape{1}, &Dense{Units: 1, NoBias: true, Init: Constant{1}})
	if err != nil {
		t.Fatal(err)
	}
	return &m.Params
}

// The first three steps of each optimizer for θ = 1 and gradients 1, −2, 0.5,
// worked by hand from the formulas, with a learning rate of 0.1.
func TestFirstStepsMatchTheFormulasByHand(t *testing.T) {
	sqrt := math.Sqrt
	paper := func() *Adam { return &Adam{LR: 0.1, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8, PaperEps: true} }
	plain := paper()
	plain.NoCorrection = true
	keras := NewAdam(0.1)
	adamw := paper()
	adamw.Decay = 0.01
	// Adam's averages: m = 0.1, then 0.09−0.2 = −0.11, then −0.099+0.05 = −0.049;
	// v = 0.001, then 0.000999+0.004 = 0.004999, then 0.004994001+0.00025 = 0.005244001.
	m, v := [3]float64{0.1, -0.11, -0.049}, [3]float64{0.001, 0.004999, 0.005244001}
	b1, b2 := [3]float64{0.1, 0.19, 0.271}, [3]float64{0.001, 0.001999, 0.002997001} // 1−β1^t, 1−β2^t
	var paperStep, plainStep, kerasStep [3]float64
	for i := range 3 {
		paperStep[i] = 0.1 * (m[i] / b1[i]) / (sqrt(v[i]/b2[i]) + 1e-8)
		plainStep[i] = 0.1 * m[i] / (sqrt(v[i]) + 1e-8)
		kerasStep[i] = 0.1 * sqrt(b2[i]) / b1[i] * m[i] / (sqrt(v[i]) + 1e-7)
	}
	for _, c := range []struct {
		name      string
		optimizer Optimizer
		want      [3]float64 // θ after each step
	}{
		{"SGD", NewSGD(0.1), [3]float64{0.9, 1.1, 1.05}},
		{"momentum", &SGD{LR: 0.1, Momentum: 0.5}, [3]float64{0.9, 1.05, 1.075}},                    // v: −0.1, 0.15, 0.025
		{"Nesterov", &SGD{LR: 0.1, Momentum: 0.5, Nesterov: true}, [3]float64{0.85, 1.125, 1.0875}}, // the same v: θ += μv − αg
		{"Adam of the paper", paper(), walk(1, paperStep)},
		{"Adam of Keras", keras, walk(1, kerasStep)},
		{"Adam of the article", plain, walk(1, plainStep)},
		{"AdamW", adamw, decayed(0.001, paperStep)},
		{"AdaGrad", &AdaGrad{LR: 0.1}, walk(1, [3]float64{0.1, -0.2 / sqrt(5), 0.05 / sqrt(5.25)})},
		{"RMSProp", &RMSProp{LR: 0.1, Rho: 0.9}, walk(1, [3]float64{0.1 / sqrt(0.1), -0.2 / sqrt(0.49), 0.05 / sqrt(0.466)})},
		{"Lion", NewLion(0.1), walk(1, [3]float64{0.1, -0.1, 0.1})}, // m: 0.01, −0.0101, so c: 0.1, −0.191, +0.04091
		{"ClipValue", &ClipValue{Max: 1, Optimizer: NewSGD(0.1)}, [3]float64{0.9, 1, 0.95}},
		{"ClipNorm", &ClipNorm{Max: 1, Optimizer: NewSGD(0.1)}, [3]float64{0.9, 1, 0.95}},
	} {
		t.Run(c.name, func(t *testing.T) {
			params := onOneParameter(t)
			for i, g := range []float64{1, -2, 0.5} {
				params.Grad[0] = g
				c.optimizer.Step(params)
				if got := params.Value[0]; math.Abs(got-c.want[i]) > 1e-14 {
					t.Errorf("θ is %.17g after step %d, want %.17g", got, i+1, c.want[i])
				}
			}
		})
	}
}

// walk takes the steps from theta one after the other.
func walk(theta float64, steps [3]float64) (at [3]float64) {
	for i, step := range steps {
		theta -= step
		at[i] = theta
	}
	return at
}

// decayed is walk from 1, shrinking by a part before each step.
func decayed(part float64, steps [3]float64) (at [3]float64) {
	theta := 1.0
	for i, step := range steps {
		theta -= part*theta + step
		at[i] = theta
	}
	return at
}

func TestUncorrectedAdamStartsAboutThreeTimesTooFar(t *testing.T) {
	o := NewAdam(0.001)
	o.NoCorrection = true
	params := onOneParameter(t)
	params.Grad[0] = 5
	o.Step(params)
	if ratio := (1 - params.Value[0]) / 0.001; math.Abs(ratio-0.1/math.Sqrt(0.001)) > 1e-5 {
		t.Errorf("the first step is %v rates, want (1−β1)/√(1−β2) = 3.1623", ratio)
	}
}

func TestOptimizersLeaveFrozenParametersAlone(t *testing.T) {
	for _, optimizer := range everyOptimizer() {
		t.Run(spec.Name(optimizer), func(t *testing.T) {
			m, X, y := trainable(t, optimizer)
			m.Freeze("0.Dense")
			m.Freeze("1.Dense.b")
			before := slices.Clone(m.Params.Value)
			if _, err := m.Fit(X, y, FitConfig{Epochs: 2}); err != nil {
				t.Fatal(err)
			}
			for _, p := range m.Params.List {
				if changed := !slices.Equal(p.Value, before[:len(p.Value)]); changed == p.Frozen {
					t.Errorf("%s: frozen %v, changed %v", p.Name, p.Frozen, changed)
				}
				before = before[len(p.Value):]
			}
		})
	}
}

func everyOptimizer() []Optimizer {
	return []Optimizer{NewSGD(0.01), &SGD{LR: 0.01, Momentum: 0.9, Nesterov: true}, NewAdaGrad(0.01), NewRMSProp(0.01), NewAdam(0.01),
		NewAdamW(0.01), NewLion(0.01), &ClipNorm{Max: 0.1, Optimizer: NewSGD(0.1)}, &ClipValue{Max: 0.1, Optimizer: NewSGD(0.1)}}
}

func TestWarmOptimizersAllocateNothing(t *testing.T) {
	for _, optimizer := range everyOptimizer() {
		m, _, _ := trainable(t, optimizer)
		optimizer.Step(&m.Params)
		if n := testing.AllocsPerRun(10, func() { optimizer.Step(&m.Params) }); n != 0 {
			t.Errorf("%s: %v allocations a step, want 0", spec.Name(optimizer), n)
		}
	}
}

func TestFitRefusesRatesThatMakeNoSense(t *testing.T) {
	for _, c := range []struct {
		optimizer Optimizer
		want      string
	}{
		{NewSGD(-1), "SGD.LR is -1, want a positive number"},
		{NewSGD(0), "SGD.LR is 0, want a positive number"},
		{NewAdam(math.NaN()), "Adam.LR is NaN, want a positive number"},
		{NewAdam(math.Inf(1)), "Adam.LR is +Inf, want a positive number"},
		{&SGD{LR: 1, Momentum: 1}, "SGD.Momentum is 1, want at least 0 and below 1"},
		{&Adam{LR: 1, Beta2: 1.5}, "Adam.Beta2 is 1.5, want at least 0 and below 1"},
		{&RMSProp{LR: 1, Rho: -0.1}, "RMSProp.Rho is -0.1"},
		{&AdaGrad{LR: 1, Eps: -1}, "AdaGrad.Eps is -1, want 0 or more"},
		{&Lion{LR: 1, Decay: -1}, "Lion.Decay is -1, want 0 or more"},
		{&ClipNorm{Max: 0, Optimizer: NewSGD(1)}, "ClipNorm.Max is 0, want a positive number"},
		{&ClipValue{Max: 1, Optimizer: NewSGD(-1)}, "SGD.LR is -1"},
	} {
		m, X, y := trainable(t, c.optimizer)
		if _, err := m.Fit(X, y, FitConfig{}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got error %v, want %q", err, c.want)
		}
	}
}

func TestSchedules(t *testing.T) {
	for _, c := range []struct {
		name     string
		schedule RateSchedule
		want     map[int]float64
	}{
		{"constant", ConstantRate(0.1), map[int]float64{0: 0.1, 1000: 0.1}},
		{"step", StepDecay{Start: 1, Factor: 0.5, Every: 10}, map[int]float64{0: 1, 9: 1, 10: 0.5, 35: 0.125}},
		{"exponential", ExponentialDecay{Start: 1, Factor: 0.25, Every: 10}, map[int]float64{0: 1, 5: 0.5, 10: 0.25, 20: 0.0625}},
		{"cosine", CosineDecay{Start: 1, End: 0.2, Steps: 100}, map[int]float64{0: 1, 50: 0.6, 100: 0.2, 500: 0.2}},
		{"one cycle", OneCycle{Max: 1, Steps: 101}, map[int]float64{0: 0.04, 100: 0.04e-4, 500: 0.04e-4}},
		{"warm-up", WarmUp{Steps: 4, Then: StepDecay{Start: 1, Factor: 0.5, Every: 2}}, map[int]float64{0: 0, 1: 0.25, 4: 1, 6: 0.5}},
	} {
		for step, want := range c.want {
			if got := c.schedule.Rate(step); math.Abs(got-want) > 1e-15 {
				t.Errorf("%s: rate %v at step %d, want %v", c.name, got, step, want)
			}
		}
	}
}

func TestScheduleSetsTheRateOfEveryStep(t *testing.T) {
	opt := NewSGD(1)
	m, X, y := trainable(t, opt)
	var rates []float64
	watch := func(tr *Training) error {
		if tr.Moment == AfterBatch {
			rates = append(rates, opt.LR)
		}
		return nil
	}
	_, err := m.Fit(X, y, FitConfig{Epochs: 2, BatchSize: 25, Callbacks: []Callback{watch, Schedule(&opt.LR, StepDecay{Start: 0.08, Factor: 0.5, Every: 1})}})
	if want := []float64{0.08, 0.04, 0.02, 0.01}; err != nil || !slices.Equal(rates, want) {
		t.Errorf("the steps had rates %v (error %v), want %v", rates, err, want)
	}
}
