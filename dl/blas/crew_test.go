package blas

import (
	"runtime"
	"sync/atomic"
	"testing"
	"time"
)

// counted counts how often each chunk runs, and panics in one.
type counted struct {
	runs  []atomic.Int32
	fails int
}

func (c *counted) Run(chunk int) {
	c.runs[chunk].Add(1)
	time.Sleep(10 * time.Microsecond)
	if chunk == c.fails {
		panic("chunk failed")
	}
}

func TestParallelRunsEachChunkOnce(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4))
	for range 50 {
		crew.alone = time.Time{}
		c := &counted{make([]atomic.Int32, 37), -1}
		Parallel(c, len(c.runs))
		for i := range c.runs {
			if n := c.runs[i].Load(); n != 1 {
				t.Fatalf("chunk %d ran %d times", i, n)
			}
		}
	}
}

func TestParallelWithinATaskWorksAlone(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4))
	crew.alone = time.Time{}
	inner := &counted{make([]atomic.Int32, 5), -1}
	Parallel(nested{inner}, 8)
	for i := range inner.runs {
		if n := inner.runs[i].Load(); n != 8 {
			t.Errorf("inner chunk %d ran %d times, want 8", i, n)
		}
	}
}

type nested struct{ inner *counted }

func (n nested) Run(int) { Parallel(n.inner, len(n.inner.runs)) }

func TestPanicInAChunkReachesTheCaller(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4))
	for range 20 {
		crew.alone = time.Time{}
		func() {
			defer func() {
				if r := recover(); r != "chunk failed" {
					t.Errorf("recovered %v", r)
				}
			}()
			c := &counted{make([]atomic.Int32, 9), 3}
			Parallel(c, len(c.runs))
			t.Error("Parallel returned")
		}()
	}
	c := &counted{make([]atomic.Int32, 9), -1}
	Parallel(c, len(c.runs)) // the crew works on
}

func TestCallersWorkAloneWhileTheCrewDoesNotPay(t *testing.T) {
	defer func(pause time.Duration, alone time.Time) { crew.pause, crew.alone, crew.streak = pause, alone, 0 }(crew.pause, crew.alone)
	crew.pause, crew.alone, crew.streak = 0, time.Time{}, 0
	start := time.Now()
	chunk := 20 * time.Microsecond
	for range patience { // 2 chunks, both done by the caller
		judge(start, start.Add(2*chunk), start.Add(2*chunk), 2, 2)
	}
	if !crew.alone.IsZero() {
		t.Fatal("a pause after no more than what patience allows")
	}
	judge(start, start.Add(2*chunk), start.Add(2*chunk), 2, 2)
	if want := start.Add(2*chunk + pauseMin); !crew.alone.Equal(want) {
		t.Errorf("alone until %v, want %v", crew.alone, want)
	}
	judge(start, start.Add(chunk), start.Add(chunk+2*late+2*chunk), 1, 2) // much too late: at once, twice as long
	if crew.pause != 2*pauseMin {
		t.Errorf("pause %v, want %v", crew.pause, 2*pauseMin)
	}
	for range punctual + 1 {
		judge(start, start.Add(chunk), start.Add(chunk+1), 1, 2)
	}
	if crew.pause != 0 {
		t.Errorf("pause %v after %d tasks that gained, want 0", crew.pause, punctual+1)
	}
}
