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

func TestGemmLinesIsGemmOnTheLinesPutTogether(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 0))
	for range 200 {
		count, m, n, lines, k := 1+rng.IntN(5), 1+rng.IntN(40), 1+rng.IntN(70), 1+rng.IntN(8), 1+rng.IntN(60)
		transA, sum, beta := rng.IntN(2) == 0, rng.IntN(2) == 0, float64(rng.IntN(2))
		nextC := m*n + 1
		if sum {
			beta, nextC = 1, 0
		}
		lda, lineA, nextA := k, m*k+3, lines*m*k+17
		if transA {
			lda = m
		} else if rng.IntN(2) == 0 {
			lda = 1 + rng.IntN(k) // overlapping, as windows are
		}
		a, b := random(rng, (count-1)*nextA+(lines-1)*lineA+max(m, k)*max(lda, 1)+max(m, k)), random(rng, count*lines*k*n)
		c := random(rng, (count-1)*nextC+m*n)
		want := slices.Clone(c)
		together := make([]float64, m*lines*k)
		for i := range count {
			for r := range m {
				for s := range lines {
					for l := range k {
						at := r*lda + l
						if transA {
							at = l*lda + r
						}
						together[r*lines*k+s*k+l] = a[i*nextA+s*lineA+at]
					}
				}
			}
			naiveGemm(false, false, m, n, lines*k, 1, together, lines*k, b[i*lines*k*n:], n, beta, want[i*nextC:], n)
		}
		eachPath(t, func(p Path) {
			got := slices.Clone(c)
			GemmLines(count, transA, m, n, lines, k, a, lda, lineA, nextA, b, n, lines*k*n, beta, got, n, nextC)
			if !slices.Equal(got, want) {
				t.Fatalf("%v: count %d, %d×%d, %d lines of %d, transposed %v, β %v, shared C %v: results differ", p, count, m, n, lines, k, transA, beta, sum)
			}
		})
	}
}
