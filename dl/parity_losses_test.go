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
			v, err := decodeSpec(c.Loss, 0)
			if err != nil {
				t.Fatal(err)
			}
			loss := v.(Loss)
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
