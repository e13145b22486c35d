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
	counts = GLOBL("counts", RODATA|NOPTR)
	for i := range 8 {
		DATA(8*i, U64(i))
	}
	for _, s := range []isa{avx512, avx2} {
		products(s)
		functions(s)
		binaries(s)
		gelu(s)
		maxWindows(s)
		optimizers(s)
		sums(s)
	}
	packTransposed()
	Generate()
}
