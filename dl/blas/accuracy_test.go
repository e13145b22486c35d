package blas

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// precision is that of the references, in bits; enough to reduce the largest
// float64 modulo 2π.
const precision = 1400

func bigFloat(x float64) *big.Float { return new(big.Float).SetPrec(precision).SetFloat64(x) }

// series returns Σ of terms, the first being t and each next one next(t, n).
func bigSeries(t *big.Float, next func(t *big.Float, n int64)) *big.Float {
	sum := bigFloat(0)
	t = bigFloat(0).Set(t)
	for n := int64(1); t.Sign() != 0 && (sum.Sign() == 0 || t.MantExp(nil) > sum.MantExp(nil)-400); n++ {
		sum.Add(sum, t)
		next(t, n)
	}
	return sum
}

func bigExp(x *big.Float) *big.Float {
	const halvings = 30
	r := bigFloat(0).SetMantExp(x, -halvings)
	y := bigSeries(bigFloat(1), func(t *big.Float, n int64) { t.Quo(t.Mul(t, r), bigFloat(float64(n))) })
	for range halvings {
		y.Mul(y, y)
	}
	return y
}

// bigLog improves math.Log by Halley's method.
func bigLog(x *big.Float) *big.Float {
	m := new(big.Float)
	exponent := x.MantExp(m)
	f, _ := m.Float64()
	y := bigFloat(math.Log(f) + float64(exponent)*math.Ln2)
	for range 3 {
		e := bigExp(y)
		step := bigFloat(2)
		step.Mul(step, bigFloat(0).Sub(x, e))
		y.Add(y, step.Quo(step, bigFloat(0).Add(x, e)))
	}
	return y
}

func bigErf(x *big.Float) *big.Float {
	square := bigFloat(0).Mul(x, x)
	power := bigFloat(1) // (−x²)ⁿ/n!
	y := bigSeries(bigFloat(1), func(t *big.Float, n int64) {
		power.Neg(power.Quo(power.Mul(power, square), bigFloat(float64(n))))
		t.Quo(power, bigFloat(float64(2*n+1)))
	})
	y.Mul(y, x).Mul(y, bigFloat(2))
	return y.Quo(y, bigFloat(0).Sqrt(bigPi()))
}

// bigPi is Machin's 16·arctan(1/5) − 4·arctan(1/239).
func bigPi() *big.Float {
	arctan := func(q float64) *big.Float {
		power, sum := bigFloat(1), bigFloat(0)
		power.Quo(power, bigFloat(q))
		for n := 1.0; power.MantExp(nil) > -precision; n += 2 {
			sum.Add(sum, bigFloat(0).Quo(power, bigFloat(n)))
			power.Neg(power.Quo(power, bigFloat(q*q)))
		}
		return sum
	}
	a, b := arctan(5), arctan(239)
	return a.Sub(a.Mul(a, bigFloat(16)), b.Mul(b, bigFloat(4)))
}

var twoPi = bigFloat(0).Mul(bigFloat(2), bigPi())

func bigSin(x *big.Float) *big.Float {
	turns, _ := bigFloat(0).Quo(x, twoPi).Int(nil)
	r := bigFloat(0).SetInt(turns)
	r.Sub(x, r.Mul(r, twoPi))
	square := bigFloat(0).Mul(r, r)
	return bigSeries(r, func(t *big.Float, n int64) {
		t.Neg(t.Quo(t.Mul(t, square), bigFloat(float64(2*n*(2*n+1)))))
	})
}

// ulps returns |got − want| in units of want's last place.
func ulps(got float64, want *big.Float) float64 {
	exponent := max(want.MantExp(nil)-53, -1074)
	diff := bigFloat(got)
	diff.Sub(diff, want).SetMantExp(diff, -exponent)
	f, _ := diff.Float64()
	return math.Abs(f)
}

func TestFunctionsAreWithinTwoULP(t *testing.T) {
	one := bigFloat(1)
	expm1 := func(x *big.Float) *big.Float { y := bigExp(x); return y.Sub(y, one) }
	twice := func(x *big.Float) *big.Float { return bigFloat(0).Add(x, x) }
	halfPi := bigFloat(0).Quo(twoPi, bigFloat(4))
	tests := []struct {
		name   string
		f      func(float64) float64
		exact  func(x *big.Float) *big.Float
		bound  float64
		ranges [][2]float64
	}{
		{"Exp", ExpOne, bigExp, 1, [][2]float64{{-1, 1}, {-40, 40}, {-745, 709.7}, {-745.1, -700}, {-1e-10, 1e-10}}},
		{"Expm1", Expm1One, expm1, 2, [][2]float64{{-1, 1}, {-40, 40}, {1, 709.7}, {-1e-9, 1e-9}, {-0.36, -0.33}, {0.33, 0.36}}},
		{"Log", LogOne, bigLog, 1, [][2]float64{{0.5, 2}, {0.99, 1.01}, {0, 1e9}, {0, 1e-300}, {0, 1e-310}, {0, 1e308}}},
		{"Log1p", Log1pOne, func(x *big.Float) *big.Float { return bigLog(bigFloat(0).Add(x, one)) }, 1.5,
			[][2]float64{{-0.99, 1}, {-1e-9, 1e-9}, {0, 100}, {-0.3, -0.28}, {0.4, 0.43}, {0, 1e20}}},
		{"Sigmoid", SigmoidOne, func(x *big.Float) *big.Float {
			y := bigExp(bigFloat(0).Neg(x))
			return y.Quo(one, y.Add(y, one))
		}, 2, [][2]float64{{-1, 1}, {-40, 40}, {-740, -700}}},
		{"Tanh", TanhOne, func(x *big.Float) *big.Float {
			y := expm1(twice(x))
			return y.Quo(y, bigFloat(0).Add(y, bigFloat(2)))
		}, 2, [][2]float64{{-1, 1}, {-0.6, 0.6}, {-20, 20}, {-1e-9, 1e-9}, {0.15, 0.3}, {0.5, 0.8}}},
		{"Erf", ErfOne, bigErf, 2, [][2]float64{{-1, 1}, {-0.5, 0.5}, {-6, 6}, {-1e-9, 1e-9}, {0.2, 0.4}}},
		{"Sin", SinOne, bigSin, 2, [][2]float64{{-1, 1}, {-10, 10}, {-1e6, 1e6}, {0, 1e18}, {0, 1e300}, {3.14159, 3.1416}}},
		{"Cos", CosOne, func(x *big.Float) *big.Float { return bigSin(bigFloat(0).Add(x, halfPi)) }, 2,
			[][2]float64{{-1, 1}, {-10, 10}, {-1e6, 1e6}, {0, 1e18}, {0, 1e300}, {1.5707, 1.5709}}},
	}
	samples := 300
	if testing.Short() {
		samples = 20
	}
	rng := rand.New(rand.NewPCG(5, 6))
	for _, test := range tests {
		worst, at := 0.0, 0.0
		for _, r := range test.ranges {
			for range samples {
				x := r[0] + rng.Float64()*(r[1]-r[0])
				if e := ulps(test.f(x), test.exact(bigFloat(x))); e > worst {
					worst, at = e, x
				}
			}
		}
		t.Logf("%s: at most %.2f ulp, at %v", test.name, worst, at)
		if worst > test.bound {
			t.Errorf("%s(%v) is off by %.2f ulp, the documentation says below %v", test.name, at, worst, test.bound)
		}
	}
}
