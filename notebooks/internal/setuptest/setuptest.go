//go:build unix

// Package setuptest gives tests a clone in which everything is prepared.
package setuptest

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"descent/notebooks/internal/setup"
)

// Clone prepares the clone that the test lies in and returns it. It skips the test under -short.
func Clone(t *testing.T) *setup.Clone {
	t.Helper()
	if testing.Short() {
		t.Skip("needs Python and the kernel")
	}
	clone, err := setup.Find(".")
	if err != nil {
		t.Fatal(err)
	}
	clone.Out = terminal()
	if err := clone.Prepare(t.Context()); err != nil {
		t.Fatal(err)
	}
	return clone
}

// ReadSources reads all that notebooks are compiled from, so that go test sees it and does not answer from its cache
// when something changed.
func ReadSources(t *testing.T, clone *setup.Clone) {
	t.Helper()
	err := filepath.WalkDir(clone.Root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && strings.HasPrefix(d.Name(), ".") {
			return fs.SkipDir
		}
		if !d.IsDir() {
			_, err = os.ReadFile(path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// terminal returns a writer whose text is seen while tests run: what they print themselves `go test` holds back until
// they end.
func terminal() io.Writer {
	for _, path := range []string{"/dev/tty", fmt.Sprintf("/proc/%d/fd/2", os.Getppid())} {
		info, err := os.Stat(path)
		if err != nil || info.Mode()&(os.ModeCharDevice|os.ModeNamedPipe) == 0 {
			continue // a plain file: a second writer would overwrite what go test writes
		}
		if file, err := os.OpenFile(path, os.O_WRONLY, 0); err == nil {
			return file
		}
	}
	return os.Stderr
}

// WaitGone fails the test if, after a while, there still is a process whose command line holds text.
func WaitGone(t *testing.T, text string) {
	t.Helper()
	var left string
	for range 100 {
		if left = running(text); left == "" {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Errorf("still running: %s", left)
}

// Running reports whether there is a process whose command line holds text.
func Running(text string) bool { return running(text) != "" }

func running(text string) string {
	if runtime.GOOS != "linux" { // where there is no /proc, but ps
		lines, _ := exec.Command("ps", "-axo", "command").Output()
		for line := range strings.Lines(string(lines)) {
			if strings.Contains(line, text) {
				return line
			}
		}
		return ""
	}
	paths, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, path := range paths {
		line, _ := os.ReadFile(path)
		if words := strings.ReplaceAll(string(line), "\x00", " "); strings.Contains(words, text) {
			return words
		}
	}
	return ""
}
