package blas

// rowwise is a function of each row of a matrix as a task: a chunk is a band of
// rows.
type rowwise struct {
	f         rowFunction
	dst, x, b []float64 // x and b as f needs them
	rows      []int     // of x, for gather
	cols      int
	band      int // numbers in a band
}

type rowFunction int

const (
	fAddRow rowFunction = iota
	fAddRowReLU
	fSoftmax
	fGather
)

// rowwiseBand is how many numbers at least are worth a chunk, and twice as many are
// worth sharing.
const rowwiseBand = 1 << 15

func shareRows(r rowwise) {
	w := takeWorkspace()
	r.band = (rowwiseBand + r.cols - 1) / r.cols * r.cols
	w.rowwise = r
	Parallel(&w.rowwise, (len(r.dst)+r.band-1)/r.band)
	w.rowwise = rowwise{} // keep nobody's memory alive
	giveWorkspace(w)
}

// Run implements Task.
func (r *rowwise) Run(chunk int) {
	from := chunk * r.band
	to := min(from+r.band, len(r.dst))
	switch r.f {
	case fSoftmax:
		softmaxPass(r.dst[from:to], r.x[from:to], r.cols)
	case fGather:
		gatherPass(r.dst[from:to], r.x, r.rows[from/r.cols:to/r.cols], r.cols)
	default:
		addRowPass(r.dst[from:to], r.cols, r.b, r.f == fAddRowReLU)
	}
}

// GatherRows sets row i of dst to row rows[i] of src; both have cols columns.
func GatherRows(dst, src []float64, rows []int, cols int) {
	sameLength("GatherRows", len(dst), len(rows)*cols)
	if len(dst) < 2*rowwiseBand {
		gatherPass(dst, src, rows, cols)
	} else {
		shareRows(rowwise{f: fGather, dst: dst, x: src, rows: rows, cols: cols})
	}
}

func gatherPass(dst, src []float64, rows []int, cols int) {
	for i, k := range rows {
		copy(dst[i*cols:(i+1)*cols], src[k*cols:(k+1)*cols])
	}
}
