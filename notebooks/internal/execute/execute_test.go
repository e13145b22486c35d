//go:build unix

package execute

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"descent/notebooks/internal/setuptest"
)

// TestCourseRepeats executes every notebook, and compares with what is committed. The solutions are a test of package
// exercise: go test stops a package after ten minutes.
func TestCourseRepeats(t *testing.T) {
	clone := setuptest.Clone(t)
	setuptest.ReadSources(t, clone)
	notebooks, err := Find(clone.Notebooks(), nil)
	if err != nil {
		t.Fatal(err)
	}
	notebooks = slices.DeleteFunc(notebooks, func(n Notebook) bool { return strings.HasPrefix(n.Name, "solutions/") })
	if err := Check(t.Context(), clone, notebooks); err != nil {
		t.Error(err)
	}
}

// own returns a notebook of testdata.
func own(name string) Notebook {
	return Notebook{Name: name, Path: filepath.Join("testdata", name+".ipynb")}
}

func TestFailingCellIsNamed(t *testing.T) {
	clone := setuptest.Clone(t)
	for _, test := range []struct {
		notebook string
		cell     int
		reason   string
	}{
		{"compile-error", 2, "undefined: undefinedName"},
		{"panics", 1, "panic: out of luck"},
		{"unknown-magic", 2, `"%nosuchmagic" unknown`},
		{"failing-command", 2, "a shell command failed: ls: "},
		{"failing-test", 1, "two is not three"},
	} {
		t.Run(test.notebook, func(t *testing.T) {
			_, err := Execute(t.Context(), clone, own(test.notebook), func(int, int) {})
			var failure *Failure
			if !errors.As(err, &failure) {
				t.Fatalf("got error %v, want a *Failure", err)
			}
			if failure.Notebook != test.notebook || failure.Cell != test.cell || !strings.Contains(failure.Reason, test.reason) {
				t.Errorf("got %v, want %s, cell %d, a reason with %q", failure, test.notebook, test.cell, test.reason)
			}
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("error has more than one line: %q", err)
			}
		})
	}
}

// TestNotebookIsWrittenInOneForm executes a notebook whose cells mix text and pictures, draw random ids, print the time
// and print paths; but for the time, which is tagged, it must come out as it is committed.
func TestNotebookIsWrittenInOneForm(t *testing.T) {
	clone := setuptest.Clone(t)
	committed, err := os.ReadFile(own("good").Path)
	if err != nil {
		t.Fatal(err)
	}
	cells := 0
	executed, err := Execute(t.Context(), clone, own("good"), func(cell, of int) { cells = cell }, "--keep-varying")
	if err != nil {
		t.Fatal(err)
	}
	if cells != 7 {
		t.Errorf("progress ended at cell %d, want 7", cells)
	}
	if err := Compare("good", committed, executed); err != nil {
		t.Error(err)
	}
	written, err := Execute(t.Context(), clone, own("good"), func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(written, committed) {
		t.Error("the cell that prints the time printed what it had printed before")
	}
	for _, unwanted := range []string{clone.Root, "execution\":", "iopub", "/tmp/"} {
		if bytes.Contains(written, []byte(unwanted)) {
			t.Errorf("the notebook as written holds %q", unwanted)
		}
	}
}

// TestMistakesPrintWhatTheirPageSays makes the mistakes of notebooks/errors.md in the kernel, and looks for each message
// that the page quotes.
func TestMistakesPrintWhatTheirPageSays(t *testing.T) {
	clone := setuptest.Clone(t)
	executed, err := Execute(t.Context(), clone, own("mistakes"), func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	var notebook notebookFile
	if err := json.Unmarshal(executed, &notebook); err != nil {
		t.Fatal(err)
	}
	printed := ""
	for i := range notebook.Cells {
		printed += strings.Join(pieces(notebook, i), "\n") + "\n"
	}
	page, err := os.ReadFile(filepath.Join(clone.Notebooks(), "errors.md"))
	if err != nil {
		t.Fatal(err)
	}
	messages := regexp.MustCompile("(?m)^\\| `([^`]+)` \\|").FindAllStringSubmatch(string(page), -1)
	if len(messages) < 10 {
		t.Errorf("the page has %d messages, want 10 or more", len(messages))
	}
	for _, m := range messages {
		if !strings.Contains(printed, m[1]) {
			t.Errorf("no mistake prints %q", m[1])
		}
	}
}

func TestWriteChangesTheFileOnlyWhenItsContentChanges(t *testing.T) {
	clone := *setuptest.Clone(t)
	clone.Out = io.Discard
	text, err := os.ReadFile(own("compile-error").Path)
	if err != nil {
		t.Fatal(err)
	}
	n := Notebook{"n", filepath.Join(t.TempDir(), "n.ipynb")}
	text = bytes.ReplaceAll(text, []byte("undefinedName"), []byte("1 + 1"))
	if err := os.WriteFile(n.Path, text, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := Check(t.Context(), &clone, []Notebook{n}); err == nil {
		t.Error("Check finds nothing in a notebook that was never executed")
	}
	if now, _ := os.ReadFile(n.Path); !bytes.Equal(now, text) {
		t.Error("Check wrote to the file")
	}
	if err := Write(t.Context(), &clone, []Notebook{n}); err != nil {
		t.Fatal(err)
	}
	first, err := os.Stat(n.Path)
	if err != nil {
		t.Fatal(err)
	}
	if err := Check(t.Context(), &clone, []Notebook{n}); err != nil {
		t.Errorf("Check differs from what Write wrote: %v", err)
	}
	if err := Write(t.Context(), &clone, []Notebook{n}); err != nil {
		t.Fatal(err)
	}
	second, err := os.Stat(n.Path)
	if err != nil {
		t.Fatal(err)
	}
	if !os.SameFile(first, second) || !first.ModTime().Equal(second.ModTime()) {
		t.Error("Write wrote a file whose content had not changed")
	}
}

func TestInterruptLeavesNoKernel(t *testing.T) {
	clone := setuptest.Clone(t)
	temp := t.TempDir() // the kernel's connection file and gopls's socket lie here, which tells them from others
	t.Setenv("TMPDIR", temp)
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(4*time.Second, cancel)
	_, err := Execute(ctx, clone, own("sleeps"), func(int, int) {
		if !setuptest.Running(temp) {
			t.Error("no kernel is seen while a cell runs: the test can't tell")
		}
	})
	if err == nil || !strings.Contains(err.Error(), "interrupted") {
		t.Errorf("got error %v, want interrupted", err)
	}
	setuptest.WaitGone(t, temp)
}
