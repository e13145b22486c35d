package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// pack generates the copy of k rows of B, ld bytes apart, to a dense panel vecs
// registers wide; of the last register only the first tail lanes are read.
func pack(s isa) {
	s.text("pack", "func(dst, src *float64, ld, k, vecs, tail int)", "copies a panel of B; see pack in internal/gen.")
	dst, src, ld, k, vecs := arg("dst"), arg("src"), arg("ld"), arg("k"), arg("vecs")
	mask := s.tailMask(arg("tail"))
	for n := 1; n <= 3; n++ {
		loop, next := fmt.Sprintf("vecs%d", n), fmt.Sprintf("more%d", n)
		CMPQ(vecs, U8(n))
		JNE(LabelRef(next))
		Label(loop)
		for v := range n {
			at := v * s.bytes()
			part := mask
			if v < n-1 {
				part = nil
			}
			VMOVUPD(s.load(part, Mem{Base: src, Disp: at}), Mem{Base: dst, Disp: at})
		}
		ADDQ(ld, src)
		ADDQ(U8(n*s.bytes()), dst)
		DECQ(k)
		JNZ(LabelRef(loop))
		Label(next)
	}
	VZEROUPPER()
	RET()
}

// packTransposed generates the copy of cols rows, ld bytes apart and k long, to
// the columns of a panel that is width bytes wide, by transposing blocks of 4×4.
// Where cols is no multiple of 4, the last row is repeated.
func packTransposed() {
	TEXT("packTransposed", NOSPLIT, "func(dst, src *float64, ld, k, width, cols int)")
	Pragma("noescape")
	Doc("packTransposed transposes into a panel of B; see packTransposed in internal/gen. It needs AVX2.")
	dst, src, ld, width, cols := arg("dst"), arg("src"), arg("ld"), arg("width"), arg("cols")

	Label("group")
	p := [4]reg.GPVirtual{GP64(), GP64(), GP64(), GP64()}
	MOVQ(src, p[0])
	for i := 1; i < 4; i++ { // p[i] = p[i−1] + ld, or p[i−1] when there is no such row
		LEAQ(Mem{Base: p[i-1], Index: ld, Scale: 1}, p[i])
		CMPQ(cols, U8(i))
		CMOVQLE(p[i-1], p[i])
	}
	d, k := GP64(), arg("k")
	MOVQ(dst, d)
	SUBQ(U8(4), k)
	JLT(LabelRef("rest"))
	Label("block")
	transpose(p, d, width)
	SUBQ(U8(4), k)
	JGE(LabelRef("block"))
	Label("rest")
	ADDQ(U8(4), k)
	JZ(LabelRef("next"))
	Label("single")
	for i := range p {
		x := XMM()
		VMOVSD(Mem{Base: p[i]}, x)
		VMOVSD(x, Mem{Base: d, Disp: 8 * i})
		ADDQ(U8(8), p[i])
	}
	ADDQ(width, d)
	DECQ(k)
	JNZ(LabelRef("single"))
	Label("next")
	LEAQ(Mem{Base: src, Index: ld, Scale: 4}, src)
	ADDQ(U8(32), dst)
	SUBQ(U8(4), cols)
	JGT(LabelRef("group"))
	VZEROUPPER()
	RET()
}

// transpose generates the copy of 4×4 elements at the pointers p to 4 rows at d,
// and moves all pointers on.
func transpose(p [4]reg.GPVirtual, d, width reg.GPVirtual) {
	var x, t, y [4]register
	for i := range p {
		x[i], t[i], y[i] = YMM(), YMM(), YMM()
		VMOVUPD(Mem{Base: p[i]}, x[i])
		ADDQ(U8(32), p[i])
	}
	VUNPCKLPD(x[1], x[0], t[0]) // x00 x10 x02 x12
	VUNPCKHPD(x[1], x[0], t[1]) // x01 x11 x03 x13
	VUNPCKLPD(x[3], x[2], t[2])
	VUNPCKHPD(x[3], x[2], t[3])
	VPERM2F128(U8(0x20), t[2], t[0], y[0])
	VPERM2F128(U8(0x20), t[3], t[1], y[1])
	VPERM2F128(U8(0x31), t[2], t[0], y[2])
	VPERM2F128(U8(0x31), t[3], t[1], y[3])
	for i := range y {
		VMOVUPD(y[i], Mem{Base: d})
		ADDQ(width, d)
	}
}

// peak generates a loop of nothing but independent FMAs: what the machine can do
// at most, for the benchmarks to compare with.
func peak(s isa) {
	s.text("peak", "func(n int)", "runs n rounds of 24 (AVX-512) or 12 (AVX2) independent FMAs.")
	n := arg("n")
	x := s.zero()[0]
	acc := make([]register, 3*s.lanes)
	for i := range acc {
		acc[i] = s.zero()[0]
	}
	Label("loop")
	for _, r := range acc {
		VFMADD231PD(x, x, r)
	}
	DECQ(n)
	JNZ(LabelRef("loop"))
	VZEROUPPER()
	RET()
}
