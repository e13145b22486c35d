package main

import (
	"fmt"
	"slices"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func products(s isa) {
	for vecs := 1; vecs <= 3; vecs++ {
		panel(s, vecs, true)
		if !s.wide() { // masks cost AVX-512 nothing
			panel(s, vecs, false)
		}
		panel32(s, vecs)
	}
	narrow(s)
	pack(s)
	peak(s)
}

const panelArgs = "func(m, lines, k int, a *float64, rsa, csa, jump int, b *float64, ldb int, c *float64, ldc, load, tail int)"

// panel generates the product of m rows of A with a panel of B that is vecs
// registers wide. As many rows of C as a register has lanes stay in registers while
// k runs. The columns of A come in lines of k; after each, A's pointer moves on by
// jump. If load is 0 the chains begin at 0, else at C. A masked kernel touches only
// the first tail lanes of the last register. Strides are in bytes.
func panel(s isa, vecs int, masked bool) {
	name := fmt.Sprintf("gemm%d", vecs)
	if masked && !s.wide() {
		name += "Masked"
	}
	s.text(name, panelArgs, fmt.Sprintf("adds to %d registers' columns of C; see panel in internal/gen.", vecs))
	p := &tile{isa: s, vecs: vecs, masked: masked}
	p.m, p.a = arg("m"), arg("a")
	p.rsa, p.csa, p.ldb = arg("rsa"), arg("csa"), arg("ldb")
	p.c, p.ldc = arg("c"), arg("ldc")
	p.rsa3 = GP64()
	LEAQ(Mem{Base: p.rsa, Index: p.rsa, Scale: 2}, p.rsa3)
	if masked {
		tail := arg("tail")
		if s.wide() {
			p.mask = s.tailMask(tail)
		} else {
			p.maskAt = GP64()
			s.tailAddress(tail, p.maskAt)
		}
	}
	p.tiles(p.emit)
}

// tiles generates the loop over tiles of rows, with emit, and returns. What is left
// of m is a tile of fewer rows. Half as much again as a tile's rows is two tiles
// alike instead: one of few rows would wait for its own chains.
func (p *tile) tiles(emit func(rows int)) {
	most := p.lanes * 3 / 2
	halves := []int{most/2 - 1, most / 2}
	if p.lanes == 4 {
		halves = halves[1:] // 5 and 6 rows: 3 and what is left
	}
	Label("tiles")
	CMPQ(p.m, U8(p.lanes))
	JLT(LabelRef(fmt.Sprintf("rest%d", p.lanes-1)))
	JEQ(LabelRef("whole"))
	for _, rows := range halves {
		CMPQ(p.m, U8(2*rows))
		JLE(LabelRef(fmt.Sprintf("tile%d", rows)))
	}
	Label("whole")
	emit(p.lanes)
	LEAQ(Mem{Base: p.a, Index: p.rsa, Scale: uint8(p.lanes)}, p.a)
	SUBQ(U8(p.lanes), p.m)
	JMP(LabelRef("tiles"))
	for rows := p.lanes - 1; rows > 0; rows-- {
		Label(fmt.Sprintf("rest%d", rows))
		CMPQ(p.m, U8(rows))
		JNE(LabelRef(fmt.Sprintf("rest%d", rows-1)))
		Label(fmt.Sprintf("tile%d", rows))
		emit(rows)
		if !slices.Contains(halves, rows) {
			JMP(LabelRef("rest0"))
			continue
		}
		for range rows {
			ADDQ(p.rsa, p.a)
		}
		SUBQ(U8(rows), p.m)
		JMP(LabelRef(fmt.Sprintf("rest%d", rows)))
	}
	Label("rest0")
	VZEROUPPER()
	RET()
}

// arg loads an argument into a register.
func arg(name string) reg.GPVirtual {
	r := GP64()
	Load(Param(name), r)
	return r
}

// tile is the state of a panel kernel.
type tile struct {
	isa
	vecs   int
	single bool // float32
	masked bool
	mask   Op            // AVX-512
	maskAt reg.GPVirtual // AVX2, whose registers are all taken

	m, a, rsa, rsa3, csa, ldb, c, ldc reg.GPVirtual
}

// emit generates one tile of C, and advances c past it.
func (p *tile) emit(rows int) {
	tag := fmt.Sprintf("%d", rows)
	acc := p.accumulators(rows)
	row := GP64()
	flag := arg("load")
	TESTQ(flag, flag)
	JZ(LabelRef("zero" + tag))
	MOVQ(p.c, row)
	for i := range rows {
		p.row(acc[i], row, p.loadC)
		if i < rows-1 {
			ADDQ(p.ldc, row)
		}
	}
	JMP(LabelRef("start" + tag))
	Label("zero" + tag)
	p.clear(acc)
	Label("start" + tag)
	if rows == p.lanes { // fetch the next tile meanwhile
		LEAQ(Mem{Base: p.c, Index: p.ldc, Scale: uint8(rows)}, row)
		for i := range rows {
			for v := range p.vecs {
				PREFETCHT0(Mem{Base: row, Disp: v * p.bytes()})
			}
			if i < rows-1 {
				ADDQ(p.ldc, row)
			}
		}
	}
	p.inner(tag, acc)
	for i := range rows {
		p.row(acc[i], p.c, p.storeC)
		ADDQ(p.ldc, p.c)
	}
}

// accumulators returns the registers of a tile of C.
func (p *tile) accumulators(rows int) [][]register {
	acc := make([][]register, rows)
	for i := range acc {
		for range p.vecs {
			acc[i] = append(acc[i], p.register())
		}
	}
	return acc
}

func (p *tile) clear(acc [][]register) {
	for i := range acc {
		for _, r := range acc[i] {
			VXORPD(r, r, r)
		}
	}
}

// row applies move to the registers of a row of C that begins at base.
func (p *tile) row(acc []register, base reg.GPVirtual, move func(r register, m Mem, masked bool)) {
	for v, r := range acc {
		move(r, Mem{Base: base, Disp: v * p.bytes()}, p.masked && v == p.vecs-1)
	}
}

func (p *tile) loadC(r register, m Mem, masked bool) {
	switch {
	case !masked:
		VMOVUPD(m, r)
	case p.wide():
		VMOVUPD_Z(m, p.mask, r)
	default:
		VMOVUPD(Mem{Base: p.maskAt}, r)
		VMASKMOVPD(m, r, r)
	}
}

func (p *tile) storeC(r register, m Mem, masked bool) {
	switch {
	case !masked:
		VMOVUPD(r, m)
	case p.wide():
		VMOVUPD(r, p.mask, m)
	default:
		mask := p.load(nil, Mem{Base: p.maskAt})
		VMASKMOVPD(r, mask, m)
	}
}

// inner generates the loop over k. Rows of A are addressed from its first and its
// fifth.
func (p *tile) inner(tag string, acc [][]register) {
	a, b := GP64(), arg("b")
	MOVQ(p.a, a)
	bases := []reg.GPVirtual{a}
	if len(acc) > 4 {
		a4 := GP64()
		LEAQ(Mem{Base: a, Index: p.rsa, Scale: 4}, a4)
		bases = append(bases, a4)
	}
	var lines reg.GPVirtual
	if !p.single {
		lines = arg("lines")
		Label("line" + tag)
	}
	k := arg("k")
	Label("k" + tag)
	columns := make([]register, p.vecs)
	for v := range columns {
		columns[v] = p.register()
	}
	p.row(columns, b, p.loadC)
	for i := range acc {
		m := Mem{Base: bases[i/4]}
		switch i % 4 {
		case 1:
			m.Index, m.Scale = p.rsa, 1
		case 2:
			m.Index, m.Scale = p.rsa, 2
		case 3:
			m.Index, m.Scale = p.rsa3, 1
		}
		x := p.register()
		if p.single {
			VBROADCASTSS(m, x)
		} else {
			VBROADCASTSD(m, x)
		}
		for v, r := range acc[i] {
			if p.single {
				VFMADD231PS(columns[v], x, r)
			} else {
				VFMADD231PD(columns[v], x, r)
			}
		}
	}
	for _, r := range bases {
		ADDQ(p.csa, r)
	}
	ADDQ(p.ldb, b)
	DECQ(k)
	JNZ(LabelRef("k" + tag))
	if !p.single {
		jump, _ := Param("jump").Resolve()
		for _, r := range bases {
			ADDQ(jump.Addr, r)
		}
		DECQ(lines)
		JNZ(LabelRef("line" + tag))
	}
}
