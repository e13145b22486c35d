package dl

import (
	"math"
	"math/rand/v2"

	"descent/dl/blas"
)

// Init fills a parameter with its first values. A layer's documentation says
// which Init it uses by default.
//
// With r the product of all axes but the last two, fan-in is r times the last
// but one (a neuron's inputs) and fan-out r times the last axis (for a Dense
// layer simply in and out; for a convolution r is the kernel's area).
type Init interface {
	Fill(w *Tensor, rng *rand.Rand)
}

// Constant sets every element to Value. Constant{} is zeros.
type Constant struct{ Value float64 }

// Uniform draws from [-Limit, Limit). A Limit of 0 means 0.05, as in Keras.
type Uniform struct{ Limit float64 }

// Gaussian draws from a normal distribution with mean 0 and standard deviation
// Std. A Std of 0 means 0.05, as in Keras.
type Gaussian struct{ Std float64 }

// Glorot has variance 2/(fan-in + fan-out), uniform or normal, which keeps the
// size of activations and gradients through layers of tanh (Glorot and Bengio
// 2010, section 4.2.1). Also known as Xavier.
type Glorot struct{ Normal bool }

// He has variance 2/fan-in, uniform or normal, which keeps the size of
// activations through layers of ReLU (He et al. 2015, equation 10). Keras
// truncates its normal at two standard deviations; this one is not truncated.
type He struct{ Normal bool }

// LeCun has variance 1/fan-in, uniform or normal (LeCun et al. 1998, section 4.6).
type LeCun struct{ Normal bool }

// Orthogonal makes the rows or the columns of the Rows×Cols matrix, whichever
// are fewer, orthonormal, and scales it by Gain (0 means 1). Each square block
// of a recurrent layer's gates is made orthogonal by itself (Saxe et al. 2014).
type Orthogonal struct{ Gain float64 }

func (c Constant) Fill(w *Tensor, _ *rand.Rand) {
	for i := range w.Data {
		w.Data[i] = c.Value
	}
}

func (u Uniform) Fill(w *Tensor, rng *rand.Rand) { fillUniform(w, orDefault(u.Limit, 0.05), rng) }

func (n Gaussian) Fill(w *Tensor, rng *rand.Rand) { fillNormal(w, orDefault(n.Std, 0.05), rng) }

func (g Glorot) Fill(w *Tensor, rng *rand.Rand) {
	in, out := fans(w.Shape)
	fillVariance(w, 2/(in+out), g.Normal, rng)
}

func (h He) Fill(w *Tensor, rng *rand.Rand) {
	in, _ := fans(w.Shape)
	fillVariance(w, 2/in, h.Normal, rng)
}

func (l LeCun) Fill(w *Tensor, rng *rand.Rand) {
	in, _ := fans(w.Shape)
	fillVariance(w, 1/in, l.Normal, rng)
}

// Fill is Gram-Schmidt, twice for accuracy, on normal vectors.
func (o Orthogonal) Fill(w *Tensor, rng *rand.Rand) {
	rows, cols := w.Rows(), w.Cols()
	short, long := min(rows, cols), max(rows, cols)
	for lo := 0; lo < long; lo += short { // one square block after the other
		n := min(short, long-lo)
		q := make([]float64, n*short) // n orthonormal vectors of length short
		for i := range n {
			v := q[i*short : (i+1)*short]
			for j := range v {
				v[j] = Normal(rng)
			}
			for range 2 {
				for j := range i {
					u := q[j*short : (j+1)*short]
					blas.Axpy(-blas.Dot(u, v), u, v)
				}
			}
			blas.Scale(1/math.Sqrt(blas.Dot(v, v)), v)
		}
		for i := range n {
			for j := range short {
				v := orDefault(o.Gain, 1) * q[i*short+j]
				if rows <= cols {
					w.Data[j*cols+lo+i] = v
				} else {
					w.Data[(lo+i)*cols+j] = v
				}
			}
		}
	}
}

// Normal returns a standard normal number by Marsaglia's polar method. Unlike
// rand.NormFloat64 it has the same bits on every CPU.
func Normal(rng *rand.Rand) float64 { return blas.Normal(rng) }

func fillVariance(w *Tensor, variance float64, normal bool, rng *rand.Rand) {
	if normal {
		fillNormal(w, math.Sqrt(variance), rng)
	} else {
		fillUniform(w, math.Sqrt(3*variance), rng)
	}
}

func fillUniform(w *Tensor, limit float64, rng *rand.Rand) {
	for i := range w.Data {
		w.Data[i] = limit * (2*rng.Float64() - 1)
	}
}

func fillNormal(w *Tensor, std float64, rng *rand.Rand) {
	for i := range w.Data {
		w.Data[i] = std * Normal(rng)
	}
}

func fans(s Shape) (in, out float64) {
	n := len(s)
	if n < 2 {
		return float64(s.Size()), float64(s.Size())
	}
	r := s[:n-2].Size()
	return float64(r * s[n-2]), float64(r * s[n-1])
}

// orDefault is how a field whose zero value means "the default" is read.
func orDefault[T comparable](v, def T) T {
	var zero T
	if v == zero {
		return def
	}
	return v
}
