package blas

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

func TestFMA32RoundsOnce(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 3))
	exact := func(x float64) *big.Float { return new(big.Float).SetPrec(400).SetFloat64(x) }
	double := 0
	for range 200000 {
		x, y := float32(rng.NormFloat64()), float32(rng.NormFloat64())
		z := -float32(x*y) * (1 + float32(rng.IntN(3)-1)*0x1p-23) // near cancellation
		if rng.IntN(2) == 0 {
			// A sum halfway between two float32 but for a bit that float64 loses.
			x, y, z = 1+0x1p-18, 0x1p-24*(1-0x1p-18), 1+float32(rng.IntN(1<<23))*0x1p-23
			if rng.IntN(2) == 0 {
				y, z = -y, -z
			}
		}
		sum := exact(float64(x))
		sum.Mul(sum, exact(float64(y))).Add(sum, exact(float64(z)))
		want, _ := sum.Float32()
		if got := fma32(x, y, z); got != want {
			t.Fatalf("fma32(%x, %x, %x) = %x, want %x", x, y, z, got, want)
		}
		if float32(float64(x)*float64(y)+float64(z)) != want {
			double++
		}
	}
	if double == 0 {
		t.Error("no case where rounding twice is wrong")
	}
}

func TestGemm32HasTheSameBitsOnAllPaths(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 4))
	for range 150 {
		m, n, k := 1+rng.IntN(60), 1+rng.IntN(120), 1+rng.IntN(60)
		if rng.IntN(5) == 0 {
			k = 250 + rng.IntN(300)
		}
		transA, transB := rng.IntN(2) == 0, rng.IntN(2) == 0
		lda, ldb := k, n
		if transA {
			lda = m
		}
		if transB {
			ldb = k
		}
		alpha, beta := float64(1+rng.IntN(2)), float64(rng.IntN(3))/2
		a, b, c := random(rng, m*k), random(rng, k*n), random(rng, m*n)
		var want []float64
		eachPath(t, func(p Path) {
			got := append([]float64(nil), c...)
			Gemm32(transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, got, n)
			if p == Portable {
				want = got
			}
			if at, ok := sameBits(got, want); !ok {
				t.Fatalf("%v, transposed %v %v, %d×%d×%d, α %v, β %v: c[%d] = %v, want %v", p, transA, transB, m, n, k, alpha, beta, at, got[at], want[at])
			}
		})
		double := append([]float64(nil), c...)
		Gemm(transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, double, n)
		for i := range double {
			if e := math.Abs(double[i] - want[i]); e > 1e-7*alpha*float64(k) {
				t.Fatalf("%d terms: float32 products are off by %v", k, e)
			}
		}
	}
}

func TestGemmLines32IsGemm32OnTheLinesPutTogether(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 5))
	for range 50 {
		m, n, lines, k := 1+rng.IntN(40), 1+rng.IntN(70), 1+rng.IntN(8), 1+rng.IntN(60)
		together, b := random(rng, m*lines*k), random(rng, lines*k*n)
		a := make([]float64, len(together)) // line after line
		for i, v := range together {
			r, s, l := i/(lines*k), i/k%lines, i%k
			a[s*m*k+r*k+l] = v
		}
		eachPath(t, func(p Path) {
			got, want := make([]float64, m*n), make([]float64, m*n)
			Gemm32(false, false, m, n, lines*k, 1, together, lines*k, b, n, 0, want, n)
			GemmLines32(1, false, m, n, lines, k, a, k, m*k, 0, b, n, 0, 0, got, n, 0)
			if at, ok := sameBits(got, want); !ok {
				t.Fatalf("%v: %d×%d, %d lines of %d: c[%d] = %v, want %v", p, m, n, lines, k, at, got[at], want[at])
			}
		})
	}
}
