//go:build unix

package execute

import (
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"descent/notebooks/internal/setup"
)

// board shows the notebooks that are running, a line each, below the lines of those that are done. Where there is no
// terminal it writes only the latter.
type board struct {
	mu      sync.Mutex
	out     io.Writer
	live    bool // out is a terminal
	running []entry
}

type entry struct {
	name     string
	cell, of int
}

func newBoard(out io.Writer) *board {
	return &board{out: out, live: setup.IsTerminal(out)}
}

// at shows that a notebook is at a cell.
func (b *board) at(name string, cell, of int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.clear()
	i := slices.IndexFunc(b.running, func(e entry) bool { return e.name == name })
	if i < 0 {
		i = len(b.running)
		b.running = append(b.running, entry{})
	}
	b.running[i] = entry{name, cell, of}
	b.draw()
}

// done replaces a notebook's line by how it ended.
func (b *board) done(name, how string, took time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.clear()
	b.running = slices.DeleteFunc(b.running, func(e entry) bool { return e.name == name })
	fmt.Fprintf(b.out, "  %-44s %-10s %6.1f s\n", name, how, took.Seconds())
	b.draw()
}

// clear removes the lines of running notebooks from the terminal, draw writes them.
func (b *board) clear() {
	if b.live && len(b.running) > 0 {
		fmt.Fprintf(b.out, "\x1b[%dA\x1b[J", len(b.running))
	}
}

func (b *board) draw() {
	if !b.live {
		return
	}
	for _, e := range b.running {
		if e.of == 0 {
			fmt.Fprintf(b.out, "  %-44s starting\n", e.name)
		} else {
			fmt.Fprintf(b.out, "  %-44s cell %d of %d\n", e.name, e.cell, e.of)
		}
	}
}
