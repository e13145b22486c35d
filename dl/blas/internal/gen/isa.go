package main

import (
	"fmt"
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// isa is a vector instruction set. Kernels are written once, on its methods, and
// generated for each.
type isa struct {
	suffix  string
	lanes   int
	abreast int // registers in a vec
}

var (
	avx512 = isa{"AVX512", 8, 1}
	avx2   = isa{"AVX2", 4, 1}
)

// vec is one value of a kernel: one or more registers that go through the same
// instructions. Several, because one long chain of dependent instructions leaves
// the CPU idle.
type vec []register

type register = reg.VecVirtual

// bytes is the size of a register.
func (s isa) bytes() int { return 8 * s.lanes }

func (s isa) wide() bool { return s.lanes == 8 }

// text begins the function name+suffix.
func (s isa) text(name, signature, doc string) {
	TEXT(name+s.suffix, NOSPLIT, signature)
	Pragma("noescape")
	Doc(name + s.suffix + " " + doc)
}

// register returns a fresh register.
func (s isa) register() register {
	if s.wide() {
		return ZMM()
	}
	return YMM()
}

// fill returns fresh registers, the i-th set by f.
func (s isa) fill(f func(i int, r register)) vec {
	v := make(vec, s.abreast)
	for i := range v {
		v[i] = s.register()
		f(i, v[i])
	}
	return v
}

// zero returns zeros.
func (s isa) zero() vec {
	return s.fill(func(_ int, r register) { VXORPD(r, r, r) })
}

// constants maps the bits of those in the data section to their symbols.
var constants = map[uint64]Mem{}

// bits returns a constant in memory, four times over: a whole register of AVX2.
func bits(u uint64) Mem {
	m, ok := constants[u]
	if !ok {
		m = GLOBL(fmt.Sprintf("x%016x", u), RODATA|NOPTR)
		for i := range 4 {
			DATA(8*i, U64(u))
		}
		constants[u] = m
	}
	return m
}

func number(x float64) Mem { return bits(math.Float64bits(x)) }

// broadcast loads one float64 into all lanes of a register.
func (s isa) broadcast(m Op) register {
	r := s.register()
	VBROADCASTSD(m, r)
	return r
}

// all returns a constant or other float64 in memory in all lanes.
func (s isa) all(m Mem) vec {
	r := s.broadcast(m)
	v := make(vec, s.abreast)
	for i := range v {
		v[i] = r
	}
	return v
}

// operand returns what y, a vec or a constant in memory, is to the i-th register.
// A wide constant must come through a register.
func (s isa) operands(y any) func(i int) Op {
	switch y := y.(type) {
	case vec:
		return func(i int) Op { return y[i] }
	case Mem:
		if s.wide() {
			v := s.all(y)
			return func(i int) Op { return v[i] }
		}
		return func(int) Op { return y }
	}
	panic("an operand is a vec or a Mem")
}

// The arithmetic below returns fresh registers. An operand of type any may be a
// constant.

func (s isa) mul(x vec, y any) vec {
	op := s.operands(y)
	return s.fill(func(i int, r register) { VMULPD(op(i), x[i], r) })
}

func (s isa) add(x vec, y any) vec {
	op := s.operands(y)
	return s.fill(func(i int, r register) { VADDPD(op(i), x[i], r) })
}

// sub returns x − y.
func (s isa) sub(x vec, y any) vec {
	op := s.operands(y)
	return s.fill(func(i int, r register) { VSUBPD(op(i), x[i], r) })
}

// div returns x / y.
func (s isa) div(x, y vec) vec {
	return s.fill(func(i int, r register) { VDIVPD(y[i], x[i], r) })
}

func (s isa) sqrt(x vec) vec {
	return s.fill(func(i int, r register) { VSQRTPD(x[i], r) })
}

// fma returns x·y + z.
func (s isa) fma(x vec, y, z any) vec {
	if m, ok := y.(Mem); ok { // x·c + z: only the last operand can be in memory
		op, sum := s.operands(m), s.operands(z)
		return s.fill(func(i int, r register) {
			VMOVAPD(sum(i), r)
			VFMADD231PD(op(i), x[i], r)
		})
	}
	op, sum := s.operands(y), s.operands(z)
	return s.fill(func(i int, r register) {
		VMOVAPD(x[i], r)
		VFMADD213PD(sum(i), op(i), r)
	})
}

// fms returns x·y − z.
func (s isa) fms(x, y, z vec) vec {
	return s.fill(func(i int, r register) {
		VMOVAPD(x[i], r)
		VFMSUB213PD(z[i], y[i], r)
	})
}

// fnma returns z − x·y.
func (s isa) fnma(x vec, y any, z vec) vec {
	op := s.operands(y)
	return s.fill(func(i int, r register) {
		VMOVAPD(z[i], r)
		VFNMADD231PD(op(i), x[i], r)
	})
}

// horner returns c[0] + c[1]·x + …
func (s isa) horner(c []float64, x vec) vec {
	last := s.operands(number(c[len(c)-1]))
	p := s.fill(func(i int, r register) { VMOVAPD(last(i), r) })
	for j := len(c) - 2; j >= 0; j-- {
		op := s.operands(number(c[j]))
		for i := range p {
			VFMADD213PD(op(i), x[i], p[i])
		}
	}
	return p
}

// atMost limits x to c from above; NaN stays, because MIN returns its last
// operand then.
func (s isa) atMost(x vec, c float64) vec {
	limit := s.all(number(c))
	return s.fill(func(i int, r register) { VMINPD(x[i], limit[i], r) })
}

func (s isa) atLeast(x vec, c float64) vec {
	limit := s.all(number(c))
	return s.fill(func(i int, r register) { VMAXPD(x[i], limit[i], r) })
}

// Operations on bits.

const signBit = 1 << 63

func (s isa) and(x vec, u uint64) vec {
	op := s.operands(bits(u))
	return s.fill(func(i int, r register) { VANDPD(op(i), x[i], r) })
}

func (s isa) or(x vec, y any) vec {
	op := s.operands(y)
	return s.fill(func(i int, r register) { VORPD(op(i), x[i], r) })
}

func (s isa) addBits(x vec, u uint64) vec {
	op := s.operands(bits(u))
	return s.fill(func(i int, r register) { VPADDQ(op(i), x[i], r) })
}

func (s isa) shiftLeft(x vec, n uint8) vec {
	return s.fill(func(i int, r register) { VPSLLQ(U8(n), x[i], r) })
}

func (s isa) shiftRight(x vec, n uint8) vec {
	return s.fill(func(i int, r register) { VPSRLQ(U8(n), x[i], r) })
}

func (s isa) abs(x vec) vec { return s.and(x, signBit-1) }

// withSign sets the sign bit of y where that of x is set.
func (s isa) withSign(y, x vec) vec {
	if !s.wide() {
		return s.or(y, s.and(x, signBit))
	}
	mask := s.all(bits(signBit))
	return s.fill(func(i int, r register) {
		VMOVAPD(x[i], r)
		VPTERNLOGQ(U8(0xea), y[i], mask[i], r) // r & mask | y
	})
}

// Predicates of VCMPPD, all quiet; a comparison with NaN is false but for
// notLessEqual.
const (
	equal        = 0x00
	unordered    = 0x03
	less         = 0x11
	notLessEqual = 0x16
	greaterEqual = 0x1d
	greater      = 0x1e
)

// compare returns the masks of x ? y.
func (s isa) compare(predicate uint8, x vec, y any) []Op {
	op := s.operands(y)
	masks := make([]Op, len(x))
	for i := range x {
		if s.wide() {
			masks[i] = K()
		} else {
			masks[i] = YMM()
		}
		VCMPPD(U8(predicate), op(i), x[i], masks[i])
	}
	return masks
}

// choose returns yes where the mask is set, else no.
func (s isa) choose(mask []Op, yes, no vec) vec {
	return s.fill(func(i int, r register) { s.blend(mask[i], yes[i], no[i], r) })
}

// flush returns x, but 0 where it is subnormal: a CPU is slow with those.
func (s isa) flush(x vec) vec {
	return s.choose(s.compare(less, s.abs(x), number(0x1p-1022)), s.zero(), x)
}

// blend sets r to yes where the mask is set, else to no; r may be no.
func (s isa) blend(mask Op, yes, no, r register) {
	if s.wide() { // not VBLENDMPD, which avo thinks reads r
		VMOVAPD(no, r)
		VMOVAPD(yes, mask, r)
	} else {
		VBLENDVPD(mask, yes, no, r)
	}
}

// tailMask returns the mask of the first n lanes, n in a general register.
func (s isa) tailMask(n reg.GPVirtual) Op {
	if s.wide() {
		one, k := GP64(), K()
		MOVQ(U32(1), one)
		SHLXQ(n, one, one)
		DECQ(one)
		KMOVW(one.As32(), k)
		return k
	}
	at, r := GP64(), s.register()
	s.tailAddress(n, at)
	VMOVUPD(Mem{Base: at}, r)
	return r
}

var (
	tails  Mem // four words of ones, four of zeros; set in main
	counts Mem // 0 to 7, likewise
)

// tailAddress sets at to the address of the mask of the first n of 4 lanes.
func (s isa) tailAddress(n, at reg.GPVirtual) {
	LEAQ(tails.Offset(32), at)
	i := GP64()
	MOVQ(n, i)
	NEGQ(i)
	LEAQ(Mem{Base: at, Index: i, Scale: 8}, at)
}

// load reads a register; under a mask, zeros where it is not set.
func (s isa) load(mask Op, m Mem) register {
	r := s.register()
	switch {
	case mask == nil:
		VMOVUPD(m, r)
	case s.wide():
		VMOVUPD_Z(m, mask, r)
	default:
		VMASKMOVPD(m, mask, r)
	}
	return r
}

func (s isa) store(mask Op, x register, m Mem) {
	switch {
	case mask == nil:
		VMOVUPD(x, m)
	case s.wide():
		VMOVUPD(x, mask, m)
	default:
		VMASKMOVPD(x, mask, m)
	}
}
