package dl

import (
	"fmt"
	"math"

	"descent/dl/blas"
)

// The activations are functions of each element, y = f(x), so that
// ∂L/∂x = ∂L/∂y·f'(x); only Softmax mixes the elements of a row. Input and output
// have the same shape.

// ReLU is max(x, 0).
type ReLU struct{ activation }

// LeakyReLU is x where x > 0, else Slope·x (Maas et al. 2013).
type LeakyReLU struct {
	Slope float64 // above 0 and below 1; 0 means 0.3, as in Keras (PyTorch: 0.01)

	activation
}

// ELU is x where x > 0, else Alpha·(eˣ − 1) (Clevert et al. 2016, equation 15).
type ELU struct {
	Alpha float64 // above 0; 0 means 1, as in Keras and PyTorch

	activation
}

// GELU is x·Φ(x), Φ being the normal distribution function (Hendrycks and Gimpel
// 2016, section 2).
type GELU struct {
	Tanh bool // use the paper's approximation with tanh; by default Φ is exact, as in Keras and PyTorch

	activation
	slope Tensor // Φ(x) + x·Φ'(x), set by Forward, which has its parts at hand
}

// SiLU is x·σ(x), also known as swish (Hendrycks and Gimpel 2016, section 2;
// Ramachandran et al. 2017).
type SiLU struct {
	activation
	sigma Tensor // σ(x)
}

// Sigmoid is σ(x) = 1/(1 + e⁻ˣ).
type Sigmoid struct{ activation }

// Tanh is the hyperbolic tangent.
type Tanh struct{ activation }

// Softplus is ln(1 + eˣ), a smooth ReLU.
type Softplus struct{ activation }

// Softmax turns each row of the last axis into probabilities. A classifier is
// better trained from logits, without it: the loss has a stable formula for both.
type Softmax struct{ activation }

var (
	_ Layer = (*ReLU)(nil)
	_ Layer = (*LeakyReLU)(nil)
	_ Layer = (*ELU)(nil)
	_ Layer = (*GELU)(nil)
	_ Layer = (*SiLU)(nil)
	_ Layer = (*Sigmoid)(nil)
	_ Layer = (*Tanh)(nil)
	_ Layer = (*Softplus)(nil)
	_ Layer = (*Softmax)(nil)
)

// activation is a node whose output has the shape of its input.
type activation struct{ node }

// Build implements Layer.
func (a *activation) Build(in Shape, params *Params) (Shape, error) {
	if err := a.place(in, params); err != nil {
		return nil, err
	}
	a.out = a.in
	return a.out, nil
}

// Forward computes y = max(x, 0).
func (r *ReLU) Forward(x *Tensor, train bool) *Tensor {
	y := r.output(x)
	blas.ReLU(y.Data, x.Data)
	return y
}

// Backward computes ∂L/∂x = ∂L/∂y where x > 0, else 0.
func (r *ReLU) Backward(dy *Tensor) *Tensor {
	dx := r.inputGrad(dy)
	blas.ReLUGrad(dx.Data, dy.Data, r.y.Data)
	return dx
}

// Build implements Layer.
func (l *LeakyReLU) Build(in Shape, params *Params) (Shape, error) {
	out, err := l.activation.Build(in, params)
	if err == nil {
		err = l.share("Slope", l.Slope)
	}
	return out, err
}

// Forward computes y = x where x > 0, else Slope·x.
func (l *LeakyReLU) Forward(x *Tensor, train bool) *Tensor {
	y, slope := l.output(x), orDefault(l.Slope, 0.3)
	for i, v := range x.Data {
		y.Data[i] = max(v, slope*v)
	}
	return y
}

// Backward computes ∂L/∂x = ∂L/∂y where x > 0, else Slope·∂L/∂y.
func (l *LeakyReLU) Backward(dy *Tensor) *Tensor {
	dx, slope := l.inputGrad(dy), orDefault(l.Slope, 0.3)
	for i, g := range dy.Data {
		if !(l.x.Data[i] > 0) {
			g *= slope
		}
		dx.Data[i] = g
	}
	return dx
}

// Build implements Layer.
func (e *ELU) Build(in Shape, params *Params) (Shape, error) {
	out, err := e.activation.Build(in, params)
	if err == nil && !(e.Alpha >= 0 && isFinite(e.Alpha)) {
		err = fmt.Errorf("dl: %s: Alpha is %v, want above 0, or 0 for the default", e.where, e.Alpha)
	}
	return out, err
}

// Forward computes y = x where x > 0, else α(eˣ − 1).
func (e *ELU) Forward(x *Tensor, train bool) *Tensor {
	y, alpha := e.output(x), orDefault(e.Alpha, 1)
	blas.Expm1(y.Data, x.Data)
	for i, v := range x.Data {
		if v > 0 {
			y.Data[i] = v
		} else {
			y.Data[i] *= alpha
		}
	}
	return y
}

// Backward computes ∂L/∂x = ∂L/∂y where x > 0, else ∂L/∂y·(y + α).
func (e *ELU) Backward(dy *Tensor) *Tensor {
	dx, alpha := e.inputGrad(dy), orDefault(e.Alpha, 1)
	for i, g := range dy.Data {
		if y := e.y.Data[i]; !(y > 0) {
			g *= y + alpha
		}
		dx.Data[i] = g
	}
	return dx
}

const (
	gelu1 = math.Sqrt2 / math.SqrtPi // √(2/π)
	gelu3 = 0.044715                 // of the cubic term in GELU's approximation
)

// Forward computes y = x·Φ(x) with
//
//	Φ(x) = (1 + erf(x/√2))/2                        or, with Tanh,
//	Φ(x) ≈ (1 + tanh(√(2/π)·(x + 0.044715·x³)))/2
func (g *GELU) Forward(x *Tensor, train bool) *Tensor {
	y, slope := g.output(x), g.slope.fit(x.Shape[0], g.in).Data
	if !g.Tanh {
		blas.GELU(y.Data, slope, x.Data)
		return y
	}
	for i, v := range x.Data {
		y.Data[i] = gelu1 * v * math.FMA(gelu3, v*v, 1)
	}
	blas.Tanh(y.Data, y.Data)
	for i, v := range x.Data {
		cdf := (1 + y.Data[i]) / 2
		square := min(v*v, 1e6) // far out Φ is 0 or 1, and 0·∞ would be NaN
		density := 2 * cdf * (1 - cdf) * gelu1 * math.FMA(3*gelu3, square, 1)
		y.Data[i], slope[i] = v*cdf, math.FMA(v, density, cdf)
	}
	return y
}

// Backward computes ∂L/∂x = ∂L/∂y·(Φ(x) + x·Φ'(x)) with
//
//	Φ'(x) = e^(−x²/2)/√(2π)                                     or, with Tanh,
//	Φ'(x) ≈ 2·Φ(x)·(1 − Φ(x))·√(2/π)·(1 + 3·0.044715·x²)
func (g *GELU) Backward(dy *Tensor) *Tensor {
	dx := g.inputGrad(dy)
	blas.Mul(dx.Data, dy.Data, g.slope.Data)
	return dx
}

// Forward computes y = x·σ(x).
func (s *SiLU) Forward(x *Tensor, train bool) *Tensor {
	y, sigma := s.output(x), s.sigma.fit(x.Shape[0], s.in).Data
	blas.Sigmoid(sigma, x.Data)
	blas.Mul(y.Data, x.Data, sigma)
	return y
}

// Backward computes ∂L/∂x = ∂L/∂y·(σ + y·(1 − σ)).
func (s *SiLU) Backward(dy *Tensor) *Tensor {
	dx, y := s.inputGrad(dy), s.y.Data
	for i, sigma := range s.sigma.Data {
		dx.Data[i] = dy.Data[i] * math.FMA(y[i], 1-sigma, sigma)
	}
	return dx
}

// Forward computes y = σ(x).
func (s *Sigmoid) Forward(x *Tensor, train bool) *Tensor {
	y := s.output(x)
	blas.Sigmoid(y.Data, x.Data)
	return y
}

// Backward computes ∂L/∂x = ∂L/∂y·y·(1 − y).
func (s *Sigmoid) Backward(dy *Tensor) *Tensor {
	dx := s.inputGrad(dy)
	blas.SigmoidGrad(dx.Data, dy.Data, s.y.Data)
	return dx
}

// Forward computes y = tanh x.
func (t *Tanh) Forward(x *Tensor, train bool) *Tensor {
	y := t.output(x)
	blas.Tanh(y.Data, x.Data)
	return y
}

// Backward computes ∂L/∂x = ∂L/∂y·(1 − y²).
func (t *Tanh) Backward(dy *Tensor) *Tensor {
	dx := t.inputGrad(dy)
	blas.TanhGrad(dx.Data, dy.Data, t.y.Data)
	return dx
}

// Forward computes y = max(x, 0) + ln(1 + e^−|x|), which is ln(1 + eˣ) without
// overflow.
func (s *Softplus) Forward(x *Tensor, train bool) *Tensor {
	y := s.output(x)
	for i, v := range x.Data {
		y.Data[i] = -math.Abs(v)
	}
	blas.Exp(y.Data, y.Data)
	blas.Log1p(y.Data, y.Data)
	for i, v := range x.Data {
		y.Data[i] += max(v, 0)
	}
	return y
}

// Backward computes ∂L/∂x = ∂L/∂y·σ(x).
func (s *Softplus) Backward(dy *Tensor) *Tensor {
	dx := s.inputGrad(dy)
	blas.Sigmoid(dx.Data, s.x.Data)
	blas.Mul(dx.Data, dx.Data, dy.Data)
	return dx
}

// Forward computes, for each row, y_j = e^x_j / Σ_k e^x_k, after subtracting the
// row's maximum.
func (s *Softmax) Forward(x *Tensor, train bool) *Tensor {
	y := s.output(x)
	blas.SoftmaxRows(y.Data, x.Data, x.Rows(), x.Cols())
	return y
}

// Backward computes, for each row, ∂L/∂x_j = y_j·(∂L/∂y_j − Σ_k y_k·∂L/∂y_k).
func (s *Softmax) Backward(dy *Tensor) *Tensor {
	dx := s.inputGrad(dy)
	for i := range dx.Rows() {
		y, g, d := s.y.Row(i), dy.Row(i), dx.Row(i)
		mean := blas.Dot(y, g)
		for j := range d {
			d[j] = y[j] * (g[j] - mean)
		}
	}
	return dx
}
