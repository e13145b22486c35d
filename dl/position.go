package dl

import (
	"fmt"

	"descent/dl/blas"
)

// PositionalEmbedding adds to each step of a sequence a vector that is learned
// for its position. Input and output T×D, T at most Length.
type PositionalEmbedding struct {
	Length int  // the longest sequence; default T
	Init   Init // of P; default Uniform{0.05}, as for Embedding

	P *Param // Length×D, set by Build

	node
}

// PositionalEncoding adds to each step of a sequence a vector of sines and
// cosines that tells its position (Vaswani et al. 2017, section 3.5), with t
// and i from 0. Input and output T×D; it learns nothing.
//
//	P[t, 2i]   = sin(t / 10000^(2i/D))
//	P[t, 2i+1] = cos(t / 10000^(2i/D))
type PositionalEncoding struct {
	table []float64 // P, made by the first Forward

	node
}

func (p *PositionalEmbedding) Build(in Shape, params *Params) (Shape, error) {
	out, err := p.same(in, params)
	if err := firstError(err, p.sequence(in)); err != nil {
		return nil, err
	}
	length := orDefault(p.Length, in[0])
	if in[0] > length {
		return nil, &ShapeError{Where: p.where, Got: fmt.Sprintf("input is %v", in), Want: fmt.Sprintf("T×D with T at most %d, its Length", length)}
	}
	p.P = params.Add("P", orDefault[Init](p.Init, Uniform{}), length, in[1])
	return out, nil
}

// Forward computes y_t = x_t + P_t.
func (p *PositionalEmbedding) Forward(x *Tensor, train bool) *Tensor {
	return p.addToSamples(x, p.P.Value[:p.in.Size()])
}

// Backward computes ∂L/∂P_t += Σ_samples ∂L/∂y_t and ∂L/∂x = ∂L/∂y.
func (p *PositionalEmbedding) Backward(dy *Tensor) *Tensor {
	dx, size := p.inputGrad(dy), p.in.Size()
	blas.SumRows(p.P.Grad[:size], dy.Data, size, dx.Shape[0])
	copy(dx.Data, dy.Data)
	return dx
}

// addToSamples adds P to each sample.
func (n *node) addToSamples(x *Tensor, P []float64) *Tensor {
	y := n.output(x)
	copy(y.Data, x.Data)
	blas.AddRow(y.Data, y.Shape[0], len(P), P)
	return y
}

func (p *PositionalEncoding) Build(in Shape, params *Params) (Shape, error) {
	out, err := p.same(in, params)
	return out, firstError(err, p.sequence(in))
}

// Forward computes y_t = x_t + P_t.
func (p *PositionalEncoding) Forward(x *Tensor, train bool) *Tensor {
	if p.table == nil {
		p.table = sinusoids(p.in[0], p.in[1])
	}
	return p.addToSamples(x, p.table)
}

// sinusoids is P, T×D.
func sinusoids(T, D int) []float64 {
	P := make([]float64, T*D)
	for t := range T {
		for j := range D {
			exponent := float64(j-j%2) / float64(D)
			angle := float64(t) * blas.ExpOne(-exponent*blas.LogOne(10000))
			if j%2 == 0 {
				P[t*D+j] = blas.SinOne(angle)
			} else {
				P[t*D+j] = blas.CosOne(angle)
			}
		}
	}
	return P
}

// Backward computes ∂L/∂x = ∂L/∂y.
func (p *PositionalEncoding) Backward(dy *Tensor) *Tensor {
	dx := p.inputGrad(dy)
	copy(dx.Data, dy.Data)
	return dx
}
