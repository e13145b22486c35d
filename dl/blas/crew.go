package blas

import (
	"math"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// Task is work in independent chunks, each with an output of its own.
type Task interface {
	Run(chunk int)
}

const (
	spin     = 200 * time.Microsecond // how long an idle worker watches for work before it parks
	credit   = 5 * time.Millisecond   // as much of what the crew has saved counts,
	each     = 100 * time.Microsecond // and as much of it for one task: a chunk may seem long only because its core was taken away;
	debt     = time.Millisecond       // when it has cost so much instead,
	pauseMin = 4 * time.Millisecond   // callers work alone for this long,
	pauseMax = 64 * time.Millisecond  // and twice as long each next time, up to this, until it is in credit
)

// crew are the goroutines that share large tasks with their caller. They persist:
// starting goroutines for each product would cost half of what they save.
//
// Chunks are claimed one at a time, by the caller too. A worker that does not
// answer takes none, so the caller is never held up by more than the chunk that a
// worker has in hand.
var crew struct {
	lock    sync.Mutex          // held by the caller whose task runs
	task    Task                // read only with a claimed chunk in hand
	state   atomic.Uint64       // round<<32 | chunks<<16 | chunks claimed
	done    atomic.Int64        // chunks completed in this round
	failure atomic.Pointer[any] // what a chunk panicked with
	workers []*worker
	alone   time.Time     // until then callers work alone
	pause   time.Duration // the last such pause
	balance time.Duration // time saved, up to credit, less time lost
}

// worker is parked when it waits on wake.
type worker struct {
	parked atomic.Bool
	wake   chan struct{}
}

// Parallel runs chunks 0 to chunks−1 of t, fewer than 65,536, on up to GOMAXPROCS
// goroutines. A caller that finds them busy works alone. Chunks should take some
// 10 µs or more. If a chunk panics, Parallel does, with the same value, when the
// others are done.
func Parallel(t Task, chunks int) {
	if !share(t, chunks) {
		for i := range chunks {
			t.Run(i)
		}
	}
}

// share is Parallel, but returns false, having done nothing, if the caller should
// work alone: there is nobody to share with, the crew is busy, or does not pay.
func share(t Task, chunks int) bool {
	procs := runtime.GOMAXPROCS(0)
	if procs == 1 || chunks == 1 || !crew.lock.TryLock() {
		return false
	}
	defer crew.lock.Unlock()
	start := time.Now()
	if start.Before(crew.alone) {
		return false
	}
	crew.task = t
	crew.done.Store(0)
	round := crew.state.Load()>>32 + 1
	crew.state.Store(round<<32 | uint64(chunks)<<16)
	invite(min(procs, chunks) - 1)
	fastest := time.Duration(math.MaxInt64) // of the caller's chunks but the last, which may be small
	for last := start; ; {
		chunk, ok := work()
		if !ok {
			break
		}
		now := time.Now()
		if chunk < chunks-1 {
			fastest = min(fastest, now.Sub(last))
		}
		last = now
	}
	for i := 1; crew.done.Load() < int64(chunks); i++ {
		if i%64 == 0 {
			runtime.Gosched()
		}
	}
	crew.task = nil
	if failure := crew.failure.Swap(nil); failure != nil {
		panic(*failure)
	}
	if end := time.Now(); fastest < math.MaxInt64 {
		judge(end, fastest*time.Duration(chunks)-end.Sub(start))
	}
	return true
}

// judge enters what a task saved over working alone, and decides whether callers
// had better do that for a while. On a machine busy with something else, a worker
// that loses its core with a chunk in hand costs more than it brings.
func judge(now time.Time, saved time.Duration) {
	crew.balance = min(crew.balance+min(saved, each), credit)
	switch {
	case crew.balance == credit:
		crew.pause = 0
	case crew.balance < -debt:
		crew.pause = max(pauseMin, min(2*crew.pause, pauseMax))
		crew.alone, crew.balance = now.Add(crew.pause), 0
	}
}

// invite wakes the first n workers where they are parked, and starts those that do
// not exist yet.
func invite(n int) {
	for len(crew.workers) < n {
		w := &worker{wake: make(chan struct{}, 1)}
		crew.workers = append(crew.workers, w)
		go w.loop()
	}
	for _, w := range crew.workers[:n] {
		if w.parked.CompareAndSwap(true, false) {
			w.wake <- struct{}{}
		}
	}
}

// work claims a chunk and runs it; false if none is left.
func work() (chunk int, ok bool) {
	for {
		s := crew.state.Load()
		next, chunks := s&0xffff, s>>16&0xffff
		if next >= chunks {
			return 0, false
		}
		if crew.state.CompareAndSwap(s, s+1) { // the round stands until this chunk is done
			runChunk(crew.task, int(next))
			return int(next), true
		}
	}
}

// runChunk runs a chunk. A panic is kept for the caller: in a worker nobody could
// recover it.
func runChunk(t Task, chunk int) {
	defer func() {
		if r := recover(); r != nil {
			failure := r // r itself would then be allocated in every chunk
			crew.failure.CompareAndSwap(nil, &failure)
		}
		crew.done.Add(1)
	}()
	t.Run(chunk)
}

func (w *worker) loop() {
	idle := time.Now()
	for i := 0; ; i++ {
		if _, ok := work(); ok {
			i, idle = 0, time.Now()
			continue
		}
		if i%64 != 63 {
			continue
		}
		runtime.Gosched()
		if time.Since(idle) < spin {
			continue
		}
		w.parked.Store(true)
		if s := crew.state.Load(); s&0xffff < s>>16&0xffff && w.parked.CompareAndSwap(true, false) {
			continue // work came while it was parking
		}
		<-w.wake
		i, idle = 0, time.Now()
	}
}
