//go:build unix

package setup

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// A step makes one part of the prepared folder. It is done when the hash of its inputs is in its stamp, which is
// written last; a step that was interrupted has no stamp and is made anew in a fresh place.
type step struct {
	name   string   // what it is called on screen, in .descent/stamps and, if folder is set, in .descent
	folder bool     // the step makes the folder .descent/<name>
	title  string   // what the line on screen says
	inputs []string // all that the result depends on

	// usable reports whether what the step made still works, for what can break without the inputs changing.
	// nil means it can't.
	usable func() bool

	// make does the work. dir is an empty folder to make the result in; it is moved to its place afterwards.
	make func(ctx context.Context, dir string, p *progress) error
}

// Prepare brings all steps up to date. It returns at once if they are.
func (c *Clone) Prepare(ctx context.Context) error {
	steps, err := c.steps(ctx)
	if err != nil {
		return err
	}
	if len(c.stale(steps)) == 0 {
		return nil
	}
	unlock, err := c.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	stale := c.stale(steps) // again: another process may have done the work while we waited
	if len(stale) == 0 {
		return nil
	}
	if err := checkDisk(c.Prepared(), neededSpace(stale)); err != nil {
		return err
	}
	return c.do(ctx, stale)
}

// do makes the steps one after the other.
func (c *Clone) do(ctx context.Context, steps []step) error {
	fmt.Fprintf(c.Out, "Preparing %s\n", c.Prepared())
	start := time.Now()
	// What an interrupted set-up left. A child of it may still be writing there and keep some; the steps use new names.
	os.RemoveAll(c.Prepared("unfinished"))
	for _, s := range steps {
		p := newProgress(c.Out, s.title)
		err := c.doStep(ctx, s, p)
		p.end(err)
		if ctx.Err() != nil {
			return errors.New("interrupted: run the same command again to go on")
		}
		if err != nil {
			return err
		}
	}
	fmt.Fprintf(c.Out, "Ready in %.1f s\n", time.Since(start).Seconds())
	return nil
}

// doStep makes one step in a fresh folder, moves it to its place and stamps it.
func (c *Clone) doStep(ctx context.Context, s step, p *progress) error {
	if err := os.MkdirAll(c.Prepared("unfinished"), 0o777); err != nil {
		return err
	}
	dir, err := os.MkdirTemp(c.Prepared("unfinished"), s.name+"-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := os.Chmod(dir, 0o755); err != nil {
		return err
	}
	if err := s.make(ctx, dir, p); err != nil {
		return err
	}
	if err := os.RemoveAll(c.stamp(s)); err != nil {
		return err
	}
	if s.folder {
		if err := os.RemoveAll(c.Prepared(s.name)); err != nil {
			return err
		}
		if err := os.Rename(dir, c.Prepared(s.name)); err != nil {
			return err
		}
	}
	return writeWhole(c.stamp(s), s.hash())
}

// stale returns the steps that have to be done.
func (c *Clone) stale(steps []step) []step {
	var stale []step
	for _, s := range steps {
		if c.state(s) != ready {
			stale = append(stale, s)
		}
	}
	return stale
}

// The states of a step.
const (
	ready   = "ready"
	missing = "missing"
	changed = "made from something that has changed since"
	broken  = "broken"
)

// state returns the state of a step.
func (c *Clone) state(s step) string {
	stamp, err := os.ReadFile(c.stamp(s))
	switch {
	case err != nil:
		return missing
	case string(stamp) != s.hash():
		return changed
	case s.folder && !exists(c.Prepared(s.name)), s.usable != nil && !s.usable():
		return broken
	}
	return ready
}

func (c *Clone) stamp(s step) string { return c.Prepared("stamps", s.name) }

// hash returns a hash of the inputs.
func (s step) hash() string {
	h := sha256.New()
	for _, input := range s.inputs {
		fmt.Fprintf(h, "%d %s\n", len(input), input)
	}
	return fmt.Sprintf("%x\n", h.Sum(nil))
}

// content returns the contents of files, for a step's inputs. A missing file counts as empty.
func content(paths ...string) string {
	var all []byte
	for _, path := range paths {
		text, _ := os.ReadFile(path)
		all = fmt.Appendf(all, "%d\n%s", len(text), text)
	}
	return string(all)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// writeWhole writes a file so that it is there whole or not at all.
func writeWhole(path, text string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	temp := path + ".new"
	if err := os.WriteFile(temp, []byte(text), 0o666); err != nil {
		return err
	}
	return os.Rename(temp, path)
}

// lock waits until no other process prepares this clone. The system gives the lock back when a process ends, however
// it ends.
func (c *Clone) lock(ctx context.Context) (unlock func(), err error) {
	if err := os.MkdirAll(c.Prepared(), 0o777); err != nil {
		return nil, fmt.Errorf("can't write to the clone: %w", err)
	}
	file, err := os.OpenFile(c.Prepared("lock"), os.O_CREATE|os.O_RDWR, 0o666)
	if err != nil {
		return nil, fmt.Errorf("can't write to the clone: %w", err)
	}
	for waiting := false; ; waiting = true {
		err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return func() { file.Close() }, nil
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			file.Close()
			return nil, fmt.Errorf("can't lock %s: %w", file.Name(), err)
		}
		if !waiting {
			fmt.Fprintln(c.Out, "Waiting for another process that prepares this clone")
		}
		select {
		case <-ctx.Done():
			file.Close()
			return nil, errors.New("interrupted while waiting for another process that prepares this clone")
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// neededSpace returns the free bytes that steps need at most, with what they add to the caches of Go and pip.
func neededSpace(steps []step) uint64 {
	need := uint64(100e6)
	for _, s := range steps {
		if s.name == "python" || s.name == "tools" || s.name == "modules" {
			need += 500e6
		}
	}
	return need
}

// checkDisk returns an error if there is too little room at dir.
func checkDisk(dir string, need uint64) error {
	var fs syscall.Statfs_t
	if err := syscall.Statfs(dir, &fs); err != nil {
		return nil // the system doesn't say: go on and see
	}
	if free := uint64(fs.Bavail) * uint64(fs.Bsize); free < need {
		return fmt.Errorf("only %d MB free at %s, want %d MB: make room, then run the same command again",
			free/1e6, dir, need/1e6)
	}
	return nil
}
