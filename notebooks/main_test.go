//go:build unix

package main

import (
	"bufio"
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"descent/notebooks/internal/setuptest"
)

// copyClone copies what a clone consists of, without the course's notebooks, and puts a notebook of testdata in their place.
func copyClone(t *testing.T, from, to string) {
	t.Helper()
	err := filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		name, _ := filepath.Rel(from, path)
		switch {
		case err != nil:
			return err
		case d.IsDir() && strings.HasPrefix(d.Name(), ".") && name != ".":
			return fs.SkipDir
		case d.IsDir():
			return os.MkdirAll(filepath.Join(to, name), 0o777)
		case !d.Type().IsRegular() || strings.HasSuffix(name, ".ipynb") && !strings.Contains(name, "internal"):
			return nil
		}
		return copyFile(path, filepath.Join(to, name))
	})
	if err == nil {
		err = copyFile(filepath.Join(from, "notebooks/internal/execute/testdata/good.ipynb"), filepath.Join(to, "notebooks/01-good.ipynb"))
	}
	if err != nil {
		t.Fatal(err)
	}
}

func copyFile(from, to string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, text, 0o666)
}

// fakeUV stands in for uv, so that the set-up needs no network: it installs by copying an environment that is there.
const fakeUV = `#!/bin/sh
case "$1" in
venv)
	for dir; do :; done # the last argument
	mkdir -p "$dir" ;;
pip) # install --require-hashes --python <dir>/bin/python …
	cp -a "$PREPARED/." "${5%/bin/python}" ;;
esac
`

// TestKilledSetUpIsRepairedAndAPreparedCloneMoves kills the set-up of a new clone at several points, each time without
// mercy and with its children left behind; lets two at once finish it; moves the clone; and goes on without network.
func TestKilledSetUpIsRepairedAndAPreparedCloneMoves(t *testing.T) {
	clone := setuptest.Clone(t) // fills Go's caches
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	launcher := filepath.Join(dir, "launcher")
	if text, err := exec.Command("go", "build", "-buildvcs=false", "-o", launcher, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	root := filepath.Join(dir, "clone")
	copyClone(t, clone.Root, root)
	tools := t.TempDir()
	if err := os.WriteFile(filepath.Join(tools, "uv"), []byte(fakeUV), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", tools+":"+os.Getenv("PATH"))
	t.Setenv("PREPARED", clone.Prepared("python"))

	for _, point := range []string{"Preparing", "Python environment", "gopls and goimports"} {
		cmd := exec.Command(launcher, "run", "-check")
		cmd.Dir = root
		stderr, err := cmd.StderrPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		said := ""
		for lines := bufio.NewScanner(stderr); !strings.Contains(said, point) && lines.Scan(); {
			said += lines.Text() + "\n"
		}
		time.Sleep(100 * time.Millisecond) // into the next step
		cmd.Process.Kill()
		cmd.Wait()
		if !strings.Contains(said, point) {
			t.Fatalf("the set-up never came to %q: %s", point, said)
		}
	}

	var second bytes.Buffer
	other := exec.Command(launcher, "run", "-check", "1")
	other.Dir, other.Stdout, other.Stderr = root, &second, &second
	first := exec.Command(launcher, "run", "-check", "good")
	first.Dir = root
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	text, err := first.CombinedOutput()
	if err != nil {
		t.Errorf("after kills the set-up fails: %v: %s", err, text)
	}
	if err := other.Wait(); err != nil {
		t.Errorf("a second set-up at the same time fails: %v: %s", err, &second)
	}
	both := string(text) + second.String()
	if strings.Count(both, "Ready in") != 1 || strings.Count(both, "Waiting for another") != 1 {
		t.Errorf("of two set-ups one should do the work and one wait: %s", both)
	}
	if strings.Contains(both, "Python environment") {
		t.Errorf("a step that was finished before the kill was done again: %s", both)
	}

	setuptest.WaitGone(t, root)
	moved := filepath.Join(dir, "moved clone")
	if err := os.Rename(root, moved); err != nil {
		t.Fatal(err)
	}
	const nobody = "http://127.0.0.1:9"
	for _, args := range [][]string{{"run", "-check", "01-good"}, {"doctor"}, {"run", "-check"}} {
		cmd := exec.Command(launcher, args...)
		cmd.Dir = filepath.Join(moved, "notebooks")
		cmd.Env = append(os.Environ(), "GOPROXY=off", "PIP_INDEX_URL="+nobody, "PIP_NO_INDEX=1", "UV_OFFLINE=1",
			"HTTP_PROXY="+nobody, "HTTPS_PROXY="+nobody)
		text, err := cmd.CombinedOutput()
		if err != nil {
			t.Errorf("%v, moved and without network: %v: %s", args, err, text)
		}
		if strings.Contains(string(text), root) || strings.Contains(string(text), "Python environment   ") {
			t.Errorf("%v does work again or names the old place: %s", args, text)
		}
	}
}

func TestKernelIsInstalledForTheUsersOwnJupyterAndRemoved(t *testing.T) {
	clone := setuptest.Clone(t)
	data := t.TempDir()
	t.Setenv("JUPYTER_DATA_DIR", data)
	if err := command(t.Context(), []string{"kernel"}); err != nil {
		t.Fatal(err)
	}
	spec, err := os.ReadFile(filepath.Join(data, "kernels", "descent", "kernel.json"))
	if err != nil || !strings.Contains(string(spec), clone.Root) {
		t.Errorf("the kernel's description does not name this clone: %s (%v)", spec, err)
	}
	if err := command(t.Context(), []string{"kernel", "-remove"}); err != nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(filepath.Join(data, "kernels", "*")); len(left) > 0 {
		t.Errorf("removing it leaves %v", left)
	}
}

func TestMistakesAreAnsweredInOneLine(t *testing.T) {
	for _, test := range []struct{ args, want string }{
		{"run no-such-notebook", `no notebook "no-such-notebook"; there are `},
		{"ron", `no command "ron"; there are run, html, prepare, kernel and doctor`},
		{"run -chek", "flag provided but not defined: -chek"},
		{"doctor now", `unexpected argument "now"`},
		{"-port x", "invalid value"},
	} {
		err := command(t.Context(), strings.Fields(test.args))
		if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: got error %q, want one line with %q", test.args, err, test.want)
		}
	}
}
