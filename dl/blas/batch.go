package blas

import "runtime"

// GemmBatch does count Gemms of the same shape, as if one after the other: product
// i has its A at a[i·nextA:], its B at b[i·nextB:] and its C at c[i·nextC:]. A next
// of 0 means that all products share that matrix; with nextC = 0 and β = 1 they add
// up in C. Otherwise the Cs must not overlap.
//
// It is for products that are too small to share among goroutines one by one: a
// line of a convolution in all images, or the heads of attention.
func GemmBatch(count int, transA, transB bool, m, n, k int, alpha float64, a []float64, lda, nextA int, b []float64, ldb, nextB int, beta float64, c []float64, ldc, nextC int) {
	gemmBatch(false, count, transA, transB, m, n, k, alpha, a, lda, nextA, b, ldb, nextB, beta, c, ldc, nextC)
}

// GemmBatch32 is GemmBatch with Gemm32's float32 products.
func GemmBatch32(count int, transA, transB bool, m, n, k int, alpha float64, a []float64, lda, nextA int, b []float64, ldb, nextB int, beta float64, c []float64, ldc, nextC int) {
	gemmBatch(true, count, transA, transB, m, n, k, alpha, a, lda, nextA, b, ldb, nextB, beta, c, ldc, nextC)
}

func gemmBatch(single bool, count int, transA, transB bool, m, n, k int, alpha float64, a []float64, lda, nextA int, b []float64, ldb, nextB int, beta float64, c []float64, ldc, nextC int) {
	if count == 0 || m == 0 || n == 0 {
		return
	}
	if k == 0 || alpha != 1 || beta != 0 && beta != 1 || nextC == 0 && beta != 1 {
		for i := range count {
			gemm(single, transA, transB, m, n, k, alpha, a[i*nextA:], lda, b[i*nextB:], ldb, beta, c[i*nextC:], ldc)
		}
		return
	}
	x, rowsA, colsA := operand{a, lda, 1}, m, k
	if transA {
		x, rowsA, colsA = operand{a, 1, lda}, k, m
	}
	rowsB, colsB := k, n
	if transB {
		rowsB, colsB = n, k
	}
	last := count - 1
	checkMatrix("a", rowsA, colsA, lda, len(a)-last*nextA)
	checkMatrix("b", rowsB, colsB, ldb, len(b)-last*nextB)
	checkMatrix("c", m, n, ldc, len(c)-last*nextC)
	p := product{single: single, m: m, n: n, lines: 1, k: k, a: x, transB: transB, b: b, ldb: ldb, add: beta != 0, c: c, ldc: ldc}
	shareBatch(batch{product: p, count: count, nextA: nextA, nextB: nextB, nextC: nextC})
}

// GemmLines is GemmBatch with α = 1 and β = 0 or 1 for an A that lies in several
// lines, each a matrix like Gemm's with k columns of op(A), lineA after the one
// before: op(A) is m×(lines·k), and its column s·k + l is column l of line s.
//
// Convolutions are such products. What the windows of one line of the output see is
// as many lines of the image as the kernel is high, and C stays in registers over
// all of them. Transposed, the lines are those of the output.
func GemmLines(count int, transA bool, m, n, lines, k int, a []float64, lda, lineA, nextA int, b []float64, ldb, nextB int, beta float64, c []float64, ldc, nextC int) {
	gemmLines(false, count, transA, m, n, lines, k, a, lda, lineA, nextA, b, ldb, nextB, beta, c, ldc, nextC)
}

// GemmLines32 is GemmLines with Gemm32's float32 products.
func GemmLines32(count int, transA bool, m, n, lines, k int, a []float64, lda, lineA, nextA int, b []float64, ldb, nextB int, beta float64, c []float64, ldc, nextC int) {
	gemmLines(true, count, transA, m, n, lines, k, a, lda, lineA, nextA, b, ldb, nextB, beta, c, ldc, nextC)
}

func gemmLines(single bool, count int, transA bool, m, n, lines, k int, a []float64, lda, lineA, nextA int, b []float64, ldb, nextB int, beta float64, c []float64, ldc, nextC int) {
	if count == 0 || m == 0 || n == 0 {
		return
	}
	if lines < 1 || k < 1 || beta != 0 && beta != 1 || nextC == 0 && count > 1 && beta != 1 {
		panic("blas: GemmLines: it needs a line, a column, and a β of 0 or 1, which is 1 where the products share C")
	}
	x, rowsA, colsA := operand{a, lda, 1}, m, k
	if transA {
		x, rowsA, colsA = operand{a, 1, lda}, k, m
	}
	last := count - 1
	checkMatrix("a", rowsA, colsA, lda, len(a)-last*nextA-(lines-1)*lineA)
	checkMatrix("b", lines*k, n, ldb, len(b)-last*nextB)
	checkMatrix("c", m, n, ldc, len(c)-last*nextC)
	p := product{single: single, m: m, n: n, lines: lines, k: k, a: x, jump: lineA, b: b, ldb: ldb, add: beta != 0, c: c, ldc: ldc}
	shareBatch(batch{product: p, count: count, nextA: nextA, nextB: nextB, nextC: nextC})
}

// batch is a batch of products as a task: each chunk is some of the products or,
// where they share C, a band of its rows in all of them.
type batch struct {
	product
	count               int
	nextA, nextB, nextC int
	size                int // products, or rows, of a chunk
}

func shareBatch(b batch) {
	w := takeWorkspace()
	w.batch = b
	Parallel(&w.batch, w.batch.plan(runtime.GOMAXPROCS(0)))
	w.batch = batch{} // keep nobody's memory alive
	giveWorkspace(w)
}

// plan chooses the size of a chunk, and returns how many there are.
func (s *batch) plan(procs int) (chunks int) {
	flop := float64(s.count) * s.flop()
	chunks = 1
	if flop >= parallelFLOP/4 && procs > 1 { // small products do far fewer a second than large ones
		chunks = max(procs, min(4*procs, int(flop/4e6)))
	}
	units, unit := s.count, 1
	if s.nextC == 0 {
		units, unit = (s.m+7)/8, 8 // whole tiles
	}
	s.size = (units + chunks - 1) / chunks * unit
	return (units*unit + s.size - 1) / s.size
}

// Run implements Task.
func (s *batch) Run(chunk int) {
	at := chunk * s.size
	if s.nextC == 0 {
		for i := range s.count {
			p := s.at(i)
			p = p.part(at, min(s.size, s.m-at), 0, s.n)
			p.compute()
		}
		return
	}
	for i := at; i < min(at+s.size, s.count); i++ {
		p := s.at(i)
		p.compute()
	}
}

// at returns product i.
func (s *batch) at(i int) product {
	p := s.product
	p.a.data, p.b, p.c = p.a.data[i*s.nextA:], p.b[i*s.nextB:], p.c[i*s.nextC:]
	return p
}
