package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// maxWindows generates MaxWindows: window by window, and in each a register's channels
// at a time.
func maxWindows(s isa) {
	s.text("maxWindows", "func(best *float64, from *int, x *float64, at, windows, channels, step, line, high, wide int)", "is MaxWindows.")
	w := maximum{isa: s}
	w.best, w.from, w.x, w.at, w.channels = arg("best"), arg("from"), arg("x"), arg("at"), arg("channels")
	w.pixel = w.all64("channels")
	n, windows := GP64(), arg("windows")
	MOVQ(w.channels, n)
	ANDQ(U8(s.lanes-1), n)
	mask := s.tailMask(n)
	w.i = GP64()
	Label("window")
	XORQ(w.i, w.i)
	MOVQ(w.channels, n)
	SUBQ(U8(s.lanes), n)
	JLT(LabelRef("rest"))
	Label("whole")
	w.emit("whole", nil)
	ADDQ(U8(s.bytes()), w.i)
	SUBQ(U8(s.lanes), n)
	JGE(LabelRef("whole"))
	Label("rest")
	ADDQ(U8(s.lanes), n)
	JZ(LabelRef("next"))
	w.emit("rest", mask)
	Label("next")
	step := arg("step")
	ADDQ(step, w.at)
	LEAQ(Mem{Base: w.x, Index: step, Scale: 8}, w.x)
	LEAQ(Mem{Base: w.best, Index: w.channels, Scale: 8}, w.best)
	LEAQ(Mem{Base: w.from, Index: w.channels, Scale: 8}, w.from)
	DECQ(windows)
	JNZ(LabelRef("window"))
	VZEROUPPER()
	RET()
}

// maximum is the state of maxWindows; i is the first channel's place in bytes.
type maximum struct {
	isa
	best, from, x, at, channels, i reg.GPVirtual
	pixel                          register // channels, in all lanes
}

// all64 loads an integer argument into all lanes of a register.
func (s isa) all64(name string) register {
	r := s.register()
	m, _ := Param(name).Resolve()
	VPBROADCASTQ(m.Addr, r)
	return r
}

// emit generates the maximum of one window's channels from i on.
func (w *maximum) emit(tag string, mask Op) {
	line, first, low, index := GP64(), GP64(), XMM(), w.register()
	LEAQ(Mem{Base: w.x, Index: w.i, Scale: 1}, line)
	MOVQ(w.i, first)
	SHRQ(U8(3), first)
	ADDQ(w.at, first)
	VMOVQ(first, low)
	VPBROADCASTQ(low, index)
	VPADDQ(counts, index, index)
	best, from := w.load(mask, Mem{Base: line}), w.register()
	VMOVAPD(index, from)
	high := arg("high")
	Label(tag + "line")
	at, here, wide := GP64(), w.register(), arg("wide")
	MOVQ(line, at)
	VMOVAPD(index, here)
	Label(tag + "pixel")
	v := w.load(mask, Mem{Base: at})
	for _, larger := range []Op{w.compare(greater, vec{v}, vec{best})[0], w.compare(unordered, vec{v}, vec{v})[0]} {
		w.blend(larger, v, best, best)
		w.blend(larger, here, from, from)
	}
	LEAQ(Mem{Base: at, Index: w.channels, Scale: 8}, at)
	VPADDQ(w.pixel, here, here)
	DECQ(wide)
	JNZ(LabelRef(tag + "pixel"))
	pitch := arg("line")
	LEAQ(Mem{Base: line, Index: pitch, Scale: 8}, line)
	VPADDQ(w.all64("line"), index, index)
	DECQ(high)
	JNZ(LabelRef(tag + "line"))
	w.store(mask, best, Mem{Base: w.best, Index: w.i, Scale: 1})
	w.store(mask, from, Mem{Base: w.from, Index: w.i, Scale: 1})
}
