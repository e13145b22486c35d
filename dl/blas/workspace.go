package blas

import "sync"

// workspace is what one product needs while it runs.
type workspace struct {
	bands     bands
	batch     batch
	vectors   vectors
	optimizer optimizer
	rowwise   rowwise
	columns   columns
	packed    packed
}

// packed holds packed blocks of A and B, α·A, and a block of Dsyrk's diagonal.
type packed struct {
	a, b, scaled, square []float64
	a32, b32             []float32 // for float32 products
	c                    []float64 // and a panel of C
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
func grow[T float32 | float64](buf *[]T, n int) []T {
	if len(*buf) < n {
		*buf = make([]T, n)
	}
	return *buf
}
