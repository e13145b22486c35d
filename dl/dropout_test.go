package dl

import (
	"math"
	"slices"
	"testing"
)

var dropoutCases = []layerCase{
	{"Dropout", Shape{20}, one(func() Layer { return &Dropout{Rate: 0.4} })},
	{"Dropout of nothing", Shape{3, 2}, one(func() Layer { return &Dropout{} })},
	{"two Dropouts", Shape{8}, func() []Layer {
		return []Layer{&Dropout{Rate: 0.2}, &Dense{Units: 6}, &Dropout{Rate: 0.5}}
	}},
}

func TestDropoutDropsItsShareAndKeepsTheMean(t *testing.T) {
	const n = 100_000
	x := NewTensor(n/100, 100)
	for i := range x.Data {
		x.Data[i] = 1
	}
	for _, rate := range []float64{0.1, 0.5, 0.9} {
		m, err := Sequential(Shape{100}, &Dropout{Rate: rate})
		if err != nil {
			t.Fatal(err)
		}
		dropped, sum := 0.0, 0.0
		for _, v := range m.Forward(x, true).Data {
			if v == 0 {
				dropped++
			} else if v != 1/(1-rate) {
				t.Fatalf("rate %v: a kept input became %v, want %v", rate, v, 1/(1-rate))
			}
			sum += v
		}
		sd := math.Sqrt(rate * (1 - rate) / n) // of the share
		if d := dropped/n - rate; math.Abs(d) > 4*sd {
			t.Errorf("rate %v: dropped a share of %v", rate, dropped/n)
		}
		if d := sum/n - 1; math.Abs(d) > 4*sd/(1-rate) {
			t.Errorf("rate %v: the mean became %v, want about 1", rate, sum/n)
		}
	}
}

func TestDropoutDropsOthersEachTimeAndTheSameAfterReset(t *testing.T) {
	m, err := Sequential(Shape{50}, &Dropout{Rate: 0.5}, &Dropout{Rate: 0.5})
	if err != nil {
		t.Fatal(err)
	}
	x := normalTensor(1, 3, 50)
	first := slices.Clone(m.Forward(x, true).Data)
	if slices.Equal(m.Forward(x, true).Data, first) {
		t.Error("two Forwards dropped the same inputs")
	}
	m.Reset(1)
	if !slices.Equal(m.Forward(x, true).Data, first) {
		t.Error("after Reset with the same seed other inputs were dropped")
	}
	m.Reset(2)
	if slices.Equal(m.Forward(x, true).Data, first) {
		t.Error("after Reset with another seed the same inputs were dropped")
	}
	if y := m.Forward(x, false); !slices.Equal(y.Data, x.Data) {
		t.Error("outside training the output is not the input")
	}
}
