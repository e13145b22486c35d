package main

import (
	"fmt"
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// elementwise generates a loop over n > 0 elements: abreast registers at a time,
// then single ones, and the last n mod lanes elements under a mask.
func (s isa) elementwise(n reg.GPVirtual, body func(at at)) {
	i := GP64()
	XORQ(i, i)
	widths := []int{s.abreast, 1}
	if s.abreast == 1 {
		widths = widths[1:]
	}
	for _, width := range widths {
		loop, next := fmt.Sprintf("loop%d", width), fmt.Sprintf("after%d", width)
		one := s
		one.abreast = width
		SUBQ(U8(width*s.lanes), n)
		JLT(LabelRef(next))
		Label(loop)
		body(at{one, i, nil})
		ADDQ(U32(width*s.bytes()), i)
		SUBQ(U8(width*s.lanes), n)
		JGE(LabelRef(loop))
		Label(next)
		ADDQ(U8(width*s.lanes), n)
	}
	JZ(LabelRef("done"))
	s.abreast = 1
	body(at{s, i, s.tailMask(n)})
	Label("done")
	VZEROUPPER()
	RET()
}

// at is a place in the slices of an elementwise loop.
type at struct {
	isa
	i    reg.GPVirtual
	mask Op // nil for whole registers
}

func (a at) load(base reg.GPVirtual) vec {
	v := make(vec, a.abreast)
	for j := range v {
		v[j] = a.isa.load(a.mask, a.place(base, j))
	}
	return v
}

func (a at) store(base reg.GPVirtual, x vec) {
	for j, r := range x {
		a.isa.store(a.mask, r, a.place(base, j))
	}
}

func (a at) place(base reg.GPVirtual, j int) Mem {
	return Mem{Base: base, Index: a.i, Scale: 1, Disp: j * a.bytes()}
}

func functions(s isa) {
	for _, f := range []struct {
		name    string
		body    func(s isa, x vec) vec
		abreast int // with AVX-512: what its registers hold
	}{
		{"exp", exp, 4}, {"expm1", expm1, 3}, {"sigmoid", sigmoid, 4}, {"tanh", tanh, 4},
		{"erf", erf, 3}, {"log", log, 3}, {"log1p", log1p, 2}, {"relu", relu, 3},
	} {
		s.abreast = 2
		if s.wide() {
			s.abreast = f.abreast
		}
		unary(s, f.name, f.body)
	}
}

// unary generates dst[i] = f(x[i]).
func unary(s isa, name string, f func(s isa, x vec) vec) {
	s.text(name, "func(dst, x *float64, n int)", "sets dst[i] = "+name+"(x[i]).")
	dst, x := arg("dst"), arg("x")
	s.elementwise(arg("n"), func(at at) { at.store(dst, f(at.isa, at.load(x))) })
}

// The functions below mirror the package's portable ones, where the reasons are.

const (
	log2e    = 0x1.71547652b82fep+0
	ln2Hi    = 0x1.62e42fefa38p-1
	ln2Lo    = 0x1.ef35793c7673p-45
	magic    = 0x1.8p52
	one      = 0x3ff0000000000000
	sqrtHalf = 0x3fe6a09e667f3bcd
	mantissa = 1<<52 - 1
)

var expPoly = []float64{
	0.50000000000000106266, 0.16666666666666412527, 0.041666666666530163, 0.0083333333334944643549, 0.0013888888943628944678,
	0.00019841269506565711109, 0.000024801493100070981401, 2.7557586388432950993e-6, 2.763024799015508457e-7, 2.5000056708160521483e-8,
}

var logPoly = []float64{
	0.66666666666667342007, 0.39999999999416025898, 0.28571428742101178685, 0.22222198601191161863,
	0.18183562942025273921, 0.15314084179206321987, 0.1479563053842256205,
}

var erfPoly = []float64{
	1.1283791670955125495, 0.63661977236759096989, 0.10277260330131529475, -0.019128446993091068524,
	-0.00020919485397122034635, 0.0016962076702520917468, -0.00059013243214320776746, 0.000025904506789251967477,
	0.000064420454252288090407, -0.000029575634067638988406, 3.1696228904427003783e-6, 3.1330182901263793072e-6,
	-2.0372395224231727759e-6, 5.7066933789276549342e-7, -1.1729324086751742e-8, -6.5723977957629479977e-8,
	3.4581428469300277609e-8, -1.0772390453649810355e-8, 2.3603061113008983039e-9, -3.7603674360264602503e-10,
	4.3013704313133111695e-11, -3.364003667873807183e-12, 1.6146933525024482673e-13, -3.5917722740260910705e-15,
}

// fmaMagic returns x·c + magic: x·c rounded to an integer, in the low bits.
func (s isa) fmaMagic(x vec, c float64) vec { return s.fma(x, number(c), s.all(number(magic))) }

func (s isa) reduce(x vec) (k, r vec) {
	k = s.sub(s.fmaMagic(x, log2e), number(magic))
	r = s.fnma(k, number(ln2Hi), x)
	return k, s.fnma(k, number(ln2Lo), r)
}

// powerOf returns 2^k of k + magic.
func (s isa) powerOf(kMagic vec) vec {
	return s.addBits(s.shiftLeft(kMagic, 52), one)
}

func exp(s isa, x vec) vec { return s.exp(s.atLeast(s.atMost(x, 720), -760)) }

// exp needs −760 ≤ x ≤ 720.
func (s isa) exp(x vec) vec {
	k, r := s.reduce(x)
	p := s.horner(expPoly, r)
	p = s.fma(p, r, number(1))
	p = s.fma(p, r, number(1))
	if s.wide() { // the same, in one instruction
		return s.fill(func(i int, r register) { VSCALEFPD(k[i], p[i], r) })
	}
	half := s.fmaMagic(k, 0.5)
	rest := s.sub(k, s.sub(half, number(magic)))
	p = s.mul(p, s.powerOf(half))
	return s.mul(p, s.powerOf(s.add(rest, number(magic))))
}

func expm1(s isa, x vec) vec {
	return s.withSign(s.expm1(s.atLeast(s.atMost(x, 709.9), -60), nil), x)
}

// expm1 needs −60 ≤ x ≤ 709.9; low may be nil for zero.
func (s isa) expm1(x, low vec) vec {
	k, r := s.reduce(x)
	high := s.fnma(k, number(ln2Hi), x)
	rest := s.fnma(k, number(ln2Lo), s.sub(high, r))
	if low != nil {
		rest = s.add(low, rest)
	}
	y := s.add(s.fma(s.mul(r, r), s.horner(expPoly, r), rest), r)
	p := s.powerOf(s.add(s.sub(k, number(1)), number(magic)))
	z := s.fma(p, y, s.sub(p, number(0.5)))
	return s.choose(s.compare(equal, k, s.zero()), y, s.add(z, z))
}

func sigmoid(s isa, x vec) vec {
	z := s.exp(s.atLeast(s.or(x, bits(signBit)), -760))
	q := s.div(z, s.add(z, number(1)))
	start := s.choose(s.compare(less, x, s.zero()), z, s.all(number(1)))
	return s.fnma(start, q, start) // for x ≥ 0, 1 − 1·q
}

var (
	tanhTop    = []float64{-11486475, -810810, -12870, -44}
	tanhBottom = []float64{34459425, 16216200, 945945, 13860, 45}
)

func tanh(s isa, x vec) vec {
	a := s.abs(x)
	twice := s.atMost(s.add(a, a), 60) // where tanh is 1 already
	bottom := s.add(s.exp(twice), number(1))
	z := s.mul(a, a)
	small := s.compare(less, a, number(0.55))
	top := s.choose(small, s.mul(z, s.horner(tanhTop, z)), s.all(number(-2)))
	bottom = s.choose(small, s.horner(tanhBottom, z), bottom)
	start := s.choose(small, a, s.all(number(1)))
	return s.withSign(s.fma(s.div(top, bottom), start, start), x) // for large a, t·1 + 1
}

func erf(s isa, x vec) vec {
	a := s.atMost(s.abs(x), 6)
	q := s.horner(erfPoly, a)
	p := s.mul(a, q)
	low := s.fnma(a, q, p) // −low of the definition
	return s.withSign(s.abs(s.expm1(s.or(p, bits(signBit)), low)), x)
}

func (s isa) split(x vec) (k, m vec) {
	u := s.addBits(x, one-sqrtHalf)
	k = s.or(s.shiftRight(u, 52), number(0x1p52))
	return s.sub(k, number(0x1p52+1023)), s.addBits(s.and(u, mantissa), sqrtHalf)
}

func (s isa) logSum(k, f, c vec) vec {
	q := s.div(f, s.add(f, number(2)))
	z := s.mul(q, q)
	h := s.mul(s.mul(f, number(0.5)), f)
	t := s.fma(k, number(ln2Lo), c)
	t = s.fma(q, s.fma(z, s.horner(logPoly, z), h), t)
	return s.fma(k, number(ln2Hi), s.sub(f, s.sub(h, t)))
}

// logSpecial returns y but −Inf for x = zero, NaN below that, and x for +Inf and NaN.
func (s isa) logSpecial(y, x vec, zero float64) vec {
	y = s.choose(s.compare(equal, x, number(zero)), s.all(number(math.Inf(-1))), y)
	y = s.choose(s.compare(less, x, number(zero)), s.all(number(math.NaN())), y)
	return s.choose(s.compare(notLessEqual, x, number(math.MaxFloat64)), x, y)
}

func log(s isa, x vec) vec {
	small := s.compare(less, x, number(0x1p-1022))
	k, m := s.split(s.choose(small, s.mul(x, number(0x1p54)), x))
	k = s.choose(small, s.sub(k, number(54)), k)
	return s.logSpecial(s.logSum(k, s.sub(m, number(1)), s.zero()), x, 0)
}

func log1p(s isa, x vec) vec {
	unit := s.all(number(1))
	u := s.add(unit, x)
	lost := s.choose(s.compare(greaterEqual, x, unit), s.sub(unit, s.sub(u, x)), s.sub(x, s.sub(u, number(1))))
	k, m := s.split(u)
	whole := s.compare(equal, k, s.zero())
	f := s.choose(whole, x, s.sub(m, number(1)))
	c := s.choose(whole, s.zero(), s.div(lost, u))
	return s.logSpecial(s.withSign(s.logSum(k, f, c), x), x, -1)
}

func relu(s isa, x vec) vec {
	return s.atLeast(x, 0) // x where x is NaN or −0: the last operand wins
}
