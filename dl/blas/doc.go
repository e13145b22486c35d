// Package blas holds the float64 kernels of dl: matrix products, elementary
// functions over slices, sums, and the optimizers' passes.
//
// # Paths
//
// Every kernel exists up to three times: for AVX-512, for AVX2 with FMA, and in
// plain Go on math.FMA, which runs on any architecture and is what you should
// read. The best path that the CPU supports is chosen when the program starts.
// The environment variable DL_BLAS, set to avx512, avx2 or portable, forces one.
//
// # The same bits
//
// All paths, and any number of goroutines, give the same bits. This is so
// because each result is defined down to the rounding: an element of a product
// is one chain of fused multiply-adds over rising k, a sum has 8 lanes combined
// in a fixed order, the elementary functions are polynomials with fused steps,
// and work is split among goroutines by output, never along a sum. No x*y + z is
// left to the compiler, which would fuse it on some architectures only.
//
// The promise covers every exported function, on finite values, infinities,
// zeros of both signs and denormals, and that a NaN is a NaN on all paths. It
// does not cover a NaN's sign and payload. It is about this version of the
// package: another version may choose a better polynomial. What [Implementation]
// takes over from Gonum unchanged is outside it.
//
// # Goroutines
//
// Products from about 1 MFLOP, long vectors and whatever a caller hands to
// [Parallel] are shared with a crew of persistent goroutines, up to GOMAXPROCS at
// the time of the call. An idle one watches for work for 0.2 ms before it parks.
// While the machine is busy with something else, so that the crew does not pay,
// callers work alone. All functions may be called from any goroutine; one task at a
// time is shared.
//
// # Precision
//
// Everything is float64. [Gemm32], [GemmBatch32] and [GemmLines32] round their
// factors to float32 and multiply there, for twice the speed and an error of about
// 1e-7; their bits are promised too.
//
// # Conventions
//
// Slices are dense and of unit stride unless a function says otherwise. A
// destination may be the very same slice as an operand, but must not overlap it
// in part. Functions panic when lengths do not fit.
package blas
