package datasets

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"descent/dl/blas"
)

// Every user of random numbers has a stream of its own, so that the same seed
// in two places does not mean the same numbers.
const (
	generatorStream = iota + 1
	splitStream
	batchStream
	augmentStream
)

func newRand(seed, stream uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, stream)) }

// normal draws from the standard normal distribution by Marsaglia's polar
// method (1964): a point (u, v) is drawn in the unit circle; with s = u² + v²,
// u·√(−2 ln s / s) is normal. The method's second number, with v, is not kept.
// rand's own NormFloat64 is not used: its bits depend on the processor.
func normal(r *rand.Rand) float64 {
	for {
		u := 2*r.Float64() - 1
		v := 2*r.Float64() - 1
		s := math.FMA(u, u, v*v)
		if s > 0 && s < 1 {
			return u * math.Sqrt(-2*blas.LogOne(s)/s)
		}
	}
}

// uniform draws from [low, high).
func uniform(r *rand.Rand, low, high float64) float64 {
	return math.FMA(r.Float64(), high-low, low)
}

// Normal returns a rows×cols matrix of independent standard normal numbers:
// pure noise to test a method on, the same bits on every machine.
func Normal(rows, cols int, seed uint64) *mat.Dense {
	needPositive("Normal", "rows", rows)
	needPositive("Normal", "cols", cols)
	r := newRand(seed, generatorStream)
	data := make([]float64, rows*cols)
	for i := range data {
		data[i] = normal(r)
	}
	return mat.NewDense(rows, cols, data)
}
