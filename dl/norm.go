package dl

import (
	"math"

	"descent/dl/blas"
)

// LayerNorm brings each row of the last axis to mean 0 and variance 1, then scales
// and shifts each feature (Ba et al. 2016). It does the same in training and
// after. Input and output …×C.
type LayerNorm struct {
	Eps float64 // added to the variance; 0 means 1e-3, as in Keras (PyTorch: 1e-5)

	Gamma *Param // scale, 1×C, starts at 1; set by Build
	Beta  *Param // shift, 1×C, starts at 0; set by Build

	node
	xhat  Tensor
	scale []float64 // 1/σ of each row
}

// BatchNorm brings each channel to mean 0 and variance 1 over the batch, then
// scales and shifts it (Ioffe and Szegedy 2015, algorithm 1). Mean and variance
// are over all axes but the last. Input and output …×C.
//
// Training uses the statistics of the batch and keeps a moving average of them,
// which is used after training. Where its parameters are frozen it stays with the
// moving averages in training too, as in Keras.
type BatchNorm struct {
	Momentum float64 // of the moving averages; 0 means 0.99, as in Keras (PyTorch: 0.9, which it writes as 0.1)
	Eps      float64 // added to the variance; 0 means 1e-3, as in Keras (PyTorch: 1e-5)

	Gamma    *Param // scale, 1×C, starts at 1; set by Build
	Beta     *Param // shift, 1×C, starts at 0; set by Build
	Mean     *Param // moving average of μ, 1×C, starts at 0; set by Build
	Variance *Param // moving average of σ², 1×C, starts at 1; set by Build

	node
	xhat           Tensor
	mean, variance []float64 // μ and σ² of the batch
	scale          []float64 // 1/σ of each channel in the last Forward
	dbeta, dgamma  []float64 // what the batch adds to the gradients
	batch          bool      // the last Forward used the batch's statistics
}

func (l *LayerNorm) Build(in Shape, params *Params) (Shape, error) {
	out, err := l.same(in, params)
	if err := firstError(err, l.share("Eps", l.Eps)); err != nil {
		return nil, err
	}
	l.Gamma, l.Beta = params.Add("gamma", Constant{1}, 1, in.last()), params.Add("beta", Constant{}, 1, in.last())
	return out, nil
}

// Forward computes, for each row, with μ and σ² its mean and (biased) variance,
//
//	x̂ = (x − μ)/√(σ² + ε)
//	y = γ·x̂ + β
func (l *LayerNorm) Forward(x *Tensor, train bool) *Tensor {
	y, n, eps := l.output(x), float64(x.Cols()), orDefault(l.Eps, 1e-3)
	l.xhat.fit(x.Shape[0], l.in)
	l.scale = resize(l.scale, x.Rows())
	for i := range l.scale {
		xhat, mu := l.xhat.Row(i), blas.Sum(x.Row(i))/n
		for j, v := range x.Row(i) {
			xhat[j] = v - mu
		}
		l.scale[i] = 1 / math.Sqrt(blas.Dot(xhat, xhat)/n+eps)
		blas.Scale(l.scale[i], xhat)
		copy(y.Row(i), l.Beta.Value)
		blas.MulAdd(y.Row(i), xhat, l.Gamma.Value)
	}
	return y
}

// Backward computes, with the means over each row,
//
//	∂L/∂γ += Σ_rows ∂L/∂y·x̂
//	∂L/∂β += Σ_rows ∂L/∂y
//	∂L/∂x̂  = γ·∂L/∂y
//	∂L/∂x  = (∂L/∂x̂ − mean(∂L/∂x̂) − x̂·mean(∂L/∂x̂·x̂)) / √(σ² + ε)
func (l *LayerNorm) Backward(dy *Tensor) *Tensor {
	dx, n := l.inputGrad(dy), float64(l.in.last())
	blas.SumRows(l.Beta.Grad, dy.Data, dx.Cols(), dx.Rows())
	for i, scale := range l.scale {
		xhat, d := l.xhat.Row(i), dx.Row(i)
		blas.MulAdd(l.Gamma.Grad, dy.Row(i), xhat)
		blas.Mul(d, dy.Row(i), l.Gamma.Value)
		mean, slope := blas.Sum(d)/n, blas.Dot(d, xhat)/n
		for j, v := range d {
			d[j] = scale * math.FMA(-slope, xhat[j], v-mean)
		}
	}
	return dx
}

func (b *BatchNorm) Build(in Shape, params *Params) (Shape, error) {
	out, err := b.same(in, params)
	if err := firstError(err, b.share("Momentum", b.Momentum), b.share("Eps", b.Eps)); err != nil {
		return nil, err
	}
	c := in.last()
	b.Gamma, b.Beta = params.Add("gamma", Constant{1}, 1, c), params.Add("beta", Constant{}, 1, c)
	b.Mean, b.Variance = params.AddRunning("mean", Constant{}, 1, c), params.AddRunning("variance", Constant{1}, 1, c)
	for _, v := range []*[]float64{&b.mean, &b.variance, &b.scale, &b.dbeta, &b.dgamma} {
		*v = make([]float64, c)
	}
	return out, nil
}

// Forward computes, for each channel, with μ and σ² the mean and (biased) variance
// of the batch in training and their moving averages after,
//
//	x̂ = (x − μ)/√(σ² + ε)
//	y = γ·x̂ + β
//
// and in training moves the averages:
//
//	mean     ← Momentum·mean + (1 − Momentum)·μ
//	variance ← Momentum·variance + (1 − Momentum)·σ²
//
// as Keras does; PyTorch puts the unbiased variance, n/(n−1)·σ², into the average.
func (b *BatchNorm) Forward(x *Tensor, train bool) *Tensor {
	y := b.output(x)
	b.xhat.fit(x.Shape[0], b.in)
	b.batch = train && !b.Mean.Frozen
	mean, variance := b.Mean.Value, b.Variance.Value
	if b.batch {
		b.measure(x)
		mean, variance = b.mean, b.variance
	}
	for j, v := range variance {
		b.scale[j] = 1 / math.Sqrt(v+orDefault(b.Eps, 1e-3))
	}
	for i := range x.Rows() {
		xhat := b.xhat.Row(i)
		blas.Sub(xhat, x.Row(i), mean)
		blas.Mul(xhat, xhat, b.scale)
		copy(y.Row(i), b.Beta.Value)
		blas.MulAdd(y.Row(i), xhat, b.Gamma.Value)
	}
	return y
}

// measure takes the statistics of the batch and moves the averages towards them.
func (b *BatchNorm) measure(x *Tensor) {
	n := x.Rows()
	clear(b.mean)
	clear(b.variance)
	blas.SumRows(b.mean, x.Data, x.Cols(), n)
	blas.Scale(1/float64(n), b.mean)
	for i := range n {
		d := b.xhat.Row(i)
		blas.Sub(d, x.Row(i), b.mean)
		blas.MulAdd(b.variance, d, d)
	}
	blas.Scale(1/float64(n), b.variance)
	keep := orDefault(b.Momentum, 0.99)
	blas.Scale(keep, b.Mean.Value)
	blas.Axpy(1-keep, b.mean, b.Mean.Value)
	blas.Scale(keep, b.Variance.Value)
	blas.Axpy(1-keep, b.variance, b.Variance.Value)
}

// Backward computes, with the means over the batch,
//
//	∂L/∂γ += Σ_rows ∂L/∂y·x̂
//	∂L/∂β += Σ_rows ∂L/∂y
//	∂L/∂x  = γ/√(σ² + ε)·(∂L/∂y − mean(∂L/∂y) − x̂·mean(∂L/∂y·x̂))
//
// Without the batch's statistics μ and σ² do not depend on x, and ∂L/∂x is
// γ/√(σ² + ε)·∂L/∂y.
func (b *BatchNorm) Backward(dy *Tensor) *Tensor {
	dx, n := b.inputGrad(dy), b.x.Rows()
	clear(b.dbeta)
	clear(b.dgamma)
	blas.SumRows(b.dbeta, dy.Data, dx.Cols(), n)
	for i := range n {
		blas.MulAdd(b.dgamma, dy.Row(i), b.xhat.Row(i))
	}
	blas.Add(b.Beta.Grad, b.Beta.Grad, b.dbeta)
	blas.Add(b.Gamma.Grad, b.Gamma.Grad, b.dgamma)
	copy(dx.Data, dy.Data)
	if b.batch {
		blas.Scale(-1/float64(n), b.dbeta)
		blas.Scale(-1/float64(n), b.dgamma)
		blas.AddRow(dx.Data, n, dx.Cols(), b.dbeta)
	}
	for i := range n {
		if b.batch {
			blas.MulAdd(dx.Row(i), b.xhat.Row(i), b.dgamma)
		}
		blas.Mul(dx.Row(i), dx.Row(i), b.Gamma.Value)
		blas.Mul(dx.Row(i), dx.Row(i), b.scale)
	}
	return dx
}

// resize returns a slice of n numbers, in the memory of s where it suffices.
func resize(s []float64, n int) []float64 {
	if cap(s) < n {
		return make([]float64, n)
	}
	return s[:n]
}
