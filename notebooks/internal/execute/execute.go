//go:build unix

// Package execute runs the course's notebooks from their first cell to their last through the real kernel, and writes
// them back in one form or compares them with what is there.
package execute

import (
	"bufio"
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"descent/notebooks/internal/setup"
)

// script drives nbclient for one notebook; its head says how to call it.
//
//go:embed execute.py
var script string

// AtOnce is how many notebooks are run at the same time.
const AtOnce = 2

// A Failure is a cell that failed.
type Failure struct {
	Notebook string
	Cell     int    // the code cell's number, from 1, as JupyterLab shows it
	Source   string // of the cell
	Reason   string
}

func (f *Failure) Error() string {
	return fmt.Sprintf("%s: cell [%d] fails: %s", f.Notebook, f.Cell, f.Reason)
}

// Write executes notebooks and writes those back whose content has changed. It goes on after a notebook that fails;
// the error joins all.
func Write(ctx context.Context, clone *setup.Clone, notebooks []Notebook) error {
	return each(ctx, clone, notebooks, func(n Notebook, executed []byte) (string, error) {
		committed, err := os.ReadFile(n.Path)
		if err != nil || bytes.Equal(committed, executed) {
			return "unchanged", err
		}
		temp := filepath.Join(clone.Prepared(), fmt.Sprintf("executed-%d.ipynb", os.Getpid()))
		defer os.Remove(temp)
		if err := os.WriteFile(temp, executed, 0o644); err != nil {
			return "", err
		}
		return "written", os.Rename(temp, n.Path)
	})
}

// Check executes notebooks and compares them with what is there; it writes nothing. Outputs of cells tagged "varies"
// are not compared. The error joins all differences and failures.
func Check(ctx context.Context, clone *setup.Clone, notebooks []Notebook) error {
	return each(ctx, clone, notebooks, func(n Notebook, executed []byte) (string, error) {
		committed, err := os.ReadFile(n.Path)
		if err != nil {
			return "", err
		}
		return "repeats", Compare(n.Name, committed, executed)
	}, "--keep-varying")
}

// each executes notebooks, AtOnce at a time, and hands what came out to then.
func each(ctx context.Context, clone *setup.Clone, notebooks []Notebook, then func(Notebook, []byte) (string, error), options ...string) error {
	board := newBoard(clone.Out)
	errs := make([]error, len(notebooks))
	var wait sync.WaitGroup
	places := make(chan struct{}, AtOnce)
	for i, n := range notebooks {
		places <- struct{}{}
		if ctx.Err() != nil {
			break
		}
		wait.Go(func() {
			defer func() { <-places }()
			start := time.Now()
			board.at(n.Name, 0, 0)
			executed, err := Execute(ctx, clone, n, func(cell, of int) { board.at(n.Name, cell, of) }, options...)
			how := ""
			if err == nil {
				how, err = then(n, executed)
			}
			switch {
			case ctx.Err() != nil:
				how = "stopped"
			case err != nil:
				how = "FAILED"
			}
			errs[i] = err
			board.done(n.Name, how, time.Since(start))
		})
	}
	wait.Wait()
	if ctx.Err() != nil {
		return errors.New("interrupted: notebooks that had not ended are as they were")
	}
	return errors.Join(errs...)
}

// Execute runs one notebook and returns it as it should be written. Before each cell it calls progress.
// A cell that fails ends the run with a *Failure.
func Execute(ctx context.Context, clone *setup.Clone, n Notebook, progress func(cell, of int), options ...string) ([]byte, error) {
	dir, err := os.MkdirTemp("", "descent-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	target := filepath.Join(dir, "executed.ipynb")
	cmd := exec.CommandContext(ctx, clone.Python(), append([]string{"-c", script, n.Path, target}, options...)...)
	cmd.Env = append(clone.Environ(), "DESCENT_UNATTENDED=1") // no one moves sliders, and no one's progress is kept
	setup.Group(cmd)
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	messages, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	var failure *Failure
	for lines := bufio.NewScanner(messages); lines.Scan(); {
		var m struct {
			Cell, Of, Failed int
			Source, Error    string
		}
		if json.Unmarshal(lines.Bytes(), &m) != nil {
			continue
		}
		if m.Failed > 0 {
			failure = &Failure{n.Name, m.Failed, m.Source, m.Error}
		} else {
			progress(m.Cell, m.Of)
		}
	}
	err = cmd.Wait()
	switch {
	case ctx.Err() != nil:
		return nil, fmt.Errorf("%s: interrupted", n.Name)
	case failure != nil:
		return nil, failure
	case err != nil:
		text := strings.TrimSpace(complaints.String())
		return nil, fmt.Errorf("%s: can't be executed (%v): %s (the kernel's log: %s)",
			n.Name, err, text[strings.LastIndexByte(text, '\n')+1:], clone.KernelLog())
	}
	return os.ReadFile(target)
}
