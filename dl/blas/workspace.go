package blas

import "sync"

// workspace is what one product needs while it runs.
type workspace struct {
	bands     bands
	batch     batch
	vectors   vectors
	optimizer optimizer
	packed    packed
}

// packed holds packed blocks of A and B, α·A, and a block of Dsyrk's diagonal.
type packed struct {
	a, b, scaled, square []float64
}

// Workspaces are kept for good: a sync.Pool would let the collector drop them, and
// a warm product must not allocate.
var (
	workspaceLock sync.Mutex
	workspaces    []*workspace
)

func takeWorkspace() *workspace {
	workspaceLock.Lock()
	defer workspaceLock.Unlock()
	if n := len(workspaces); n > 0 {
		w := workspaces[n-1]
		workspaces = workspaces[:n-1]
		return w
	}
	return new(workspace)
}

func giveWorkspace(w *workspace) {
	workspaceLock.Lock()
	workspaces = append(workspaces, w)
	workspaceLock.Unlock()
}

// grow returns *buf with at least n elements.
func (*packed) grow(buf *[]float64, n int) []float64 {
	if len(*buf) < n {
		*buf = make([]float64, n)
	}
	return *buf
}
