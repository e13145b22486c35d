package dl

import (
	"math"
	"reflect"
	"testing"
)

// TestParityLosses compares each loss and its gradient with PyTorch's or Keras's.
func TestParityLosses(t *testing.T) {
	var fixture struct {
		Cases []struct {
			Name, From    string
			Loss          any
			Yhat, Y, Grad *Tensor
			Value         float64
		}
	}
	readFixture(t, "parity/losses", &fixture)
	seen, worst := map[string]bool{}, 0.0
	for _, c := range fixture.Cases {
		t.Run(c.Name, func(t *testing.T) {
			loss := described[Loss](t, c.Loss)
			grad := NewTensor(c.Yhat.Shape...)
			value := loss.Eval(c.Yhat, c.Y, grad)
			if alone := loss.Eval(c.Yhat, c.Y, nil); math.Float64bits(alone) != math.Float64bits(value) {
				t.Errorf("the loss is %v with the gradient and %v without, want the same bits", value, alone)
			}
			errL := agree(t, "loss", []float64{value}, []float64{c.Value}, parityTolerance)
			errG := agree(t, "gradient", grad.Data, c.Grad.Data, parityTolerance)
			t.Logf("%-50s %-5s loss %7.1e  gradient %7.1e", c.Name, c.From, errL, errG)
			worst = max(worst, errL, errG)
		})
		seenTypes(c.Loss, seen)
	}
	t.Logf("%d cases, largest relative error %.1e", len(fixture.Cases), worst)
	checkAllSeen(t, seen, reflect.TypeFor[Loss]())
}

// TestParityPenalties compares L1 and L2 on the weights of a Dense layer, whose
// bias they leave alone.
func TestParityPenalties(t *testing.T) {
	var fixture struct {
		Penalties []struct {
			Name    string
			Penalty any
			W, Grad *Tensor
			Value   float64
		}
	}
	readFixture(t, "parity/losses", &fixture)
	seen := map[string]bool{}
	for _, c := range fixture.Penalties {
		v := described[Penalty](t, c.Penalty)
		dense := &Dense{Units: c.W.Cols(), BiasInit: Constant{1}}
		m, err := Sequential(Shape{c.W.Rows()}, dense)
		if err != nil {
			t.Fatal(err)
		}
		copy(dense.W.Value, c.W.Data)
		value := v.Add(&m.Params)
		errR := agree(t, c.Name, []float64{value, v.Value(&m.Params)}, []float64{c.Value, c.Value}, parityTolerance)
		errG := agree(t, c.Name+" gradient", m.Params.Grad, append(c.Grad.Data, make([]float64, c.W.Cols())...), parityTolerance)
		t.Logf("%-50s torch value %7.1e  gradient %7.1e", c.Name, errR, errG)
		seenTypes(c.Penalty, seen)
	}
	checkAllSeen(t, seen, reflect.TypeFor[Penalty]())
}
