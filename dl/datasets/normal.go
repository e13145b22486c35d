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
		data[i] = blas.Normal(r)
	}
	return mat.NewDense(rows, cols, data)
}
