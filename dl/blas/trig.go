package blas

import (
	"math"
	"math/bits"
)

const (
	twoOverPi  = 0x1.45f306dc9c883p-1
	piHalf1    = 0x1.921fb544p+0       // π/2 to 33 bits, so that k·piHalf1 is exact
	piHalf2    = 0x1.0b4611a626331p-34 // the next 53 bits
	piHalfTail = 0x1.1a62633145c07p-54 // π/2 less its float64
	piHalf3    = 0x1.1701b839a252p-88  // and what remains
)

// sinSeries and cosSeries are the Taylor coefficients of sin(r)/r and cos(r) in
// r². For |r| ≤ π/4 the next terms are below 0.02 ulp.
var (
	sinSeries = [9]float64{1, -1. / 6, 1. / 120, -1. / 5040, 1. / 362880, -1. / 39916800, 1. / 6227020800, -1. / 1307674368000, 1. / 355687428096000}
	cosSeries = [9]float64{1, -1. / 2, 1. / 24, -1. / 720, 1. / 40320, -1. / 3628800, 1. / 479001600, -1. / 87178291200, 1. / 20922789888000}
)

// SinOne returns the sine of x radians; NaN for infinities. Error below 2 ulp for
// all x.
func SinOne(x float64) float64 {
	if x == 0 {
		return x
	}
	return sinQuadrant(x, 0)
}

// CosOne returns the cosine of x radians; NaN for infinities. Error below 2 ulp
// for all x.
func CosOne(x float64) float64 { return sinQuadrant(x, 1) }

// Sin sets dst[i] = sin(x[i]).
func Sin(dst, x []float64) {
	sameLength("Sin", len(dst), len(x))
	for i, v := range x {
		dst[i] = SinOne(v)
	}
}

// Cos sets dst[i] = cos(x[i]).
func Cos(dst, x []float64) {
	sameLength("Cos", len(dst), len(x))
	for i, v := range x {
		dst[i] = CosOne(v)
	}
}

// sinQuadrant returns sin(x + q·π/2).
func sinQuadrant(x float64, q uint64) float64 {
	var k uint64
	var r float64
	switch a := math.Abs(x); {
	case a < 1<<20:
		n := math.FMA(x, twoOverPi, magic) - magic
		k = uint64(int64(n))
		r = math.FMA(-n, piHalf1, x)
		r = math.FMA(-n, piHalf2, r)
		r = math.FMA(-n, piHalf3, r)
	case a <= math.MaxFloat64:
		k, r = reduceHuge(a)
		if x < 0 {
			k, r = -k, -r
		}
	default:
		return math.NaN()
	}
	k += q
	z := r * r
	y := horner(cosSeries[:], z)
	if k&1 == 0 {
		y = math.FMA(r*z, horner(sinSeries[1:], z), r)
	}
	if k&2 != 0 {
		y = -y
	}
	return y
}

// twoOverPiBits are the first 1,280 binary digits of 2/π.
var twoOverPiBits = [20]uint64{
	0xa2f9836e4e441529, 0xfc2757d1f534ddc0, 0xdb6295993c439041, 0xfe5163abdebbc561, 0xb7246e3a424dd2e0,
	0x06492eea09d1921c, 0xfe1deb1cb129a73e, 0xe88235f52ebb4484, 0xe99c7026b45f7e41, 0x3991d639835339f4,
	0x9c845f8bbdf9283b, 0x1ff897ffde05980f, 0xef2f118b5a0a6d1f, 0x6d367ecf27cb09b7, 0x4f463f669e5fea2d,
	0x7527bac7ebe5f17b, 0x3d0739f78a5292ea, 0x6bfb5fb11f8d5d08, 0x56033046fc7b6bab, 0xf0cfbc209af4361d,
}

// reduceHuge writes x ≥ 2^20 as k·π/2 + r, k modulo 4, |r| ≤ π/4: with x = m·2^e
// it multiplies m by the 192 digits of 2/π that matter at e (Payne and Hanek,
// 1983).
func reduceHuge(x float64) (k uint64, r float64) {
	b := math.Float64bits(x)
	m := b&mantissa | 1<<52
	e := int(b>>52) - 1075
	// Digit i of 2/π weighs 2^−i, so from digit e−1 on it counts modulo 4.
	w2, w1, w0 := digits(e-1), digits(e+63), digits(e+127)
	h0, p0 := bits.Mul64(m, w0)
	h1, l1 := bits.Mul64(m, w1)
	p1, carry := bits.Add64(l1, h0, 0)
	p2 := m*w2 + h1 + carry
	k = p2 >> 62
	hi, lo := p2<<2|p1>>62, p1<<2|p0>>62
	sign := 1.0
	if hi>>63 == 1 { // more than half: the next multiple is nearer
		k++
		hi, lo = ^hi, ^lo // one unit in 2^128 off, far below the result's ulp
		sign = -1
	}
	n := bits.LeadingZeros64(hi)
	hi = hi<<n | lo>>(64-n)
	high, low := float64(hi&^0x7ff), float64(hi&0x7ff)
	r = math.FMA(high, math.Pi/2, math.FMA(high, piHalfTail, low*(math.Pi/2)))
	return k & 3, sign * math.Ldexp(r, -64-n)
}

// digits returns 64 digits of 2/π from digit i on, the first being digit 1.
func digits(i int) uint64 {
	i--
	if i < 0 { // zeros before the point
		return twoOverPiBits[0] >> -i
	}
	w, s := i/64, i%64
	if s == 0 {
		return twoOverPiBits[w]
	}
	return twoOverPiBits[w]<<s | twoOverPiBits[w+1]>>(64-s)
}
