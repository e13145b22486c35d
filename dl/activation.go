package dl

import (
	"fmt"
	"math"

	"descent/dl/blas"
)

// activation is a function of each element, y = f(x), so that ∂L/∂x = ∂L/∂y·f'(x).
// Input and output have the same shape.
type activation struct {
	node
	f  func(y, x []float64)
	df func(dx, dy, x, y []float64) // sets dx to dy·f'(x)
}

func (a *activation) build(in Shape, params *Params, f func(y, x []float64), df func(dx, dy, x, y []float64)) (Shape, error) {
	a.f, a.df = f, df
	return a.same(in, params)
}

// Forward computes y = f(x), with the f of the layer's own documentation.
func (a *activation) Forward(x *Tensor, train bool) *Tensor {
	y := a.output(x)
	a.f(y.Data, x.Data)
	return y
}

// Backward computes ∂L/∂x = ∂L/∂y·f'(x).
func (a *activation) Backward(dy *Tensor) *Tensor {
	dx := a.inputGrad(dy)
	a.df(dx.Data, dy.Data, a.x.Data, a.y.Data)
	return dx
}

// ReLU is f = max(x, 0), with f' = 1 where x > 0, else 0.
type ReLU struct{ activation }

func (r *ReLU) Build(in Shape, params *Params) (Shape, error) {
	return r.build(in, params, blas.ReLU, func(dx, dy, _, y []float64) { blas.ReLUGrad(dx, dy, y) })
}

// LeakyReLU is f = x where x > 0, else Slope·x (Maas et al. 2013), with f' = 1 or Slope.
type LeakyReLU struct {
	Slope float64 // above 0 and below 1; 0 means 0.3, as in Keras (PyTorch: 0.01)

	activation
}

func (l *LeakyReLU) Build(in Shape, params *Params) (Shape, error) {
	out, err := l.build(in, params, l.leak, l.leakGrad)
	return out, firstError(err, l.share("Slope", l.Slope))
}

func (l *LeakyReLU) leak(y, x []float64) {
	slope := orDefault(l.Slope, 0.3)
	for i, v := range x {
		y[i] = max(v, slope*v)
	}
}

func (l *LeakyReLU) leakGrad(dx, dy, x, _ []float64) {
	slope := orDefault(l.Slope, 0.3)
	for i, g := range dy {
		if !(x[i] > 0) {
			g *= slope
		}
		dx[i] = g
	}
}

// ELU is f = x where x > 0, else α(eˣ − 1) (Clevert et al. 2016, equation 15), with
// f' = 1 or f + α.
type ELU struct {
	Alpha float64 // above 0; 0 means 1, as in Keras and PyTorch

	activation
}

func (e *ELU) Build(in Shape, params *Params) (Shape, error) {
	out, err := e.build(in, params, e.elu, e.eluGrad)
	if err == nil && !(e.Alpha >= 0 && isFinite(e.Alpha)) {
		err = fmt.Errorf("dl: %s: Alpha is %v, want above 0, or 0 for the default", e.where, e.Alpha)
	}
	return out, err
}

func (e *ELU) elu(y, x []float64) {
	alpha := orDefault(e.Alpha, 1)
	blas.Expm1(y, x)
	for i, v := range x {
		if v > 0 {
			y[i] = v
		} else {
			y[i] *= alpha
		}
	}
}

func (e *ELU) eluGrad(dx, dy, _, y []float64) {
	alpha := orDefault(e.Alpha, 1)
	for i, g := range dy {
		if !(y[i] > 0) {
			g *= y[i] + alpha
		}
		dx[i] = g
	}
}

// GELU is f = x·Φ(x), Φ being the normal distribution function (Hendrycks and Gimpel
// 2016, section 2), with f' = Φ(x) + x·Φ'(x):
//
//	Φ(x) = (1 + erf(x/√2))/2,  Φ'(x) = e^(−x²/2)/√(2π)     or, with Tanh,
//	Φ(x) ≈ (1 + tanh(√(2/π)·(x + 0.044715·x³)))/2
//	Φ'(x) ≈ 2·Φ(x)·(1 − Φ(x))·√(2/π)·(1 + 3·0.044715·x²)
type GELU struct {
	Tanh bool // use the paper's approximation with tanh; by default Φ is exact, as in Keras and PyTorch

	activation
	slope []float64 // f', which Forward sets, as it has its parts at hand
}

const (
	gelu1 = math.Sqrt2 / math.SqrtPi // √(2/π)
	gelu3 = 0.044715                 // of the cubic term in GELU's approximation
)

func (g *GELU) Build(in Shape, params *Params) (Shape, error) {
	return g.build(in, params, g.gelu, g.geluGrad)
}

func (g *GELU) gelu(y, x []float64) {
	g.slope = resize(g.slope, len(x))
	if !g.Tanh {
		blas.GELU(y, g.slope, x)
		return
	}
	for i, v := range x {
		y[i] = gelu1 * v * math.FMA(gelu3, v*v, 1)
	}
	blas.Tanh(y, y)
	for i, v := range x {
		cdf := (1 + y[i]) / 2
		square := min(v*v, 1e6) // far out Φ is 0 or 1, and 0·∞ would be NaN
		density := 2 * cdf * (1 - cdf) * gelu1 * math.FMA(3*gelu3, square, 1)
		y[i], g.slope[i] = v*cdf, math.FMA(v, density, cdf)
	}
}

func (g *GELU) geluGrad(dx, dy, _, _ []float64) { blas.Mul(dx, dy, g.slope) }

// SiLU is f = x·σ(x), with f' = σ + f·(1 − σ), also known as swish (Hendrycks and Gimpel
// 2016, section 2; Ramachandran et al. 2017).
type SiLU struct {
	activation
	sigma []float64 // σ(x)
}

func (s *SiLU) Build(in Shape, params *Params) (Shape, error) {
	return s.build(in, params, s.silu, s.siluGrad)
}

func (s *SiLU) silu(y, x []float64) {
	s.sigma = resize(s.sigma, len(x))
	blas.Sigmoid(s.sigma, x)
	blas.Mul(y, x, s.sigma)
}

func (s *SiLU) siluGrad(dx, dy, _, y []float64) {
	for i, sigma := range s.sigma {
		dx[i] = dy[i] * math.FMA(y[i], 1-sigma, sigma)
	}
}

// Sigmoid is f = σ(x) = 1/(1 + e⁻ˣ), with f' = f·(1 − f).
type Sigmoid struct{ activation }

func (s *Sigmoid) Build(in Shape, params *Params) (Shape, error) {
	return s.build(in, params, blas.Sigmoid, func(dx, dy, _, y []float64) { blas.SigmoidGrad(dx, dy, y) })
}

// Tanh is f = tanh x, with f' = 1 − f².
type Tanh struct{ activation }

func (t *Tanh) Build(in Shape, params *Params) (Shape, error) {
	return t.build(in, params, blas.Tanh, func(dx, dy, _, y []float64) { blas.TanhGrad(dx, dy, y) })
}

// Softplus is f = ln(1 + eˣ) = max(x, 0) + ln(1 + e^−|x|), a smooth ReLU; the second form
// can't overflow. f' = σ(x).
type Softplus struct{ activation }

func (s *Softplus) Build(in Shape, params *Params) (Shape, error) {
	return s.build(in, params, softplus, func(dx, dy, x, _ []float64) {
		blas.Sigmoid(dx, x)
		blas.Mul(dx, dx, dy)
	})
}

func softplus(y, x []float64) {
	for i, v := range x {
		y[i] = -math.Abs(v)
	}
	blas.Exp(y, y)
	blas.Log1p(y, y)
	for i, v := range x {
		y[i] += max(v, 0)
	}
}

// Softmax turns each row of the last axis into probabilities. A classifier is
// better trained from logits, without it: the loss has a stable formula for both.
type Softmax struct{ node }

func (s *Softmax) Build(in Shape, params *Params) (Shape, error) { return s.same(in, params) }

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
