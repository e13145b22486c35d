// Command gen writes the amd64 kernels of package blas, with avo:
//
//	go run . -out ../../kernels_amd64.s -stubs ../../stubs_amd64.go -pkg blas
//
// It is a module of its own, so that users of the package need no avo.
package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
)

func main() {
	tails = GLOBL("tails", RODATA|NOPTR)
	for i := range 8 {
		ones := ^uint64(0)
		if i >= 4 {
			ones = 0
		}
		DATA(8*i, U64(ones))
	}
	for _, s := range []isa{avx512, avx2} {
		for vecs := 1; vecs <= 3; vecs++ {
			panel(s, vecs, false)
			panel(s, vecs, true)
		}
		pack(s)
		peak(s)
		for _, f := range []struct {
			name string
			body func(s isa, x vec) vec
		}{
			{"exp", exp}, {"expm1", expm1}, {"sigmoid", sigmoid}, {"tanh", tanh}, {"erf", erf},
			{"log", log}, {"log1p", log1p}, {"relu", relu},
		} {
			unary(s, f.name, f.body)
		}
		binaries(s)
		momentum(s, "momentum", false)
		momentum(s, "nesterov", true)
		adam(s, "adam", false)
		adam(s, "adamW", true)
		sum(s)
		dot(s)
		softmax(s)
		sumRows(s)
		addRow(s, "addRow", false)
		addRow(s, "addRowReLU", true)
	}
	packTransposed()
	Generate()
}
