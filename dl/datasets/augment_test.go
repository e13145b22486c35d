package datasets

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
)

func TestAugmentMovesTurnsAndAddsNoise(t *testing.T) {
	dot := mat.NewDense(1, 25, nil)
	dot.Set(0, 7, 1) // one above the centre
	same, err := Augment{H: 5, W: 5}.Apply(dot)
	if err != nil || !mat.Equal(same, dot) {
		t.Errorf("no change asked for, got %v, %v", same, err)
	}
	many := mat.NewDense(2000, 25, nil)
	for i := range 2000 {
		many.Set(i, 7, 1)
	}
	centre := func(a Augment) (rows, cols, mass []float64) { // of each picture
		out, err := a.Apply(many)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 2000 {
			var y, x, m float64
			for p, v := range out.RawRowView(i) {
				y, x, m = y+v*float64(p/5), x+v*float64(p%5), m+v
			}
			rows, cols, mass = append(rows, y/m), append(cols, x/m), append(mass, m)
		}
		return rows, cols, mass
	}
	rows, cols, mass := centre(Augment{H: 5, W: 5, Shift: 1, Seed: 1})
	for _, v := range []struct{ got, want float64 }{
		{slices.Min(rows), 0}, {slices.Max(rows), 2}, {slices.Min(cols), 1}, {slices.Max(cols), 3}, {slices.Min(mass), 1}, {slices.Max(mass), 1},
	} {
		if math.Abs(v.got-v.want) > 0.01 {
			t.Errorf("shifts by up to a pixel: %.3f, want %.3f", v.got, v.want)
		}
	}
	rows, cols, _ = centre(Augment{H: 5, W: 5, Rotate: 90, Seed: 1})
	const blur = 0.03 // interpolation moves the centre of one bright pixel a little
	if math.Abs(slices.Min(cols)-1) > blur || math.Abs(slices.Max(cols)-3) > blur || slices.Max(rows) > 2+blur || slices.Min(rows) < 1-blur {
		t.Errorf("turns by up to 90°: columns %.3f to %.3f, rows %.3f to %.3f, want 1 to 3 and 1 to 2",
			slices.Min(cols), slices.Max(cols), slices.Min(rows), slices.Max(rows))
	}
	noisy, err := Augment{H: 5, W: 5, Noise: 0.5, Seed: 1}.Apply(many)
	if err != nil {
		t.Fatal(err)
	}
	noisy.Sub(noisy, many)
	if sd := mat.Norm(noisy, 2) / math.Sqrt(2000*25); math.Abs(sd-0.5) > 0.01 {
		t.Errorf("noise has deviation %.3f, want 0.5", sd)
	}
	if got, want := hash(noisy), "0592177803958fc6"; got != want {
		t.Errorf("hash %s, want %s", got, want)
	}
}
