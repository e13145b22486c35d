package blas

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"testing"
	"time"
)

func random(rng *rand.Rand, n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = rng.Float64()*2 - 1
	}
	return x
}

// naiveGemm is the definition.
func naiveGemm(transA, transB bool, m, n, k int, alpha float64, a []float64, lda int, b []float64, ldb int, beta float64, c []float64, ldc int) {
	for i := range m {
		for j := range n {
			var s float64
			if beta != 0 {
				s = beta * c[i*ldc+j]
			}
			for l := range k {
				if alpha == 0 {
					break
				}
				ai, bi := i*lda+l, l*ldb+j
				if transA {
					ai = l*lda + i
				}
				if transB {
					bi = j*ldb + l
				}
				s = math.FMA(alpha*a[ai], b[bi], s)
			}
			c[i*ldc+j] = s
		}
	}
}

func eachPath(t testing.TB, f func(p Path)) {
	for p := Portable; p <= best(); p++ {
		former, err := SetPath(p)
		if err != nil {
			t.Fatal(err)
		}
		f(p)
		SetPath(former)
	}
}

func TestGemmEqualsNaiveTripleLoop(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 600 {
		m, n, k := 1+rng.IntN(70), 1+rng.IntN(70), 1+rng.IntN(70)
		if rng.IntN(20) == 0 {
			k = 200 + rng.IntN(200)
			m *= 4
		}
		transA, transB := rng.IntN(2) == 0, rng.IntN(2) == 0
		ra, ca, rb, cb := m, k, k, n
		if transA {
			ra, ca = k, m
		}
		if transB {
			rb, cb = n, k
		}
		lda, ldb, ldc := ca+rng.IntN(5), cb+rng.IntN(5), n+rng.IntN(5)
		if rng.IntN(3) == 0 {
			lda = 1 + rng.IntN(ca)
		}
		alpha := []float64{1, 1, 0, -1, 0.3}[rng.IntN(5)]
		beta := []float64{1, 0, 0, -1, 0.7}[rng.IntN(5)]
		a, b, c := random(rng, (ra-1)*lda+ca), random(rng, (rb-1)*ldb+cb), random(rng, (m-1)*ldc+n)
		if rng.IntN(3) == 0 {
			for range 3 {
				a[rng.IntN(len(a))] = []float64{math.NaN(), math.Inf(1), 0, 1e-310}[rng.IntN(4)]
				b[rng.IntN(len(b))] = []float64{math.NaN(), math.Inf(-1), 0, 1e300}[rng.IntN(4)]
				c[rng.IntN(len(c))] = []float64{math.NaN(), math.Inf(1), 0}[rng.IntN(3)]
			}
		}
		want := append([]float64(nil), c...)
		naiveGemm(transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, want, ldc)
		eachPath(t, func(p Path) {
			got := append([]float64(nil), c...)
			Gemm(transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, got, ldc)
			for i := range got {
				if got[i] != want[i] && !(got[i] != got[i] && want[i] != want[i]) {
					t.Fatalf("%v, trans %v %v, %d×%d×%d, α=%v β=%v, strides %d %d %d: c[%d] = %v, want %v", p, transA, transB, m, n, k, alpha, beta, lda, ldb, ldc, i, got[i], want[i])
				}
			}
		})
	}
}

// TestGemmIsNearTheFMAPeak is the gate for speed: no absolute time, but the share
// of a loop of nothing but FMAs that ran just before. On a machine whose FMA loop
// does not run evenly it only reports.
func TestGemmIsNearTheFMAPeak(t *testing.T) {
	if testing.Short() || path == Portable {
		t.Skip("measures kernels: not in short mode, not on the portable path")
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	const n = 256
	rng := rand.New(rand.NewPCG(1, 2))
	a, b, c := random(rng, n*n), random(rng, n*n), make([]float64, n*n)
	slowest, peak, best := math.Inf(1), 0.0, 0.0
	for range 40 {
		p := fmaPeak()
		slowest, peak = min(slowest, p), max(peak, p)
		start := time.Now()
		Gemm(false, true, n, n, n, 1, a, n, b, n, 0, c, n)
		best = max(best, 2*n*n*n/time.Since(start).Seconds())
	}
	share := best / peak
	t.Logf("Gemm %.1f GFLOP/s, FMA loop %.1f: %.0f %%", best/1e9, peak/1e9, 100*share)
	switch {
	case share >= 0.85:
	case slowest < 0.9*peak:
		t.Logf("below 85 %%, but the machine is busy: its FMA loop varied from %.1f GFLOP/s", slowest/1e9)
	default:
		t.Errorf("Gemm reaches %.0f %% of the FMA peak, want 85 %%", 100*share)
	}
}

func BenchmarkGemm(b *testing.B) {
	for _, threads := range []int{1, 2} {
		for _, n := range []int{8, 16, 32, 64, 128, 256, 512, 1024, 2048} {
			for _, trans := range []string{"NN", "TN", "NT", "TT"} {
				b.Run(fmt.Sprintf("T%d/n=%d/%s", threads, n, trans), func(b *testing.B) {
					defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(threads))
					rng := rand.New(rand.NewPCG(1, 2))
					x, y, z := random(rng, n*n), random(rng, n*n), random(rng, n*n)
					peak := fmaPeak()
					fastest := math.Inf(1)
					for b.Loop() {
						crew.alone = time.Time{} // measure the crew, not when it is used
						start := time.Now()
						repeats := max(1, 1000000/(n*n*n))
						for range repeats {
							Gemm(trans[0] == 'T', trans[1] == 'T', n, n, n, 1, x, n, y, n, 0, z, n)
						}
						fastest = min(fastest, time.Since(start).Seconds()/float64(repeats))
					}
					flops := 2 * float64(n*n*n) / fastest
					b.ReportMetric(flops/1e9, "GFLOP/s")
					b.ReportMetric(100*flops/peak, "%peak")
				})
			}
		}
	}
}

// BenchmarkShapes measures the shapes of the course's models.
func BenchmarkShapes(b *testing.B) {
	for _, s := range []struct {
		name    string
		trans   string
		m, n, k int
	}{
		{"line/y", "NN", 4, 1, 2}, {"line/dW", "TN", 2, 1, 4},
		{"digits/z1", "NN", 32, 128, 64}, {"digits/z2", "NN", 32, 64, 128}, {"digits/z3", "NN", 32, 10, 64},
		{"digits/dW1", "TN", 64, 128, 32}, {"digits/dW2", "TN", 128, 64, 32}, {"digits/dW3", "TN", 64, 10, 32},
		{"digits/da2", "NT", 32, 64, 10}, {"digits/da1", "NT", 32, 128, 64},
		{"mnist/z1", "NN", 128, 512, 784}, {"mnist/dW1", "TN", 784, 512, 128}, {"mnist/da1", "NT", 128, 512, 256},
		{"one row", "NN", 1, 128, 64}, {"one column", "NN", 1000, 1, 30},
	} {
		b.Run(s.name, func(b *testing.B) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
			rng := rand.New(rand.NewPCG(1, 2))
			x, y, z := random(rng, s.m*s.k), random(rng, s.k*s.n), make([]float64, s.m*s.n)
			lda, ldb := s.k, s.n
			if s.trans[0] == 'T' {
				lda = s.m
			}
			if s.trans[1] == 'T' {
				ldb = s.k
			}
			repeats := max(1, 2000000/(s.m*s.n*s.k))
			t := fastest(b, func() {
				for range repeats {
					Gemm(s.trans[0] == 'T', s.trans[1] == 'T', s.m, s.n, s.k, 1, x, lda, y, ldb, 0, z, s.n)
				}
			}) / float64(repeats)
			b.ReportMetric(t*1e9, "ns/product")
			b.ReportMetric(2*float64(s.m*s.n*s.k)/t/1e9, "GFLOP/s")
			b.ReportMetric(0, "ns/op")
		})
	}
}

func BenchmarkGemm32(b *testing.B) {
	for _, n := range []int{64, 128, 256, 512, 1024} {
		b.Run(fmt.Sprintf("n=%d", n), func(b *testing.B) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
			rng := rand.New(rand.NewPCG(1, 2))
			x, y, z := random(rng, n*n), random(rng, n*n), make([]float64, n*n)
			peak := 2 * fmaPeak()
			t := fastest(b, func() { Gemm32(false, false, n, n, n, 1, x, n, y, n, 0, z, n) })
			flops := 2 * float64(n*n*n) / t
			b.ReportMetric(flops/1e9, "GFLOP/s")
			b.ReportMetric(100*flops/peak, "%peak")
		})
	}
}
