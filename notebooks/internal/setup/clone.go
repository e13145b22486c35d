//go:build unix

// Package setup prepares, inside a clone of the repository, all that the notebooks need: a Python environment with
// JupyterLab, the GoNB kernel, the Go tools that the kernel calls, and the settings that tie them together. Everything
// lies in the ignored folder .descent of the clone; only Go's and Python's own caches are used beside it.
//
// The work is a list of steps (see step.go). Each is done once, is noticed when what it was made from changes, and is
// repaired by the next run when it was interrupted.
package setup

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/version"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// A Clone is a clone of the repository on this machine.
type Clone struct {
	Root string    // absolute path of the folder that holds go.mod
	Out  io.Writer // where progress goes; nothing is written to it when there is nothing to prepare

	goTool goTool // filled by findGo
}

// Find returns the clone that dir lies in.
func Find(dir string) (*Clone, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return nil, err
	}
	for root := dir; ; root = filepath.Dir(root) {
		text, err := os.ReadFile(filepath.Join(root, "go.mod"))
		if err == nil && strings.HasPrefix(string(text), "module descent\n") {
			return &Clone{Root: root, Out: os.Stderr}, nil
		}
		if root == filepath.Dir(root) {
			return nil, fmt.Errorf("%s is not inside a clone of Descent: change into the clone's folder first", dir)
		}
	}
}

// Prepared returns a path below the folder that holds all that is prepared.
func (c *Clone) Prepared(elem ...string) string {
	return filepath.Join(append([]string{c.Root, ".descent"}, elem...)...)
}

// Notebooks returns the folder of the notebooks.
func (c *Clone) Notebooks() string { return filepath.Join(c.Root, "notebooks") }

// Python returns the interpreter of the prepared Python environment.
func (c *Clone) Python() string { return c.Prepared("python", "bin", "python") }

// KernelLog and LabLog return the files that the kernels and JupyterLab write their logs to.
func (c *Clone) KernelLog() string { return c.Prepared("log", "kernel.log") }
func (c *Clone) LabLog() string    { return c.Prepared("log", "jupyterlab.log") }

// Environ returns the environment for Python and Jupyter programs. Settings, kernels and data of the user's other
// Jupyters are out of their sight, and what the programs keep stays in the clone.
func (c *Clone) Environ() []string {
	return append(os.Environ(),
		"PYTHONPATH=", "PYTHONHOME=", "PYTHONNOUSERSITE=1", "PYTHONUTF8=1",
		"JUPYTER_CONFIG_PATH=", "JUPYTER_PLATFORM_DIRS=0", "JUPYTER_PREFER_ENV_PATH=0",
		"JUPYTER_PATH="+c.Prepared("jupyter"),
		"JUPYTER_CONFIG_DIR="+c.Prepared("jupyter", "config"),
		"JUPYTER_DATA_DIR="+c.Prepared("state"),
		"JUPYTER_RUNTIME_DIR="+c.Prepared("state", "runtime"),
		"JUPYTERLAB_SETTINGS_DIR="+c.Prepared("state", "settings"),
		"JUPYTERLAB_WORKSPACES_DIR="+c.Prepared("state", "workspaces"),
		"IPYTHONDIR="+c.Prepared("state", "ipython"),
	)
}

// goTool is what `go env` says of the Go that the clone is built with.
type goTool struct{ GOVERSION, GOROOT, GOMODCACHE, GOCACHE string }

// findGo fills c.goTool, or says why there is no fitting Go.
func (c *Clone) findGo(ctx context.Context) error {
	path, err := exec.LookPath("go")
	if err != nil {
		return errors.New("no go on your PATH: install Go from https://go.dev/dl, then open a new terminal")
	}
	cmd := exec.CommandContext(ctx, path, "env", "-json", "GOVERSION", "GOROOT", "GOMODCACHE", "GOCACHE")
	cmd.Dir = c.Root
	text, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("%s env fails: %s", path, reason(err))
	}
	if err := json.Unmarshal(text, &c.goTool); err != nil {
		return fmt.Errorf("%s env answers %q: %w", path, text, err)
	}
	if want := c.goLine(); version.Compare(c.goTool.GOVERSION, want) < 0 {
		return fmt.Errorf("%s is %s, want %s or newer: install it from https://go.dev/dl", path, c.goTool.GOVERSION, want)
	}
	return nil
}

// goLine returns the Go version that go.mod asks for, in the form "go1.26.0".
func (c *Clone) goLine() string {
	text, _ := os.ReadFile(filepath.Join(c.Root, "go.mod"))
	for line := range strings.Lines(string(text)) {
		if v, ok := strings.CutPrefix(line, "go "); ok {
			return "go" + strings.TrimSpace(v)
		}
	}
	return "go1.26.0"
}

// reason returns what a failed command said, or else its error, in one line.
func reason(err error) string {
	var exit *exec.ExitError
	if errors.As(err, &exit) && len(exit.Stderr) > 0 {
		return lastLine(string(exit.Stderr))
	}
	return err.Error()
}

// lastLine returns the last line of text that is not empty.
func lastLine(text string) string {
	text = strings.TrimSpace(text)
	return strings.TrimSpace(text[strings.LastIndexByte(text, '\n')+1:])
}
