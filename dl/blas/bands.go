package blas

import "runtime"

// parallelFLOP is the size from which a product is shared among goroutines.
const parallelFLOP = 1e6

// bands is a product as a task: each chunk is a band of columns of C, or of rows.
// A band packs what it needs of A and B itself.
type bands struct {
	product
	byColumns bool
	size      int // columns or rows of a band
}

// share runs the product on several goroutines, or on this one where no other is
// to be had.
func (p *product) share(w *workspace) {
	w.bands.product = *p
	if !share(&w.bands, w.bands.plan(runtime.GOMAXPROCS(0))) {
		p.compute()
	}
	w.bands.product = product{} // keep nobody's memory alive
}

// plan chooses the bands and returns how many there are. A large product gets four
// for each of procs goroutines, so that one that is held up can be helped out. Bands of
// columns pack each part of B once, but they must not be narrow.
func (s *bands) plan(procs int) (chunks int) {
	flop := s.flop()
	chunks = procs * max(1, min(4, int(flop/8e6)/procs))
	s.byColumns = s.n >= s.m || s.n >= 48*chunks
	length, least := s.m, 32
	if s.byColumns {
		length, least = s.n, 48
	}
	s.size = max(least, ((length+chunks-1)/chunks+7)&^7) // whole tiles, but for the last
	return (length + s.size - 1) / s.size
}

// Run implements Task.
func (s *bands) Run(chunk int) {
	at := chunk * s.size
	var p product
	if s.byColumns {
		p = s.part(0, s.m, at, min(s.size, s.n-at))
	} else {
		p = s.part(at, min(s.size, s.m-at), 0, s.n)
	}
	p.compute()
}
