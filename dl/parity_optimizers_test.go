package dl

import (
	"fmt"
	"reflect"
	"testing"
)

// TestParityOptimizers gives each optimizer twenty gradients and compares the
// parameters after every step.
func TestParityOptimizers(t *testing.T) {
	var fixture struct {
		Start, Gradients *Tensor
		Cases            []struct {
			Name, From string
			Optimizer  any
			Path       *Tensor
		}
	}
	readFixture(t, "parity/optimizers", &fixture)
	seen, worst := map[string]bool{}, 0.0
	for _, c := range fixture.Cases {
		t.Run(c.Name, func(t *testing.T) {
			v := described[Optimizer](t, c.Optimizer)
			p := Params{List: []*Param{{Shape: fixture.Start.Shape}}}
			if err := p.allocate(); err != nil {
				t.Fatal(err)
			}
			copy(p.Value, fixture.Start.Data)
			largest := 0.0
			for step := 0; step < fixture.Gradients.Rows() && !t.Failed(); step++ {
				copy(p.Grad, fixture.Gradients.Row(step))
				v.Step(&p)
				largest = max(largest, agree(t, fmt.Sprintf("θ after step %d", step+1), p.Value, c.Path.Row(step), parityTolerance))
			}
			t.Logf("%-50s %-5s %d steps %7.1e", c.Name, c.From, fixture.Gradients.Rows(), largest)
			worst = max(worst, largest)
		})
		seenTypes(c.Optimizer, seen)
	}
	t.Logf("%d cases, largest relative error %.1e", len(fixture.Cases), worst)
	checkAllSeen(t, seen, reflect.TypeFor[Optimizer]())
}

// TestParityDefaults says that the constructors' defaults are those of Keras,
// with which the fixtures were made.
func TestParityDefaults(t *testing.T) {
	var fixture struct {
		Cases []struct {
			Name      string
			Optimizer any
		}
	}
	readFixture(t, "parity/optimizers", &fixture)
	defaults := map[string]Optimizer{
		"SGD": NewSGD(0.05), "AdaGrad": NewAdaGrad(0.1), "RMSProp": NewRMSProp(0.01),
		"Adam": NewAdam(0.01), "AdamW": NewAdamW(0.01), "Lion": NewLion(0.01),
	}
	for _, c := range fixture.Cases {
		want, ok := defaults[c.Name]
		if !ok {
			continue
		}
		got := described[Optimizer](t, c.Optimizer)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("New%s gives %+v, Keras's defaults are %+v", c.Name, want, got)
		}
		delete(defaults, c.Name)
	}
	if len(defaults) > 0 {
		t.Errorf("no fixture for %v", defaults)
	}
}
