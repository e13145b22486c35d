//go:build linux

// Command test builds the image of the course and runs it as learners, schools and JupyterHub do. Where no Docker
// engine runs, it starts one of its own, and where the public base images can't be had, it makes stand-ins of the same
// Debian release; for both it must be root on a Debian machine. It takes about seven minutes, and removes what it made.
//
//	go run ./docker/test             build and test
//	go run ./docker/test -changed    only if the image is made from something else than the last one that passed
//	go run ./docker/test -keep       leave the engine's files, with the image in them, and say where they are
//	go run ./docker/test -image NAME test an image that the running engine has
package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// passed records what the last image that passed was made from, and what was measured.
const passed = "docker/passed.txt"

func main() {
	changed := flag.Bool("changed", false, "")
	keep := flag.Bool("keep", false, "")
	built := flag.String("image", "", "")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := test(ctx, *changed, *keep, *built); err != nil {
		fmt.Fprintln(os.Stderr, "docker/test:", err)
		os.Exit(1)
	}
}

func test(ctx context.Context, onlyChanged, keep bool, built string) (err error) {
	out, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}").Output()
	if err != nil {
		return fmt.Errorf("not in a clone of the course: %w", err)
	}
	if err := os.Chdir(strings.TrimSpace(string(out))); err != nil {
		return err
	}
	inputs, err := hashInputs()
	if err != nil {
		return err
	}
	if last, _ := os.ReadFile(passed); onlyChanged && strings.HasPrefix(string(last), inputs+"\n") {
		return nil
	}
	start := time.Now()
	e, err := startEngine(ctx)
	if err != nil {
		return fmt.Errorf("no Docker engine: %w", err)
	}
	e.keep = keep
	defer func() { err = errors.Join(err, e.end()) }()
	r := &report{}
	if built != "" {
		image = built
	} else if err := build(ctx, e, r); err != nil {
		return err
	}
	failures := 0
	for _, c := range checks {
		began := time.Now()
		err := c.check(&run{ctx: ctx, engine: e, report: r})
		if ctx.Err() != nil {
			return errors.New("interrupted")
		}
		how := "ok"
		if err != nil {
			failures++
			how = "FAILED"
		}
		fmt.Printf("%-6s %s (%.1f s)\n", how, c.name, time.Since(began).Seconds())
		if err != nil {
			fmt.Printf("       %s\n", strings.ReplaceAll(err.Error(), "\n", "\n       "))
		}
	}
	r.add("whole test: %.0f s", time.Since(start).Seconds())
	if failures > 0 {
		return fmt.Errorf("%d of %d checks failed", failures, len(checks))
	}
	if built != "" { // of which nobody knows what it was made from
		return nil
	}
	return os.WriteFile(passed, []byte(inputs+"\n"+strings.Join(r.lines, "\n")+"\n"), 0o644)
}

// hashInputs returns a hash of what decides whether the image has to be tested again: docker/, the locks and go.mod.
func hashInputs() (string, error) {
	files := []string{"go.mod", "go.sum", "notebooks/requirements.txt", "notebooks/tools/go.mod", "notebooks/tools/go.sum"}
	err := filepath.WalkDir("docker", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && path != passed && !strings.HasSuffix(path, ".md") {
			files = append(files, path)
		}
		return err
	})
	hash := sha256.New()
	for _, path := range files {
		text, errRead := os.ReadFile(path)
		err = errors.Join(err, errRead)
		fmt.Fprintf(hash, "%s %d\n%s", path, len(text), text)
	}
	return fmt.Sprintf("%x", hash.Sum(nil)), err
}

// report collects what was measured.
type report struct{ lines []string }

func (r *report) add(format string, args ...any) {
	line := fmt.Sprintf(format, args...)
	r.lines = append(r.lines, line)
	fmt.Println("      ", line)
}
