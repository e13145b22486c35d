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
	defer func() { crew.pause, crew.alone, crew.balance = 0, time.Time{}, 0 }()
	crew.pause, crew.alone, crew.balance = 0, time.Time{}, 0
	now := time.Now()
	judge(now, -debt)
	if !crew.alone.IsZero() {
		t.Fatal("a pause for no more than the debt allowed")
	}
	judge(now, -1)
	if want := now.Add(pauseMin); !crew.alone.Equal(want) {
		t.Errorf("alone until %v, want %v", crew.alone, want)
	}
	judge(now, -2*debt)
	if crew.pause != 2*pauseMin {
		t.Errorf("pause %v after the second time, want %v", crew.pause, 2*pauseMin)
	}
	for range credit/each + 1 {
		judge(now, credit)
	}
	judge(now, -credit)
	if crew.pause != 0 {
		t.Errorf("pause %v although the crew saved as much as it then lost", crew.pause)
	}
}
