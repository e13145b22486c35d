package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func sums(s isa) {
	sum(s)
	dot(s)
	softmax(s)
	sumRows(s)
	addRow(s, "addRow", false)
	addRow(s, "addRowReLU", true)
}

// eight generates a loop over n elements, 8 at a time in 8/lanes registers, the
// rest under masks. step gets a register's number and its place.
func (s isa) eight(tag string, n reg.GPVirtual, step func(v int, m func(base reg.GPVirtual) Mem, mask Op)) {
	i, left := GP64(), GP64()
	XORQ(i, i)
	MOVQ(n, left)
	at := func(v int) func(base reg.GPVirtual) Mem {
		return func(base reg.GPVirtual) Mem {
			return Mem{Base: base, Index: i, Scale: 1, Disp: v * s.bytes()}
		}
	}
	SUBQ(U8(8), left)
	JLT(LabelRef(tag + "tail"))
	Label(tag + "loop")
	for v := range 8 / s.lanes {
		step(v, at(v), nil)
	}
	ADDQ(U8(64), i)
	SUBQ(U8(8), left)
	JGE(LabelRef(tag + "loop"))
	Label(tag + "tail")
	ADDQ(U8(8), left)
	for v := range 8 / s.lanes {
		if v > 0 { // what the registers before leave
			SUBQ(U8(s.lanes), left)
		}
		JLE(LabelRef(tag + "done"))
		part := left
		if !s.wide() {
			part = GP64()
			MOVQ(U32(4), part)
			CMPQ(left, part)
			CMOVQLT(left, part)
		}
		step(v, at(v), s.tailMask(part))
		if v < 8/s.lanes-1 {
			TESTQ(left, left)
		}
	}
	Label(tag + "done")
}

// fold combines 8 lanes in one or two registers into one number, by halves.
func (s isa) fold(acc []register, f func(y, x Op, dst ...Op)) register {
	half := YMM()
	if s.wide() {
		VEXTRACTF64X4(U8(1), acc[0], half)
		f(half, acc[0].AsY(), half)
	} else {
		f(acc[1], acc[0], half)
	}
	quarter := XMM()
	VEXTRACTF128(U8(1), half, quarter)
	f(quarter, half.AsX(), quarter)
	other := XMM()
	VUNPCKHPD(quarter, quarter, other)
	f(other, quarter, quarter)
	return quarter
}

// accumulators returns the accumulators for 8 lanes, all set to x.
func (s isa) accumulators(x float64) []register {
	var acc []register
	for range 8 / s.lanes {
		acc = append(acc, s.broadcast(number(x)))
	}
	return acc
}

func addPD(y, x Op, dst ...Op) { VADDPD(y, x, dst[0]) }

func sum(s isa) {
	s.text("sum", "func(x *float64, n int) float64", "is Sum.")
	x, n := arg("x"), arg("n")
	acc := s.accumulators(0)
	s.eight("", n, func(v int, m func(reg.GPVirtual) Mem, mask Op) {
		VADDPD(s.load(mask, m(x)), acc[v], acc[v]) // adding 0 changes no lane: none is −0
	})
	Store(s.fold(acc, addPD), ReturnIndex(0))
	VZEROUPPER()
	RET()
}

func dot(s isa) {
	s.text("dot", "func(x, y *float64, n int) float64", "is Dot.")
	x, y, n := arg("x"), arg("y"), arg("n")
	acc := s.accumulators(0)
	s.eight("", n, func(v int, m func(reg.GPVirtual) Mem, mask Op) {
		a, b := s.load(mask, m(x)), s.load(mask, m(y))
		if mask == nil {
			VFMADD231PD(a, b, acc[v])
			return
		}
		VFMADD213PD(acc[v], b, a)
		s.blend(mask, a, acc[v], acc[v]) // not 0·0 + lane: a lane may be −0
	})
	Store(s.fold(acc, addPD), ReturnIndex(0))
	VZEROUPPER()
	RET()
}

// softmax generates SoftmaxRows: per row the maximum, the exponentials and their
// sum, the division.
func softmax(s isa) {
	s.text("softmax", "func(dst, x *float64, rows, cols int)", "is SoftmaxRows.")
	dst, x, rows, cols := arg("dst"), arg("x"), arg("rows"), arg("cols")
	Label("row")
	top := vec{s.rowMax(x, cols)}
	acc := s.accumulators(0)
	s.eight("exp", cols, func(v int, m func(reg.GPVirtual) Mem, mask Op) {
		e := s.exp(s.atLeast(s.sub(vec{s.load(mask, m(x))}, top), -760))[0]
		s.store(mask, e, m(dst))
		if mask != nil {
			e = s.choose([]Op{mask}, vec{e}, s.zero())[0]
		}
		VADDPD(e, acc[v], acc[v])
	})
	total := s.register()
	VBROADCASTSD(s.fold(acc, addPD), total)
	s.eight("div", cols, func(_ int, m func(reg.GPVirtual) Mem, mask Op) {
		e := s.load(mask, m(dst))
		VDIVPD(total, e, e)
		s.store(mask, e, m(dst))
	})
	LEAQ(Mem{Base: x, Index: cols, Scale: 8}, x)
	LEAQ(Mem{Base: dst, Index: cols, Scale: 8}, dst)
	DECQ(rows)
	JNZ(LabelRef("row"))
	VZEROUPPER()
	RET()
}

// rowMax returns the maximum of n numbers in all lanes. MAX returns its last
// operand where one is NaN, so NaNs are passed over.
func (s isa) rowMax(x, n reg.GPVirtual) register {
	acc := s.accumulators(math.Inf(-1))
	s.eight("max", n, func(v int, m func(reg.GPVirtual) Mem, mask Op) {
		r := s.load(mask, m(x))
		if mask != nil {
			r = s.choose([]Op{mask}, vec{r}, vec{acc[v]})[0]
		}
		VMAXPD(acc[v], r, acc[v])
	})
	top := s.register()
	VBROADCASTSD(s.fold(acc, func(y, x Op, dst ...Op) { VMAXPD(y, x, dst[0]) }), top)
	return top
}

// sumRows generates SumRows, by columns of registers.
func sumRows(s isa) {
	s.text("sumRows", "func(dst, a *float64, lda, rows, cols int)", "is SumRows; lda in bytes.")
	dst, a, ld, cols := arg("dst"), arg("a"), arg("lda"), arg("cols")
	for _, vecs := range []int{4, 1} {
		loop, next := "columns"+string(rune('0'+vecs)), "after"+string(rune('0'+vecs))
		Label(loop)
		CMPQ(cols, U8(vecs*s.lanes))
		JLT(LabelRef(next))
		s.column(loop, dst, a, ld, vecs, nil)
		ADDQ(U32(vecs*s.bytes()), dst)
		ADDQ(U32(vecs*s.bytes()), a)
		SUBQ(U8(vecs*s.lanes), cols)
		JMP(LabelRef(loop))
		Label(next)
	}
	TESTQ(cols, cols)
	JZ(LabelRef("done"))
	s.column("tail", dst, a, ld, 1, s.tailMask(cols))
	Label("done")
	VZEROUPPER()
	RET()
}

// column adds the rows of a, vecs registers wide, to dst.
func (s isa) column(tag string, dst, a, ld reg.GPVirtual, vecs int, mask Op) {
	place := func(base reg.GPVirtual, v int) Mem { return Mem{Base: base, Disp: v * s.bytes()} }
	var acc []register
	for v := range vecs {
		acc = append(acc, s.load(mask, place(dst, v)))
	}
	p, rows := GP64(), arg("rows")
	MOVQ(a, p)
	Label(tag + "rows")
	for v := range vecs {
		VADDPD(s.load(mask, place(p, v)), acc[v], acc[v])
	}
	ADDQ(ld, p)
	DECQ(rows)
	JNZ(LabelRef(tag + "rows"))
	for v := range vecs {
		s.store(mask, acc[v], place(dst, v))
	}
}

// addRow generates AddRow and AddRowReLU.
func addRow(s isa, name string, activate bool) {
	s.text(name, "func(y, b *float64, rows, cols int)", "adds b to each row of y.")
	y, b, rows, cols := arg("y"), arg("b"), arg("rows"), arg("cols")
	n := GP64()
	MOVQ(cols, n)
	ANDQ(U8(s.lanes-1), n)
	mask := s.tailMask(n)
	Label("row")
	MOVQ(cols, n)
	i := GP64()
	XORQ(i, i)
	body := func(at at) {
		r := s.add(at.load(y), at.load(b))
		if activate {
			r = relu(s, r)
		}
		at.store(y, r)
	}
	SUBQ(U8(s.lanes), n)
	JLT(LabelRef("tail"))
	Label("loop")
	body(at{s, i, nil})
	ADDQ(U8(s.bytes()), i)
	SUBQ(U8(s.lanes), n)
	JGE(LabelRef("loop"))
	Label("tail")
	ADDQ(U8(s.lanes), n)
	JZ(LabelRef("next"))
	body(at{s, i, mask})
	Label("next")
	LEAQ(Mem{Base: y, Index: cols, Scale: 8}, y)
	DECQ(rows)
	JNZ(LabelRef("row"))
	VZEROUPPER()
	RET()
}
