package blas

import (
	"math"
	"math/rand/v2"
	"testing"
)

// awkward returns n numbers: mostly random ones of all magnitudes, with zeros,
// infinities, NaNs and denormals among them.
func awkward(rng *rand.Rand, n int) []float64 {
	special := []float64{0, math.Copysign(0, -1), math.Inf(1), math.Inf(-1), math.NaN(), 5e-324, -5e-324, 1e-310, -1e-310,
		0x1p-1022, math.MaxFloat64, -math.MaxFloat64, 1, -1, 709.7827, 709.79, -745.13, -745.14, -708.5, 6, 22, 0.5}
	x := make([]float64, n)
	for i := range x {
		switch rng.IntN(8) {
		case 0:
			x[i] = special[rng.IntN(len(special))]
		case 1:
			x[i] = math.Float64frombits(rng.Uint64())
		case 2:
			x[i] = (rng.Float64() - 0.5) * 1500
		default:
			x[i] = (rng.Float64() - 0.5) * math.Exp2(float64(rng.IntN(12)-6))
		}
	}
	return x
}

// sameBits tells whether x and y have the same bits, all NaNs being one.
func sameBits(x, y []float64) (at int, ok bool) {
	for i := range x {
		if math.Float64bits(x[i]) != math.Float64bits(y[i]) && !(x[i] != x[i] && y[i] != y[i]) {
			return i, false
		}
	}
	return 0, true
}

func TestPathsAndTwinsAgreeToTheBit(t *testing.T) {
	type pass func(x, y, u, v []float64) // works on copies of four random slices
	scalar := func(f func(float64) float64) pass {
		return func(x, y, _, _ []float64) {
			for i := range x {
				x[i] = f(y[i])
			}
		}
	}
	vector := func(f func(dst, x []float64)) pass {
		return func(x, y, _, _ []float64) { f(x, y) }
	}
	tests := []struct {
		name      string
		run, twin pass // twin, if any, must give the same
	}{
		{"Exp", vector(Exp), scalar(ExpOne)},
		{"Expm1", vector(Expm1), scalar(Expm1One)},
		{"Sigmoid", vector(Sigmoid), scalar(SigmoidOne)},
		{"Tanh", vector(Tanh), scalar(TanhOne)},
		{"Erf", vector(Erf), scalar(ErfOne)},
		{"Log", vector(Log), scalar(LogOne)},
		{"Log1p", vector(Log1p), scalar(Log1pOne)},
		{"Sin", vector(Sin), scalar(SinOne)},
		{"Cos", vector(Cos), scalar(CosOne)},
		{"ReLU", vector(ReLU), scalar(ReLUOne)},
		{"Exp in place", func(x, _, _, _ []float64) { Exp(x, x) }, nil},
		{"Axpy", func(x, y, _, _ []float64) { Axpy(0.3, x, y) }, nil},
		{"Scale", func(x, _, _, _ []float64) { Scale(0.3, x) }, nil},
		{"Add", func(x, y, u, _ []float64) { Add(x, y, u) }, nil},
		{"Sub", func(x, y, u, _ []float64) { Sub(x, y, u) }, nil},
		{"Mul", func(x, y, u, _ []float64) { Mul(x, y, u) }, nil},
		{"MulAdd", func(x, y, u, _ []float64) { MulAdd(x, y, u) }, nil},
		{"ReLUGrad", func(x, y, u, _ []float64) { ReLUGrad(x, y, u) }, nil},
		{"SigmoidGrad", func(x, y, u, _ []float64) { SigmoidGrad(x, y, u) }, nil},
		{"TanhGrad", func(x, y, u, _ []float64) { TanhGrad(x, y, u) }, nil},
		{"GELU", func(x, y, u, _ []float64) { GELU(x, y, u) }, nil},
		{"MaxWindows", func(x, y, _, v []float64) {
			for channels := 1; channels <= len(x); channels += 1 + channels/3 {
				wide := min(3, len(y)/channels)
				line := wide * channels
				high := min(2, len(y)/line)
				windows := min((len(y)-high*line)/channels+1, len(x)/channels)
				from := make([]int, windows*channels)
				MaxWindows(x[:windows*channels], from, y, 0, channels, channels, line, high, wide)
				for i, f := range from {
					v[i] = float64(f)
				}
			}
		}, nil},
		{"Sum", func(x, _, _, _ []float64) { x[0] = Sum(x) }, nil},
		{"Dot", func(x, y, _, _ []float64) { x[0] = Dot(x, y) }, nil},
		{"Dot of tiny numbers", func(x, _, _, _ []float64) {
			Fill(x, -1e-200)
			y := make([]float64, len(x))
			Fill(y, 1e-200)
			x[0] = Dot(x, y)
		}, nil},
		{"SumRows", func(x, y, _, _ []float64) {
			for cols := 1; cols <= len(x); cols += 1 + cols/3 {
				rows := len(y) / cols
				SumRows(x[:cols], y[:rows*cols], cols, rows)
			}
		}, nil},
		{"AddRow", func(x, y, _, _ []float64) { eachShape(x, y, AddRow) }, nil},
		{"AddRowReLU", func(x, y, _, _ []float64) { eachShape(x, y, AddRowReLU) },
			func(x, y, _, _ []float64) {
				eachShape(x, y, func(y []float64, rows, cols int, b []float64) {
					AddRow(y, rows, cols, b)
					ReLU(y, y)
				})
			}},
		{"SoftmaxRows", func(x, y, _, _ []float64) {
			for cols := 1; cols <= len(x); cols += 1 + cols/3 {
				rows := len(y) / cols
				SoftmaxRows(x[:rows*cols], y[:rows*cols], rows, cols)
			}
		}, nil},
		{"SGD", func(x, y, _, _ []float64) { SGD(x, y, 0.1) }, nil},
		{"Momentum", func(x, y, u, _ []float64) { Momentum(x, y, u, 0.1, 0.9, false) }, nil},
		{"Nesterov", func(x, y, u, _ []float64) { Momentum(x, y, u, 0.1, 0.9, true) }, nil},
		{"Adam", func(x, y, u, v []float64) { Adam(x, y, u, v, 0.1, 0.9, 0.999, 1e-7, 0, 0.7, 1) }, nil},
		{"AdamW", func(x, y, u, v []float64) { Adam(x, y, u, v, 0.1, 0.9, 0.999, 1e-8, 0.01, 1.7, 3) }, nil},
	}
	rng := rand.New(rand.NewPCG(3, 4))
	for _, test := range tests {
		for _, n := range []int{1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 31, 100, 1000, 70001} {
			if n > 1000 && testing.Short() {
				continue
			}
			in := [4][]float64{awkward(rng, n), awkward(rng, n), awkward(rng, n), awkward(rng, n)}
			if n%2 == 0 { // ordinary numbers, which a NaN can't hide
				for i := range in {
					in[i] = random(rng, n)
				}
			}
			run := func(f pass) (out [4][]float64) {
				for i := range in {
					out[i] = append([]float64(nil), in[i]...)
				}
				f(out[0], out[1], out[2], out[3])
				return out
			}
			var want [4][]float64
			eachPath(t, func(p Path) {
				got := run(test.run)
				if p == Portable {
					want = got
					if test.twin != nil {
						want = run(test.twin)
					}
				}
				for i := range got {
					if at, ok := sameBits(got[i], want[i]); !ok {
						t.Fatalf("%s, n = %d, %v: slice %d differs at %d: %v (%x), want %v (%x)", test.name, n, p, i, at,
							got[i][at], math.Float64bits(got[i][at]), want[i][at], math.Float64bits(want[i][at]))
					}
				}
			})
		}
	}
}

// eachShape applies f to x as a matrix of several shapes with a row from y.
func eachShape(x, y []float64, f func(x []float64, rows, cols int, b []float64)) {
	for cols := 1; cols <= len(x); cols += 1 + cols/3 {
		rows := len(x) / cols
		f(x[:rows*cols], rows, cols, y[:cols])
	}
}

func TestMomentsThatFadeBecomeZero(t *testing.T) {
	eachPath(t, func(p Path) {
		const n = 19 // with a tail
		g, theta, m, v := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
		for name, step := range map[string]func(){
			"Adam":     func() { Adam(theta, g, m, v, 0.1, 0.9, 0.999, 1e-7, 0, 1, 1) },
			"AdamW":    func() { Adam(theta, g, m, v, 0.1, 0.9, 0.999, 1e-7, 0.01, 1, 1) },
			"Momentum": func() { Momentum(theta, g, m, 0.1, 0.9, false) },
			"Nesterov": func() { Momentum(theta, g, m, 0.1, 0.9, true) },
		} {
			Fill(m, -0x1p-1022) // of the smallest normal number, 0.9 is subnormal
			m[3], m[18] = math.NaN(), 0x1p-1021
			step()
			for i, got := range m {
				want := map[int]float64{3: math.NaN(), 18: 0.9 * 0x1p-1021}[i]
				if got != want && !(math.IsNaN(got) && math.IsNaN(want)) {
					t.Errorf("%v: %s: element %d of the moment is %g, want %g", p, name, i, got, want)
				}
			}
			Fill(v, 0)
			Fill(theta, 0)
		}
	})
}
