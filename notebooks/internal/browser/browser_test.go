//go:build unix

// Package browser tests the course in a browser, as a learner uses it: a fresh clone is opened with the launcher in a
// real JupyterLab, and the exported site is read. Chromium is Debian's; what drives it is in requirements.txt here.
//
//	go test ./notebooks/internal/browser             all checks; screenshots go to .descent/browser/screenshots
//	go test ./notebooks/internal/browser -run /axe   those whose name matches
//	go test ./notebooks/internal/browser -latency    how long a learner waits, in a table
package browser

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"descent/notebooks/internal/setup"
	"descent/notebooks/internal/setuptest"
	"descent/notebooks/internal/site"
)

var latency = flag.Bool("latency", false, "measure how long a learner waits, in place of the checks")

// chromium returns a browser, or skips the test where there is none. CI has one, or fails.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	const missing = "no Chromium on PATH (on Debian: sudo apt install chromium)"
	if os.Getenv("CI") != "" {
		t.Fatal(missing)
	}
	t.Skip(missing)
	return ""
}

// freshClone copies the clone, with what is prepared in it but without anything that a learner has done. It is always
// at the same place, where Go finds what it has compiled before.
func freshClone(t *testing.T, clone *setup.Clone) string {
	t.Helper()
	root := clone.Prepared("browser", "clone")
	if err := os.RemoveAll(root); err != nil {
		t.Fatal(err)
	}
	prepared := filepath.Join(root, ".descent")
	if err := os.MkdirAll(prepared, 0o777); err != nil {
		t.Fatal(err)
	}
	copied := func(to string, paths ...string) {
		t.Helper()
		if text, err := exec.Command("cp", append(append([]string{"-R", "-p"}, paths...), to)...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, text)
		}
	}
	for _, name := range []string{"go.mod", "go.sum", "dl", "plots", "notebooks"} {
		copied(root, filepath.Join(clone.Root, name))
	}
	for _, name := range []string{"python", "gonb", "tools", "jupyter", "stamps"} {
		copied(prepared, clone.Prepared(name))
	}
	for _, mine := range []string{".progress.json", "index.md", ".ipynb_checkpoints"} {
		os.RemoveAll(filepath.Join(root, "notebooks", mine))
	}
	return root
}

var address = regexp.MustCompile(`http://127\.0\.0\.1:\d+/\S+`)

// launch starts the course as a user does and returns the address that it prints. The test's end ends it.
func launch(t *testing.T, root string) string {
	t.Helper()
	cmd := exec.Command("go", "run", "./notebooks", "-no-browser", "-port", "8899")
	cmd.Dir = root
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	reader, writer := io.Pipe()
	cmd.Stdout, cmd.Stderr = writer, writer
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait(); writer.Close() }()
	t.Cleanup(func() {
		syscall.Kill(-cmd.Process.Pid, syscall.SIGINT)
		select {
		case <-ended:
		case <-time.After(20 * time.Second):
			t.Error("the launcher does not end")
			syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		}
		setuptest.WaitGone(t, root+"/")
	})
	said := ""
	lines := bufio.NewScanner(reader)
	for lines.Scan() {
		said += lines.Text() + "\n"
		if found := address.FindString(lines.Text()); found != "" {
			go io.Copy(io.Discard, reader)
			return found
		}
	}
	t.Fatalf("the launcher prints no address: %s", said)
	return ""
}

// drive runs browser.py and hands each line that it prints to each.
func drive(t *testing.T, clone *setup.Clone, each func(line []byte), args ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), clone.Prepared("browser-python", "bin", "python"), append([]string{"browser.py"}, args...)...)
	setup.Group(cmd)
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	output, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(output)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		each(lines.Bytes())
	}
	if err := cmd.Wait(); err != nil {
		t.Fatalf("browser.py: %v: %s", err, &complaints)
	}
}

func TestCourseInABrowser(t *testing.T) {
	clone := *setuptest.Clone(t)
	browser := chromium(t)
	lock := filepath.Join(clone.Notebooks(), "internal", "browser", "requirements.txt")
	if err := clone.PrepareEnvironment(t.Context(), "browser-python", lock, "playwright"); err != nil {
		t.Fatal(err)
	}
	pages, screenshots := clone.Prepared("browser", "site"), clone.Prepared("browser", "screenshots")
	root := freshClone(t, &clone)
	out := clone.Out
	clone.Out = io.Discard
	if err := site.Export(t.Context(), &clone, pages); err != nil {
		t.Fatal(err)
	}
	args := []string{browser, launch(t, root), filepath.Join(root, "notebooks"), pages, screenshots}
	_, which, _ := strings.Cut(flag.Lookup("test.run").Value.String(), "/")
	if *latency {
		drive(t, &clone, func(line []byte) { fmt.Fprintln(out, row(t, line)) }, append(args, "latency")...)
		return
	}
	if err := os.RemoveAll(screenshots); err != nil {
		t.Fatal(err)
	}
	checks := 0
	drive(t, &clone, func(line []byte) {
		var done struct {
			Check, Error string
			Seconds      float64
		}
		if err := json.Unmarshal(line, &done); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		checks++
		t.Run(done.Check, func(t *testing.T) {
			t.Logf("%.1f s", done.Seconds)
			if done.Error != "" {
				t.Errorf("%s (screenshots: %s)", done.Error, screenshots)
			}
		})
	}, append(args, which)...)
	if checks == 0 {
		t.Error("browser.py has checked nothing")
	}
}

// row is a line of the table of latencies.
func row(t *testing.T, line []byte) string {
	t.Helper()
	var m struct {
		What         string
		Milliseconds []float64
		Median       float64
	}
	if err := json.Unmarshal(line, &m); err != nil {
		t.Fatalf("%v: %s", err, line)
	}
	return fmt.Sprintf("%-20s median %5.0f ms of %2d: %s", m.What, m.Median, len(m.Milliseconds), strings.Trim(fmt.Sprint(m.Milliseconds), "[]"))
}
