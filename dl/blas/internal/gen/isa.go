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
	suffix string
	lanes  int
}

var (
	avx512 = isa{"AVX512", 8}
	avx2   = isa{"AVX2", 4}
)

// bytes is the size of a register.
func (s isa) bytes() int { return 8 * s.lanes }

func (s isa) wide() bool { return s.lanes == 8 }

// reg returns a fresh register.
func (s isa) reg() reg.VecVirtual {
	if s.wide() {
		return ZMM()
	}
	return YMM()
}

// text begins the function name+suffix.
func (s isa) text(name, signature, doc string) {
	TEXT(name+s.suffix, NOSPLIT, signature)
	Pragma("noescape")
	Doc(name + s.suffix + " " + doc)
}

// constants maps the bits of those already in the data section to their symbols.
var constants = map[uint64]Mem{}

// bits returns a constant of the given bits in memory, four times over: AVX2 reads
// all of it, AVX-512 broadcasts the first.
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

// broadcast loads one float64 into all lanes.
func (s isa) broadcast(m Op) reg.VecVirtual {
	r := s.reg()
	VBROADCASTSD(m, r)
	return r
}

func (s isa) load(m Op) reg.VecVirtual {
	r := s.reg()
	VMOVUPD(m, r)
	return r
}

func (s isa) copy(x reg.VecVirtual) reg.VecVirtual {
	r := s.reg()
	VMOVAPD(x, r)
	return r
}

func (s isa) zero() reg.VecVirtual {
	r := s.reg()
	VXORPD(r, r, r)
	return r
}

// The arithmetic below returns a fresh register. An operand y may be a constant in
// memory.

func (s isa) mul(x reg.VecVirtual, y Op) reg.VecVirtual {
	r := s.reg()
	if m, ok := y.(Mem); ok && s.wide() {
		VMULPD_BCST(m, x, r)
	} else {
		VMULPD(y, x, r)
	}
	return r
}

func (s isa) add(x reg.VecVirtual, y Op) reg.VecVirtual {
	r := s.reg()
	if m, ok := y.(Mem); ok && s.wide() {
		VADDPD_BCST(m, x, r)
	} else {
		VADDPD(y, x, r)
	}
	return r
}

// sub returns x − y.
func (s isa) sub(x reg.VecVirtual, y Op) reg.VecVirtual {
	r := s.reg()
	if m, ok := y.(Mem); ok && s.wide() {
		VSUBPD_BCST(m, x, r)
	} else {
		VSUBPD(y, x, r)
	}
	return r
}

// div returns x / y.
func (s isa) div(x, y reg.VecVirtual) reg.VecVirtual {
	r := s.reg()
	VDIVPD(y, x, r)
	return r
}

func (s isa) sqrt(x reg.VecVirtual) reg.VecVirtual {
	r := s.reg()
	VSQRTPD(x, r)
	return r
}

// fma returns x·y + z, with z in a register or a constant.
func (s isa) fma(x, y reg.VecVirtual, z Op) reg.VecVirtual {
	r := s.copy(x)
	if m, ok := z.(Mem); ok && s.wide() {
		VFMADD213PD_BCST(m, y, r)
	} else {
		VFMADD213PD(z, y, r)
	}
	return r
}

// fmaC returns x·c + z with a constant factor.
func (s isa) fmaC(x reg.VecVirtual, c Mem, z reg.VecVirtual) reg.VecVirtual {
	r := s.copy(z)
	if s.wide() {
		VFMADD231PD_BCST(c, x, r)
	} else {
		VFMADD231PD(c, x, r)
	}
	return r
}

// fms returns x·y − z.
func (s isa) fms(x, y, z reg.VecVirtual) reg.VecVirtual {
	r := s.copy(x)
	VFMSUB213PD(z, y, r)
	return r
}

// fnmaC returns −x·c + z with a constant factor.
func (s isa) fnmaC(x reg.VecVirtual, c Mem, z reg.VecVirtual) reg.VecVirtual {
	r := s.copy(z)
	if s.wide() {
		VFNMADD231PD_BCST(c, x, r)
	} else {
		VFNMADD231PD(c, x, r)
	}
	return r
}

// horner returns c[0] + c[1]·x + …
func (s isa) horner(c []float64, x reg.VecVirtual) reg.VecVirtual {
	p := s.broadcast(number(c[len(c)-1]))
	for i := len(c) - 2; i >= 0; i-- {
		if s.wide() {
			VFMADD213PD_BCST(number(c[i]), x, p)
		} else {
			VFMADD213PD(number(c[i]), x, p)
		}
	}
	return p
}

// clampAbove limits x to c from above; NaN stays, because MIN returns its last
// operand then.
func (s isa) clampAbove(x reg.VecVirtual, c float64) reg.VecVirtual {
	r := s.broadcast(number(c))
	VMINPD(x, r, r)
	return r
}

func (s isa) clampBelow(x reg.VecVirtual, c float64) reg.VecVirtual {
	r := s.broadcast(number(c))
	VMAXPD(x, r, r)
	return r
}

const signBit = 1 << 63

// and, or and the integer operations take the bits of a constant.

func (s isa) and(x reg.VecVirtual, u uint64) reg.VecVirtual {
	r := s.reg()
	if s.wide() {
		VPANDQ_BCST(bits(u), x, r)
	} else {
		VPAND(bits(u), x, r)
	}
	return r
}

func (s isa) or(x, y reg.VecVirtual) reg.VecVirtual {
	r := s.reg()
	if s.wide() {
		VPORQ(x, y, r)
	} else {
		VPOR(x, y, r)
	}
	return r
}

func (s isa) orBits(x reg.VecVirtual, u uint64) reg.VecVirtual {
	r := s.reg()
	if s.wide() {
		VPORQ_BCST(bits(u), x, r)
	} else {
		VPOR(bits(u), x, r)
	}
	return r
}

func (s isa) addBits(x reg.VecVirtual, u uint64) reg.VecVirtual {
	r := s.reg()
	if s.wide() {
		VPADDQ_BCST(bits(u), x, r)
	} else {
		VPADDQ(bits(u), x, r)
	}
	return r
}

func (s isa) abs(x reg.VecVirtual) reg.VecVirtual { return s.and(x, signBit-1) }

// withSign sets the sign bit of y where that of x is set.
func (s isa) withSign(y, x reg.VecVirtual) reg.VecVirtual {
	return s.or(y, s.and(x, signBit))
}

// Predicates of VCMPPD, all quiet: a comparison with NaN is false but for notLE.
const (
	equal        = 0x00
	less         = 0x11
	notLessEqual = 0x16
	greaterEqual = 0x1d
	greater      = 0x1e
)

// compare returns the mask of x ? y.
func (s isa) compare(predicate int, x reg.VecVirtual, y Op) Op {
	if s.wide() {
		k := K()
		if m, ok := y.(Mem); ok {
			VCMPPD_BCST(U8(predicate), m, x, k)
		} else {
			VCMPPD(U8(predicate), y, x, k)
		}
		return k
	}
	r := s.reg()
	VCMPPD(U8(predicate), y, x, r)
	return r
}

// choose returns yes where the mask is set, else no.
func (s isa) choose(mask Op, yes, no reg.VecVirtual) reg.VecVirtual {
	r := s.reg()
	if s.wide() {
		VBLENDMPD(yes, no, mask, r)
	} else {
		VBLENDVPD(mask, yes, no, r)
	}
	return r
}

// tailMask returns the mask of the first n lanes, n in a general register.
func (s isa) tailMask(n reg.GPVirtual) Op {
	if s.wide() {
		one, k := GP64(), K()
		MOVQ(U32(1), one)
		SHLXQ(n, one, one)
		DECQ(one)
		KMOVB(one.As32(), k)
		return k
	}
	at, r := GP64(), s.reg()
	s.tailAddress(n, at)
	VMOVUPD(Mem{Base: at}, r)
	return r
}

var tails Mem // four words of ones, four of zeros; set in main

// tailAddress sets at to the address of the mask of the first n of 4 lanes.
func (s isa) tailAddress(n, at reg.GPVirtual) {
	LEAQ(tails.Offset(32), at)
	i := GP64()
	MOVQ(n, i)
	NEGQ(i)
	LEAQ(Mem{Base: at, Index: i, Scale: 8}, at)
}

// loadTail loads the lanes of the mask and zero into the others.
func (s isa) loadTail(mask Op, m Mem) reg.VecVirtual {
	r := s.reg()
	if s.wide() {
		VMOVUPD_Z(m, mask, r)
	} else {
		VMASKMOVPD(m, mask, r)
	}
	return r
}

func (s isa) storeTail(mask Op, x reg.VecVirtual, m Mem) {
	if s.wide() {
		VMOVUPD(x, mask, m)
	} else {
		VMASKMOVPD(x, mask, m)
	}
}
