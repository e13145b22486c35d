package blas

import "runtime"

// parallelFLOP is the size from which a product is shared among goroutines.
const parallelFLOP = 1e6

// bands is a product as a task: each chunk is a band of rows of C, or a band of
// columns. Each band packs what it needs itself, so bands of columns where packing
// B is the dear part, else of rows.
type bands struct {
	product
	byColumns bool
	size      int // rows or columns of a band
}

// plan chooses the bands, and returns how many there are. More than one a
// goroutine, so that one that is held up can be helped out.
func (s *bands) plan() (chunks int) {
	const rowUnit, colUnit = 32, 48 // whole tiles on every path
	rowUnits, colUnits := (s.m+rowUnit-1)/rowUnit, (s.n+colUnit-1)/colUnit
	s.byColumns = colUnits > rowUnits || s.transB && colUnits >= 2
	units, unit := rowUnits, rowUnit
	if s.byColumns {
		units, unit = colUnits, colUnit
	}
	procs := runtime.GOMAXPROCS(0)
	flop := 2 * float64(s.m) * float64(s.n) * float64(s.k)
	chunks = min(units, max(procs, min(4*procs, int(flop/4e6))))
	s.size = (units + chunks - 1) / chunks * unit
	if s.byColumns {
		return (s.n + s.size - 1) / s.size
	}
	return (s.m + s.size - 1) / s.size
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
	w := takeWorkspace()
	p.compute(w)
	giveWorkspace(w)
}
