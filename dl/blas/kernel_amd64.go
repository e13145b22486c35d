package blas

import "golang.org/x/sys/cpu"

// most is how many elements an assembly kernel gets at once: it can't be
// preempted, and the collector may have to wait for it.
const most = 1 << 15

// best returns the best path of this CPU.
func best() Path {
	x := &cpu.X86
	switch {
	case x.HasAVX512F && x.HasAVX512DQ && x.HasAVX512VL && x.HasAVX2 && x.HasFMA && x.HasBMI2:
		return AVX512
	case x.HasAVX2 && x.HasFMA:
		return AVX2
	}
	return Portable
}

// unary runs the path's kernel of f, if there is one.
func unary(f function, dst, x []float64) bool {
	sameLength(f.String(), len(dst), len(x))
	if path == Portable {
		return false
	}
	if len(x) > most {
		shareVectors(vectors{f: f, dst: dst, x: x})
	} else if len(x) > 0 {
		unaryKernel(f, &dst[0], &x[0], len(x))
	}
	return true
}

func unaryKernel(f function, dst, x *float64, n int) {
	if path == AVX512 {
		unaryAVX512(f, dst, x, n)
	} else {
		unaryAVX2(f, dst, x, n)
	}
}

func unaryAVX512(f function, dst, x *float64, n int) {
	switch f {
	case fExp:
		expAVX512(dst, x, n)
	case fExpm1:
		expm1AVX512(dst, x, n)
	case fSigmoid:
		sigmoidAVX512(dst, x, n)
	case fTanh:
		tanhAVX512(dst, x, n)
	case fErf:
		erfAVX512(dst, x, n)
	case fLog:
		logAVX512(dst, x, n)
	case fLog1p:
		log1pAVX512(dst, x, n)
	case fReLU:
		reluAVX512(dst, x, n)
	}
}

func unaryAVX2(f function, dst, x *float64, n int) {
	switch f {
	case fExp:
		expAVX2(dst, x, n)
	case fExpm1:
		expm1AVX2(dst, x, n)
	case fSigmoid:
		sigmoidAVX2(dst, x, n)
	case fTanh:
		tanhAVX2(dst, x, n)
	case fErf:
		erfAVX2(dst, x, n)
	case fLog:
		logAVX2(dst, x, n)
	case fLog1p:
		log1pAVX2(dst, x, n)
	case fReLU:
		reluAVX2(dst, x, n)
	}
}

// binary runs the path's kernel of f, if there is one.
func binary(f operation, alpha float64, dst, x, y []float64) bool {
	if path == Portable {
		return false
	}
	if len(x) > most {
		shareVectors(vectors{binary: true, op: f, alpha: alpha, dst: dst, x: x, y: y})
	} else if len(x) > 0 {
		binaryKernel(f, alpha, &dst[0], &x[0], &y[0], len(x))
	}
	return true
}

func binaryKernel(f operation, alpha float64, dst, x, y *float64, n int) {
	if path == AVX512 {
		binaryAVX512(f, alpha, dst, x, y, n)
	} else {
		binaryAVX2(f, alpha, dst, x, y, n)
	}
}

// vectors is an elementwise function of long vectors as a task: each chunk is a
// part of them.
type vectors struct {
	binary    bool
	f         function
	op        operation
	alpha     float64
	dst, x, y []float64
}

func shareVectors(v vectors) {
	w := takeWorkspace()
	w.vectors = v
	Parallel(&w.vectors, (len(v.x)+most-1)/most)
	w.vectors = vectors{}
	giveWorkspace(w)
}

// Run implements Task.
func (v *vectors) Run(chunk int) {
	lo := chunk * most
	n := min(most, len(v.x)-lo)
	if v.binary {
		binaryKernel(v.op, v.alpha, &v.dst[lo], &v.x[lo], &v.y[lo], n)
	} else {
		unaryKernel(v.f, &v.dst[lo], &v.x[lo], n)
	}
}

func binaryAVX512(f operation, alpha float64, dst, x, y *float64, n int) {
	switch f {
	case fAxpy:
		axpyAVX512(dst, x, y, alpha, n)
	case fScale:
		scaleAVX512(dst, x, y, alpha, n)
	case fAdd:
		addAVX512(dst, x, y, alpha, n)
	case fSub:
		subAVX512(dst, x, y, alpha, n)
	case fMul:
		mulAVX512(dst, x, y, alpha, n)
	case fMulAdd:
		mulAddAVX512(dst, x, y, alpha, n)
	case fReLUGrad:
		reluGradAVX512(dst, x, y, alpha, n)
	case fSigmoidGrad:
		sigmoidGradAVX512(dst, x, y, alpha, n)
	case fTanhGrad:
		tanhGradAVX512(dst, x, y, alpha, n)
	case fGELU:
		geluAVX512(dst, x, y, alpha, n)
	}
}

func binaryAVX2(f operation, alpha float64, dst, x, y *float64, n int) {
	switch f {
	case fAxpy:
		axpyAVX2(dst, x, y, alpha, n)
	case fScale:
		scaleAVX2(dst, x, y, alpha, n)
	case fAdd:
		addAVX2(dst, x, y, alpha, n)
	case fSub:
		subAVX2(dst, x, y, alpha, n)
	case fMul:
		mulAVX2(dst, x, y, alpha, n)
	case fMulAdd:
		mulAddAVX2(dst, x, y, alpha, n)
	case fReLUGrad:
		reluGradAVX2(dst, x, y, alpha, n)
	case fSigmoidGrad:
		sigmoidGradAVX2(dst, x, y, alpha, n)
	case fTanhGrad:
		tanhGradAVX2(dst, x, y, alpha, n)
	case fGELU:
		geluAVX2(dst, x, y, alpha, n)
	}
}

// sum and dot take one call: the lanes live in registers. They are at memory speed,
// 1 ms for 4 million elements.
func sum(x []float64) (s float64, ok bool) {
	switch {
	case path == Portable:
		return 0, false
	case len(x) == 0:
		return 0, true
	case path == AVX512:
		return sumAVX512(&x[0], len(x)), true
	}
	return sumAVX2(&x[0], len(x)), true
}

func dot(x, y []float64) (s float64, ok bool) {
	switch {
	case path == Portable:
		return 0, false
	case len(x) == 0:
		return 0, true
	case path == AVX512:
		return dotAVX512(&x[0], &y[0], len(x)), true
	}
	return dotAVX2(&x[0], &y[0], len(x)), true
}

// The kernels below take a band of rows at a time.

func sumRows(dst, a []float64, lda, rows int) bool {
	if path == Portable {
		return false
	}
	for cols := len(dst); rows > 0 && cols > 0; {
		n := min(rows, most/cols+1)
		if path == AVX512 {
			sumRowsAVX512(&dst[0], &a[0], 8*lda, n, cols)
		} else {
			sumRowsAVX2(&dst[0], &a[0], 8*lda, n, cols)
		}
		rows -= n
		if rows > 0 {
			a = a[n*lda:]
		}
	}
	return true
}

func addRow(y []float64, rows, cols int, b []float64, relu bool) bool {
	if path == Portable {
		return false
	}
	for rows > 0 && cols > 0 {
		n := min(rows, most/cols+1)
		switch {
		case path == AVX512 && relu:
			addRowReLUAVX512(&y[0], &b[0], n, cols)
		case path == AVX512:
			addRowAVX512(&y[0], &b[0], n, cols)
		case relu:
			addRowReLUAVX2(&y[0], &b[0], n, cols)
		default:
			addRowAVX2(&y[0], &b[0], n, cols)
		}
		y, rows = y[n*cols:], rows-n
	}
	return true
}

func softmaxRows(dst, x []float64, rows, cols int) bool {
	if path == Portable {
		return false
	}
	for rows > 0 && cols > 0 {
		n := min(rows, most/cols+1)
		if path == AVX512 {
			softmaxAVX512(&dst[0], &x[0], n, cols)
		} else {
			softmaxAVX2(&dst[0], &x[0], n, cols)
		}
		dst, x, rows = dst[n*cols:], x[n*cols:], rows-n
	}
	return true
}

func maxWindows(best []float64, from []int, x []float64, at, channels, step, line, high, wide int) bool {
	if path == Portable {
		return false
	}
	for len(best) > 0 {
		n := min(len(best)/channels, most/(channels*high*wide)+1)
		if path == AVX512 {
			maxWindowsAVX512(&best[0], &from[0], &x[at], at, n, channels, step, line, high, wide)
		} else {
			maxWindowsAVX2(&best[0], &from[0], &x[at], at, n, channels, step, line, high, wide)
		}
		best, from, at = best[n*channels:], from[n*channels:], at+n*step
	}
	return true
}

func momentum(theta, g, v []float64, lr, mu float64, nesterov bool) bool {
	if path == Portable {
		return false
	}
	for len(theta) > 0 {
		n := min(len(theta), most)
		t, g0, v0 := &theta[0], &g[0], &v[0]
		switch {
		case path == AVX512 && nesterov:
			nesterovAVX512(t, g0, v0, lr, mu, n)
		case path == AVX512:
			momentumAVX512(t, g0, v0, lr, mu, n)
		case nesterov:
			nesterovAVX2(t, g0, v0, lr, mu, n)
		default:
			momentumAVX2(t, g0, v0, lr, mu, n)
		}
		theta, g, v = theta[n:], g[n:], v[n:]
	}
	return true
}

func adam(theta, g, m, v []float64, c *adamConstants) bool {
	if path == Portable {
		return false
	}
	for len(theta) > 0 {
		n := min(len(theta), most)
		t, g0, m0, v0 := &theta[0], &g[0], &m[0], &v[0]
		switch {
		case path == AVX512 && c.shrink != 0:
			adamWAVX512(t, g0, m0, v0, &c.rate, n)
		case path == AVX512:
			adamAVX512(t, g0, m0, v0, &c.rate, n)
		case c.shrink != 0:
			adamWAVX2(t, g0, m0, v0, &c.rate, n)
		default:
			adamAVX2(t, g0, m0, v0, &c.rate, n)
		}
		theta, g, m, v = theta[n:], g[n:], m[n:], v[n:]
	}
	return true
}
