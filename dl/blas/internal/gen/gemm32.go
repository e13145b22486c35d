package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
)

// panel32 generates the float32 product of m packed rows of A with a packed panel
// of B that is vecs registers wide, k terms of both: the sums begin at 0 and are
// added to C, which is float64, or with load = 0 to zeros. Tiles as in panel.
func panel32(s isa, vecs int) {
	s.text(fmt.Sprintf("gemm32x%d", vecs), "func(m, k int, a *float32, rsa, csa int, b *float32, ldb int, c *float64, ldc, load int)",
		fmt.Sprintf("adds float32 sums to %d registers' columns of C; see panel32 in internal/gen.", vecs))
	p := &tile{isa: s, vecs: vecs, single: true}
	p.m, p.a = arg("m"), arg("a")
	p.rsa, p.csa, p.ldb = arg("rsa"), arg("csa"), arg("ldb")
	p.c, p.ldc = arg("c"), arg("ldc")
	p.rsa3 = GP64()
	LEAQ(Mem{Base: p.rsa, Index: p.rsa, Scale: 2}, p.rsa3)
	p.tiles(func(rows int) {
		acc := p.accumulators(rows)
		p.clear(acc)
		p.inner(fmt.Sprint(rows), acc)
		p.addToC(fmt.Sprint(rows), acc)
	})
}

// addToC adds the float32 sums to C and advances c.
func (p *tile) addToC(tag string, acc [][]register) {
	flag := arg("load")
	TESTQ(flag, flag)
	JZ(LabelRef("fresh" + tag))
	p.convert(acc, func(r register, m Mem) { VADDPD(m, r, r) })
	JMP(LabelRef("stored" + tag))
	Label("fresh" + tag)
	zero := p.zero()[0]
	p.convert(acc, func(r register, m Mem) { VADDPD(zero, r, r) }) // −0 becomes 0, as 0 + −0 is
	Label("stored" + tag)
}

// convert stores the sums as float64, each after add.
func (p *tile) convert(acc [][]register, add func(r register, m Mem)) {
	for _, row := range acc {
		for v, r := range row {
			for half := range 2 {
				at := Mem{Base: p.c, Disp: (2*v + half) * p.bytes()}
				wide := p.register()
				switch {
				case p.wide() && half == 0:
					VCVTPS2PD(r.AsY(), wide)
				case p.wide():
					high := YMM()
					VEXTRACTF32X8(U8(1), r, high)
					VCVTPS2PD(high, wide)
				case half == 0:
					VCVTPS2PD(r.AsX(), wide)
				default:
					high := XMM()
					VEXTRACTF128(U8(1), r, high)
					VCVTPS2PD(high, wide)
				}
				add(wide, at)
				VMOVUPD(wide, at)
			}
		}
		ADDQ(p.ldc, p.c)
	}
}

// narrow generates dst[i] = float32(x[i]).
func narrow(s isa) {
	s.text("narrow", "func(dst *float32, x *float64, n int)", "rounds n numbers to float32.")
	dst, x, n := arg("dst"), arg("x"), arg("n")
	SUBQ(U8(s.lanes), n)
	JLT(LabelRef("rest"))
	Label("loop")
	half := YMM().AsX()
	var r Op = half
	if s.wide() {
		r = YMM()
		VCVTPD2PS(Mem{Base: x}, r)
	} else {
		VCVTPD2PSY(Mem{Base: x}, r)
	}
	VMOVUPS(r, Mem{Base: dst})
	ADDQ(U8(s.bytes()), x)
	ADDQ(U8(s.bytes()/2), dst)
	SUBQ(U8(s.lanes), n)
	JGE(LabelRef("loop"))
	Label("rest")
	ADDQ(U8(s.lanes), n)
	JZ(LabelRef("done"))
	Label("single")
	one := XMM()
	VMOVSD(Mem{Base: x}, one)
	VCVTSD2SS(one, one, one)
	VMOVSS(one, Mem{Base: dst})
	ADDQ(U8(8), x)
	ADDQ(U8(4), dst)
	DECQ(n)
	JNZ(LabelRef("single"))
	Label("done")
	VZEROUPPER()
	RET()
}
