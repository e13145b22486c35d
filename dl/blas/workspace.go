package blas

import "sync"

// workspace holds the packed blocks of one product while it runs.
type workspace struct {
	a, b []float64
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

// grow returns *buf with at least n elements, old contents kept.
func grow(buf *[]float64, n int) []float64 {
	if len(*buf) < n {
		old := *buf
		*buf = make([]float64, n+n/2)
		copy(*buf, old)
	}
	return *buf
}
