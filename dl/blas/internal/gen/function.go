package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

type vec = reg.VecVirtual

// elementwise generates a loop over n > 0 elements: body computes one register of
// results at the byte offset that it passes to its load function, and the last
// n mod lanes elements run under a mask.
func (s isa) elementwise(n reg.GPVirtual, body func(at at)) {
	i := GP64()
	XORQ(i, i)
	SUBQ(U8(s.lanes), n)
	JLT(LabelRef("tail"))
	Label("loop")
	body(at{s, i, nil})
	ADDQ(U8(s.bytes()), i)
	SUBQ(U8(s.lanes), n)
	JGE(LabelRef("loop"))
	Label("tail")
	ADDQ(U8(s.lanes), n)
	JZ(LabelRef("done"))
	body(at{s, i, s.tailMask(n)})
	Label("done")
	VZEROUPPER()
	RET()
}

// at is a place in the slices of an elementwise loop.
type at struct {
	isa
	i    reg.GPVirtual
	mask Op // nil for a whole register
}

func (a at) load(base reg.GPVirtual) vec {
	m := Mem{Base: base, Index: a.i, Scale: 1}
	if a.mask != nil {
		return a.loadTail(a.mask, m)
	}
	return a.isa.load(m)
}

func (a at) store(base reg.GPVirtual, x vec) {
	m := Mem{Base: base, Index: a.i, Scale: 1}
	if a.mask != nil {
		a.storeTail(a.mask, x, m)
		return
	}
	VMOVUPD(x, m)
}

// unary generates dst[i] = f(x[i]).
func unary(s isa, name string, f func(s isa, x vec) vec) {
	s.text(name, "func(dst, x *float64, n int)", "sets dst[i] = "+name+"(x[i]).")
	dst, x := arg("dst"), arg("x")
	s.elementwise(arg("n"), func(at at) { at.store(dst, f(s, at.load(x))) })
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

var expTaylor = []float64{
	1. / 2, 1. / 6, 1. / 24, 1. / 120, 1. / 720, 1. / 5040, 1. / 40320, 1. / 362880,
	1. / 3628800, 1. / 39916800, 1. / 479001600, 1. / 6227020800,
}

var logSeries = []float64{2. / 3, 2. / 5, 2. / 7, 2. / 9, 2. / 11, 2. / 13, 2. / 15, 2. / 17, 2. / 19, 2. / 21}

var erfPoly = []float64{
	1.1283791670955125495, 0.63661977236759096989, 0.10277260330131529475, -0.019128446993091068524,
	-0.00020919485397122034635, 0.0016962076702520917468, -0.00059013243214320776746, 0.000025904506789251967477,
	0.000064420454252288090407, -0.000029575634067638988406, 3.1696228904427003783e-6, 3.1330182901263793072e-6,
	-2.0372395224231727759e-6, 5.7066933789276549342e-7, -1.1729324086751742e-8, -6.5723977957629479977e-8,
	3.4581428469300277609e-8, -1.0772390453649810355e-8, 2.3603061113008983039e-9, -3.7603674360264602503e-10,
	4.3013704313133111695e-11, -3.364003667873807183e-12, 1.6146933525024482673e-13, -3.5917722740260910705e-15,
}

// fmaMagic returns x·c + magic: x·c rounded to an integer, in the low bits.
func (s isa) fmaMagic(x vec, c float64) vec { return s.fmaC(x, number(c), s.broadcast(number(magic))) }

func (s isa) reduce(x vec) (k, r vec) {
	k = s.sub(s.fmaMagic(x, log2e), number(magic))
	r = s.fnmaC(k, number(ln2Hi), x)
	return k, s.fnmaC(k, number(ln2Lo), r)
}

// powerOf returns 2^k of k + magic.
func (s isa) powerOf(kMagic vec) vec {
	r := s.reg()
	VPSLLQ(U8(52), kMagic, r)
	return s.addBits(r, one)
}

func exp(s isa, x vec) vec {
	return s.expBelow(s.clampAbove(x, 720))
}

// expBelow is exp for x ≤ 720.
func (s isa) expBelow(x vec) vec {
	k, r := s.reduce(s.clampBelow(x, -760))
	p := s.horner(expTaylor, r)
	p = s.fma(p, r, number(1))
	p = s.fma(p, r, number(1))
	if s.wide() { // the same, in one instruction
		y := s.reg()
		VSCALEFPD(k, p, y)
		return y
	}
	half := s.fmaMagic(k, 0.5)
	rest := s.sub(k, s.sub(half, number(magic)))
	p = s.mul(p, s.powerOf(half))
	return s.mul(p, s.powerOf(s.add(rest, number(magic))))
}

func expm1(s isa, x vec) vec {
	return s.withSign(s.expm1(s.clampBelow(s.clampAbove(x, 709.9), -60)), x)
}

// expm1 needs −60 ≤ x ≤ 709.9, and loses the sign of zero.
func (s isa) expm1(x vec) vec {
	k, r := s.reduce(x)
	y := s.fma(s.mul(r, r), s.horner(expTaylor, r), r)
	p := s.powerOf(s.add(s.sub(k, number(1)), number(magic)))
	z := s.fma(p, y, s.sub(p, number(0.5)))
	return s.choose(s.compare(equal, k, s.zero()), y, s.add(z, z))
}

func sigmoid(s isa, x vec) vec {
	z := s.expBelow(s.orBits(x, signBit))
	unit := s.broadcast(number(1))
	numerator := s.choose(s.compare(less, x, s.zero()), z, unit)
	return s.div(numerator, s.add(unit, z))
}

func tanh(s isa, x vec) vec {
	a := s.clampAbove(s.abs(x), 40)
	e := s.expm1(s.add(a, a))
	return s.withSign(s.div(e, s.add(e, number(2))), x)
}

func erf(s isa, x vec) vec {
	a := s.clampAbove(s.abs(x), 6)
	p := s.mul(a, s.horner(erfPoly, a))
	return s.withSign(s.abs(s.expm1(s.orBits(p, signBit))), x)
}

func (s isa) split(x vec) (k, m vec) {
	u := s.addBits(x, one-sqrtHalf)
	k = s.reg()
	VPSRLQ(U8(52), u, k)
	k = s.sub(s.orBits(k, math.Float64bits(0x1p52)), number(0x1p52+1023))
	return k, s.addBits(s.and(u, mantissa), sqrtHalf)
}

func (s isa) logSum(k, f, c vec) vec {
	q := s.div(f, s.add(f, number(2)))
	z := s.mul(q, q)
	h := s.mul(s.mul(f, number(0.5)), f)
	t := s.fmaC(k, number(ln2Lo), c)
	t = s.fma(q, s.fma(z, s.horner(logSeries, z), h), t)
	return s.fmaC(k, number(ln2Hi), s.sub(f, s.sub(h, t)))
}

// logSpecial returns y but −Inf for x = zero, NaN below that, and x for +Inf and NaN.
func (s isa) logSpecial(y, x vec, zero float64) vec {
	y = s.choose(s.compare(equal, x, number(zero)), s.broadcast(number(math.Inf(-1))), y)
	y = s.choose(s.compare(less, x, number(zero)), s.broadcast(number(math.NaN())), y)
	return s.choose(s.compare(notLessEqual, x, number(math.MaxFloat64)), x, y)
}

func log(s isa, x vec) vec {
	small := s.compare(less, x, number(0x1p-1022))
	k, m := s.split(s.choose(small, s.mul(x, number(0x1p54)), x))
	k = s.choose(small, s.sub(k, number(54)), k)
	return s.logSpecial(s.logSum(k, s.sub(m, number(1)), s.zero()), x, 0)
}

func log1p(s isa, x vec) vec {
	unit := s.broadcast(number(1))
	u := s.add(unit, x)
	lost := s.choose(s.compare(greaterEqual, x, unit), s.sub(unit, s.sub(u, x)), s.sub(x, s.sub(u, number(1))))
	k, m := s.split(u)
	whole := s.compare(equal, k, s.zero())
	f := s.choose(whole, x, s.sub(m, number(1)))
	c := s.choose(whole, s.zero(), s.div(lost, u))
	return s.logSpecial(s.withSign(s.logSum(k, f, c), x), x, -1)
}

func relu(s isa, x vec) vec {
	r := s.reg()
	VMAXPD(x, s.zero(), r) // x where x is NaN or −0: the last operand wins
	return r
}
