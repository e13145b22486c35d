package blas

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestGemmBatchIsGemmOneAfterTheOther(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 0))
	random := func(n int) []float64 {
		x := make([]float64, n)
		for i := range x {
			x[i] = rng.Float64() - 0.5
		}
		return x
	}
	for range 200 {
		count, m, n, k := 1+rng.IntN(70), 1+rng.IntN(40), 1+rng.IntN(70), 1+rng.IntN(40)
		transA, transB, sum := rng.IntN(2) == 0, rng.IntN(2) == 0, rng.IntN(2) == 0
		lda, ldb, sizeA, sizeB := k, n, m*k, k*n
		if transA {
			lda = m
		}
		if transB {
			ldb = k
		}
		nextB := sizeB * rng.IntN(2)
		nextC, beta := m*n+3, float64(rng.IntN(3))
		if sum {
			nextC, beta = 0, 1
		}
		a, b, c := random(count*sizeA), random((count-1)*nextB+sizeB), random((count-1)*nextC+m*n)
		want := slices.Clone(c)
		for i := range count {
			Gemm(transA, transB, m, n, k, 1, a[i*sizeA:], lda, b[i*nextB:], ldb, beta, want[i*nextC:], n)
		}
		GemmBatch(count, transA, transB, m, n, k, 1, a, lda, sizeA, b, ldb, nextB, beta, c, n, nextC)
		if !slices.Equal(c, want) {
			t.Fatalf("count %d, %d×%d×%d, transposed %v %v, β %v, shared C %v: results differ", count, m, n, k, transA, transB, beta, sum)
		}
	}
}
