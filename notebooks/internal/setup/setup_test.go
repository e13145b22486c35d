//go:build unix

package setup

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// fakePath makes a folder of shell scripts and makes it the PATH.
func fakePath(t *testing.T, scripts map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, body := range scripts {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+body+"\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir)
	return dir
}

// emptyClone returns a clone with nothing in it but a go.mod.
func emptyClone(t *testing.T) (*Clone, *bytes.Buffer) {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module descent\n\ngo 1.26.0\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	return &Clone{Root: dir, Out: &out}, &out
}

func checkError(t *testing.T, err error, want string) {
	t.Helper()
	switch {
	case want == "" && err != nil:
		t.Errorf("got error %q, want none", err)
	case want != "" && err == nil:
		t.Errorf("got no error, want one with %q", want)
	case want != "" && !strings.Contains(err.Error(), want):
		t.Errorf("got error %q, want one with %q", err, want)
	case err != nil && strings.Contains(err.Error(), "\n"):
		t.Errorf("error has more than one line: %q", err)
	}
}

func TestFindGoesUpToTheClone(t *testing.T) {
	c, _ := emptyClone(t)
	deep := filepath.Join(c.Root, "a", "b")
	if err := os.MkdirAll(deep, 0o777); err != nil {
		t.Fatal(err)
	}
	found, err := Find(deep)
	if err != nil || found.Root != c.Root {
		t.Errorf("Find(%s) = %v, %v, want %s", deep, found, err, c.Root)
	}
	_, err = Find("/")
	checkError(t, err, "not inside a clone")
}

func TestPythonIsChosenOrItsLackExplained(t *testing.T) {
	for _, test := range []struct {
		name    string
		scripts map[string]string
		chosen  string
		err     string
	}{
		{"none", nil, "", "no python3 on your PATH"},
		{"good", map[string]string{"python3": "echo Python 3.11 True True"}, "python3", ""},
		{"too old", map[string]string{"python3": "echo Python 3.8 True True"}, "", "is Python 3.8, want 3.10 or newer"},
		{"too old with a newer beside", map[string]string{"python3": "echo Python 3.8 True True", "python3.12": "echo Python 3.12 True True"}, "python3.12", ""},
		{"Debian without python3-venv", map[string]string{"python3": "echo Python 3.11 True False"}, "", "sudo apt install python3-venv"},
		{"Debian without venv at all", map[string]string{"python3": "echo Python 3.11 False False"}, "", "sudo apt install python3-venv"},
		{"Debian without python3-venv but with uv", map[string]string{"python3": "echo Python 3.11 True False", "uv": ""}, "python3", ""},
		{"none but uv, which finds or fetches one", map[string]string{"uv": ""}, ">=3.10,<3.15", ""},
		{"Python 2 under the name python", map[string]string{"python": "echo Python 2.7"}, "", "is not Python 3"},
		{"a shim that leads nowhere", map[string]string{"python3": "echo no version set >&2; exit 127"}, "", "no version set"},
		{"a shim that leads nowhere with another beside", map[string]string{"python3": "exit 127", "python3.10": "echo Python 3.10 True True"}, "python3.10", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := fakePath(t, test.scripts)
			path, err := findPython(t.Context())
			checkError(t, err, test.err)
			if got := strings.TrimPrefix(path, dir+"/"); got != test.chosen {
				t.Errorf("got %q, want %q", got, test.chosen)
			}
		})
	}
}

func TestGoIsFoundOrItsLackExplained(t *testing.T) {
	for _, test := range []struct {
		name    string
		scripts map[string]string
		err     string
	}{
		{"none", nil, "no go on your PATH"},
		{"good", map[string]string{"go": `echo '{"GOVERSION": "go1.26.3"}'`}, ""},
		{"newer", map[string]string{"go": `echo '{"GOVERSION": "go1.30"}'`}, ""},
		{"too old", map[string]string{"go": `echo '{"GOVERSION": "go1.25.9"}'`}, "is go1.25.9, want go1.26.0 or newer"},
		{"too old to know the toolchain", map[string]string{"go": `echo 'invalid go version' >&2; exit 1`}, "invalid go version"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c, _ := emptyClone(t)
			fakePath(t, test.scripts)
			checkError(t, c.findGo(t.Context()), test.err)
		})
	}
}

func TestWhatProgramsSayIsExplained(t *testing.T) {
	for _, test := range []struct{ output, want string }{
		{"OSError: [Errno 28] No space left on device", "no room left on the disk"},
		{"go: writing go.mod cache: write /x: no space left on device", "no room left on the disk"},
		{"dial tcp: lookup proxy: no such host", "no network"},
		{"Retrying after NewConnectionError('Failed to establish a new connection')\nERROR: No matching distribution", "no network"},
		{"ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "not what the lock says"},
		{"The virtual environment was not created successfully because ensurepip is not available.", "sudo apt install python3-venv"},
		{"first\nlast words\n", "pip fails (exit status 1): last words"},
	} {
		checkError(t, explain("pip", test.output, errors.New("exit status 1")), test.want)
	}
}

func TestTooLittleRoomIsSaidBeforehand(t *testing.T) {
	checkError(t, checkDisk(t.TempDir(), 1<<60), "MB free at")
	checkError(t, checkDisk(t.TempDir(), 1), "")
}

// deadServer is an address at which nobody listens.
const deadServer = "http://127.0.0.1:9"

func TestGoWithoutNetworkIsExplained(t *testing.T) {
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("no go")
	}
	c, err := Find(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, proxy := range []string{deadServer, "off"} {
		t.Setenv("GOPROXY", proxy)
		t.Setenv("GOMODCACHE", t.TempDir())
		err := c.modulesStep().make(t.Context(), t.TempDir(), newProgress(&bytes.Buffer{}, ""))
		checkError(t, err, "no network")
	}
}

func TestPipWithoutNetworkIsExplained(t *testing.T) {
	if testing.Short() {
		t.Skip("needs Python")
	}
	python, err := findPython(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c, _ := emptyClone(t)
	lock := filepath.Join(c.Root, "requirements.txt")
	text := "jupyterlab==4.6.6 --hash=sha256:" + strings.Repeat("0", 64) + "\n"
	if err := os.WriteFile(lock, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{
		"PIP_INDEX_URL": deadServer, "PIP_FIND_LINKS": "", "PIP_EXTRA_INDEX_URL": "", "PIP_CONFIG_FILE": os.DevNull, "PIP_NO_INDEX": "0",
		"UV_INDEX_URL": deadServer, "UV_DEFAULT_INDEX": deadServer, "UV_FIND_LINKS": "", "UV_CACHE_DIR": t.TempDir(),
	} {
		t.Setenv(name, value)
	}
	checkError(t, c.install(t.Context(), python, t.TempDir(), lock, newProgress(&bytes.Buffer{}, "")), "no network")
}

// counted returns a step that makes a file and counts how often it did.
func counted(name string, count *int, inputs ...string) step {
	return step{name: name, folder: true, title: name, inputs: inputs, make: func(_ context.Context, dir string, _ *progress) error {
		*count++
		return os.WriteFile(filepath.Join(dir, "made"), nil, 0o666)
	}}
}

func TestStepIsDoneOnceAndAgainWhenItsInputsChange(t *testing.T) {
	c, out := emptyClone(t)
	var a, b int
	does := func(inputA string) {
		t.Helper()
		if err := c.do(t.Context(), c.stale([]step{counted("a", &a, inputA), counted("b", &b, "same")})); err != nil {
			t.Fatal(err)
		}
	}
	for i, test := range []struct {
		input        string
		wantA, wantB int
	}{{"one", 1, 1}, {"one", 1, 1}, {"two", 2, 1}, {"one", 3, 1}} {
		does(test.input)
		if a != test.wantA || b != test.wantB {
			t.Errorf("run %d: steps were made %d and %d times, want %d and %d", i, a, b, test.wantA, test.wantB)
		}
	}
	if err := os.RemoveAll(c.Prepared("b")); err != nil {
		t.Fatal(err)
	}
	does("one")
	if b != 2 {
		t.Errorf("a step whose folder was deleted was not made again")
	}
	for _, want := range []string{"Preparing " + c.Prepared(), "  a ", " s\n", "Ready in "} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("progress lacks %q: %s", want, out)
		}
	}
}

func TestFailedStepLeavesNothingAndIsMadeAnew(t *testing.T) {
	c, out := emptyClone(t)
	fails := true
	s := step{name: "s", folder: true, title: "s", make: func(_ context.Context, dir string, _ *progress) error {
		if _, err := os.Stat(filepath.Join(dir, "half")); err == nil {
			t.Error("the step found what its first attempt had left")
		}
		if err := os.WriteFile(filepath.Join(dir, "half"), nil, 0o666); err != nil {
			return err
		}
		if fails {
			return errors.New("no luck")
		}
		return nil
	}}
	checkError(t, c.do(t.Context(), []step{s}), "no luck")
	if got := c.state(s); got != missing || !strings.Contains(out.String(), "failed") {
		t.Errorf("state after a failure is %q, output %s", got, out)
	}
	fails = false
	checkError(t, c.do(t.Context(), []step{s}), "")
	if got := c.state(s); got != ready {
		t.Errorf("state is %q, want %q", got, ready)
	}
}

func TestTwoSetUpsWaitForEachOther(t *testing.T) {
	c, out := emptyClone(t)
	unlock, err := c.lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	brief, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	_, err = c.lock(brief)
	checkError(t, err, "interrupted while waiting")
	if !strings.Contains(out.String(), "Waiting for another process") {
		t.Errorf("the one that waits doesn't say so: %q", out)
	}
	go func() {
		time.Sleep(300 * time.Millisecond)
		unlock()
	}()
	second, err := c.lock(t.Context())
	if err != nil {
		t.Fatalf("the lock was not given back: %v", err)
	}
	second()
}

func TestInterruptEndsTheWholeCommand(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	start := time.Now()
	err := run(ctx, t.TempDir(), os.Environ(), nil, "sh", "-c", "sleep 60 | sleep 60")
	if err == nil || time.Since(start) > 5*time.Second {
		t.Errorf("got error %v after %v", err, time.Since(start))
	}
}

func TestScriptsFollowAMovedEnvironment(t *testing.T) {
	dir := t.TempDir()
	for path, text := range map[string]string{
		"bin/tool":   "#!/old/place/bin/python\n",
		"bin/binary": "\x00/old/place",
		"pyvenv.cfg": "command = python -m venv /old/place\n",
	} {
		full := filepath.Join(dir, path)
		if err := os.MkdirAll(filepath.Dir(full), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := replacePaths(dir, "/old/place", "/new"); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"bin/tool":   "#!/new/bin/python\n",
		"bin/binary": "\x00/old/place",
		"pyvenv.cfg": "command = python -m venv /new\n",
	} {
		got, err := os.ReadFile(filepath.Join(dir, path))
		if err != nil || string(got) != want {
			t.Errorf("%s is %q (%v), want %q", path, got, err, want)
		}
	}
}
