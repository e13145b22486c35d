package dl

import (
	"math/rand/v2"

	"descent/dl/blas"
)

// Dropout sets a share Rate of its inputs to 0 in training, another choice in each
// Forward, and scales the others by 1/(1 − Rate), so that the expected value stays
// as it is and nothing is to be done after training (Srivastava et al. 2014;
// "inverted" dropout). Input and output have the same shape.
type Dropout struct {
	Rate float64 // share of inputs to drop, at least 0 and below 1

	node
	pcg    *rand.PCG
	mask   Tensor // m: 0 or 1/(1 − Rate)
	active bool   // the last Forward was in training, with a Rate above 0
}

func (d *Dropout) Build(in Shape, params *Params) (Shape, error) {
	out, err := d.same(in, params)
	d.pcg = params.Stream()
	return out, firstError(err, d.share("Rate", d.Rate))
}

// Forward computes y = m·x with m = 0 with probability Rate, else 1/(1 − Rate).
// Outside training y is x itself.
func (d *Dropout) Forward(x *Tensor, train bool) *Tensor {
	y := d.output(x)
	if d.active = train && d.Rate > 0; !d.active {
		return x
	}
	mask, values, limit := d.mask.fit(x.Shape[0], d.in).Data, [2]float64{1 / (1 - d.Rate), 0}, uint64(d.Rate*(1<<53))
	for i := range mask {
		dropped := (d.pcg.Uint64()>>11 - limit) >> 63 // 1 where the 53 random bits are below limit, without a branch
		mask[i] = values[dropped]
	}
	blas.Mul(y.Data, x.Data, mask)
	return y
}

// Backward computes ∂L/∂x = m·∂L/∂y.
func (d *Dropout) Backward(dy *Tensor) *Tensor {
	dx := d.inputGrad(dy)
	if !d.active {
		return dy
	}
	blas.Mul(dx.Data, dy.Data, d.mask.Data)
	return dx
}
