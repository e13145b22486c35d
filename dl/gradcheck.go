package dl

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// GradientError is what CheckGradient found in one array.
type GradientError struct {
	Name     string  // of the parameter, or "x"
	Index    int     // where the difference is largest
	Backward float64 // ∂J/∂θ there, as Backward computed it
	Numeric  float64 // the central difference there
	Relative float64 // ‖backward − numeric‖ / max(‖backward‖ + ‖numeric‖, 1e-6), beyond the rounding of J
}

// CheckGradient compares the gradients that Backward computes with central
// differences (J(θ+h) − J(θ−h))/2h of the loss, h = 1e-5·max(1, |θ|), for every
// parameter and for the inputs x, unless they are class numbers. A correct
// Backward is within about 1e-8; a wrong one is near 1. What is random in
// training must be the same in each Forward: CheckGradient puts every random
// stream back before each one.
//
// It returns one GradientError for each array, the inputs last, and an error
// that names the worst where one is above tolerance.
func CheckGradient(m *Model, x, y *Tensor, tolerance float64) ([]GradientError, error) {
	value := append([]float64(nil), m.Params.Value...) // running statistics move in Forward
	defer copy(m.Params.Value, value)
	again := m.repeat()
	again()
	dx := m.InputGradient(x, y)
	if dx != nil {
		dx = &Tensor{Shape: dx.Shape, Data: append([]float64(nil), dx.Data...)}
	}
	loss := func() float64 {
		again()
		J := m.Loss.Eval(m.Forward(x, true), y, nil)
		for _, p := range m.Penalties {
			J += p.Value(&m.Params)
		}
		return J
	}
	var all []GradientError
	for _, p := range m.Params.List {
		if !p.running {
			all = append(all, centralDifferences(p.Name, p.Value, append([]float64(nil), p.Grad...), loss))
		}
	}
	if dx != nil {
		all = append(all, centralDifferences("x", x.Data, dx.Data, loss))
	}
	worst := all[0]
	for _, e := range all {
		if !(e.Relative <= worst.Relative) {
			worst = e
		}
	}
	if !(worst.Relative <= tolerance) {
		return all, fmt.Errorf("dl: CheckGradient: %s: relative error %.2g, want at most %.2g; at element %d Backward has %.10g, central differences %.10g",
			worst.Name, worst.Relative, tolerance, worst.Index, worst.Backward, worst.Numeric)
	}
	return all, nil
}

// repeat returns what puts every random stream back to where it is now.
func (m *Model) repeat() func() {
	var states []rand.PCG
	for _, pcg := range m.Params.streams {
		states = append(states, *pcg)
	}
	return func() {
		for i, pcg := range m.Params.streams {
			*pcg = states[i]
		}
	}
}

// centralDifferences compares grad with the slopes of loss along each element of v.
func centralDifferences(name string, v, grad []float64, loss func() float64) GradientError {
	e := GradientError{Name: name}
	var diff, backward, central float64 // sums of squares
	largest := -1.0
	for i, at := range v {
		h := 1e-5 * math.Max(1, math.Abs(at))
		v[i] = at + h
		up := loss()
		v[i] = at - h
		down := loss()
		v[i] = at
		numeric := (up - down) / (2 * h)
		rounding := 0x1p-52 * math.Abs(up) / h // what an ulp of J alone explains, about 1e-11 J
		d := math.Max(0, math.Abs(grad[i]-numeric)-rounding)
		diff += d * d
		backward += grad[i] * grad[i]
		central += numeric * numeric
		if !(d <= largest) {
			largest = d
			e.Index, e.Backward, e.Numeric = i, grad[i], numeric
		}
	}
	e.Relative = math.Sqrt(diff) / math.Max(math.Sqrt(backward)+math.Sqrt(central), 1e-6)
	return e
}
