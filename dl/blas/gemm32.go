package blas

import "math"

// Gemm32 is Gemm with float32 products: twice the lanes, and float32's error. α·A
// and B are rounded to float32; numbers beyond 3.4e38 become infinite. The terms of
// each element are summed in blocks of 256, each a chain of float32 fused
// multiply-adds from 0 over rising k, and the blocks' sums are added to C in
// float64, one after the other:
//
//	c ← β·C[i,j], or 0 without reading C if β = 0
//	for each block:  s ← 0;  s ← FMA₃₂(a₃₂, b₃₂, s) for each term;  c ← c + s
//
// The error of an element is about √256·2⁻²⁴ of the sum of its terms' magnitudes at
// worst, 1e-7 of it in practice. The bits are the same on all paths.
func Gemm32(transA, transB bool, m, n, k int, alpha float64, a []float64, lda int, b []float64, ldb int, beta float64, c []float64, ldc int) {
	gemm(true, transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
}

// block32 is the number of terms in a float32 sum; part of the definition.
const block32 = 256

// compute32 runs a float32 product on this goroutine, by the definition.
func (p *product) compute32() {
	if path != Portable {
		vectorGemm32(p)
		return
	}
	for i := range p.m {
		for j := range p.n {
			c := &p.c[i*p.ldc+j]
			if !p.add {
				*c = 0
			}
			for from := 0; from < p.lines*p.k; from += block32 {
				var s float32
				for t := from; t < min(from+block32, p.lines*p.k); t++ {
					a := p.a.data[i*p.a.row+t/p.k*p.jump+t%p.k*p.a.col]
					b := t*p.ldb + j
					if p.transB {
						b = j*p.ldb + t
					}
					s = fma32(float32(a), float32(p.b[b]), s)
				}
				*c += float64(s)
			}
		}
	}
}

// fma32 returns x·y + z rounded once. The product is exact in float64; the sum is
// rounded to odd there, which makes the second rounding, to float32, the only one
// that counts (Boldo and Melquiond 2008).
func fma32(x, y, z float32) float32 {
	p, c := float64(float64(x)*float64(y)), float64(z)
	s := p + c
	b := s - p
	lost := (p - (s - b)) + (c - b) // exactly p + c − s
	if u := math.Float64bits(s); lost != 0 && u&1 == 0 && !math.IsInf(s, 0) {
		if (lost > 0) == (s > 0) {
			u++
		} else {
			u--
		}
		s = math.Float64frombits(u)
	}
	return float32(s)
}
