//go:build unix

// Package lab opens JupyterLab on the course.
package lab

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"descent/notebooks/internal/course"
	"descent/notebooks/internal/record"
	"descent/notebooks/internal/setup"
)

// Open starts JupyterLab on the clone's notebooks folder, prints its address, opens it in the browser if browser is
// set and there is one, and waits until the server or ctx ends. The server and its kernels are gone when it returns.
// If port is taken, the next free one is used.
func Open(ctx context.Context, clone *setup.Clone, port int, browser bool) error {
	log, err := openLog(clone.LabLog())
	if err != nil {
		return err
	}
	defer log.Close()
	runtimeDir := clone.Prepared("state", "runtime")
	if err := os.MkdirAll(runtimeDir, 0o700); err != nil {
		return err
	}
	stopped, cancel := context.WithCancel(ctx)
	defer cancel()
	open, err := layOut(clone)
	if err != nil {
		return err
	}
	if err := keepPage(stopped, clone.Notebooks(), open); err != nil {
		return err
	}
	fmt.Fprintln(clone.Out, "Starting JupyterLab")
	cmd := exec.CommandContext(stopped, clone.Python(), "-m", "jupyterlab", "--ServerApp.ip=127.0.0.1", "--ServerApp.port="+strconv.Itoa(port),
		"--ServerApp.root_dir="+clone.Notebooks())
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = clone.Notebooks(), clone.Environ(), log, log
	setup.Group(cmd)
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()

	record := filepath.Join(runtimeDir, fmt.Sprintf("jpserver-%d.json", cmd.Process.Pid))
	url, used, err := waitFor(stopped, record, ended)
	if err != nil {
		cancel()
		if ctx.Err() != nil {
			return nil
		}
		return fmt.Errorf("JupyterLab doesn't start: %w (its log: %s)", err, clone.LabLog())
	}
	if used != port {
		fmt.Fprintf(clone.Out, "Port %d is taken; using %d\n", port, used)
	}
	url = strings.Replace(url, "/lab?", "/lab/tree/"+course.Page+"?", 1)
	fmt.Fprintf(clone.Out, "JupyterLab is at %s\nYour work is saved there every ten seconds, and at once by Ctrl+S. Ctrl-C here ends it.\n", url)
	if browser {
		openBrowser(url)
	}
	err = <-ended
	if ctx.Err() != nil {
		fmt.Fprintln(clone.Out, "\nJupyterLab and its kernels have ended.")
		return nil
	}
	if err != nil {
		return fmt.Errorf("JupyterLab ended (%w): see %s", err, clone.LabLog())
	}
	return nil
}

// workspace is how JupyterLab is laid out at first: the files at the left, the table of contents at the right.
//
//go:embed workspace.json
var workspace []byte

// workspaceFile is where JupyterLab keeps its layout.
func workspaceFile(clone *setup.Clone) string {
	return clone.Prepared("state", "workspaces", "default-37a8.jupyterlab-workspace")
}

// layOut gives JupyterLab its first layout, and returns the notebook that was in front last, "" if none was.
func layOut(clone *setup.Clone) (string, error) {
	path := workspaceFile(clone)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", errors.Join(os.MkdirAll(filepath.Dir(path), 0o777), os.WriteFile(path, workspace, 0o666))
	}
	var saved struct {
		Data struct {
			Layout struct{ Main struct{ Current string } } `json:"layout-restorer:data"`
		}
	}
	json.Unmarshal(text, &saved) // a damaged one is JupyterLab's to replace
	name, _ := strings.CutPrefix(saved.Data.Layout.Main.Current, "notebook:")
	return name, nil
}

// keepPage writes the page that JupyterLab opens on, now and whenever the learner's progress has changed.
func keepPage(ctx context.Context, folder, open string) error {
	file := filepath.Join(folder, record.File)
	last := modified(file)
	err := course.WritePage(folder, open)
	go func() {
		for ctx.Err() == nil {
			time.Sleep(time.Second)
			if now := modified(file); !now.Equal(last) {
				last = now
				course.WritePage(folder, "")
			}
		}
	}()
	return err
}

func modified(path string) time.Time {
	info, err := os.Stat(path)
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
}

// openLog opens a log to append to, and empties it first when it has grown large.
func openLog(path string) (*os.File, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return nil, err
	}
	flags := os.O_CREATE | os.O_WRONLY | os.O_APPEND
	if info, err := os.Stat(path); err == nil && info.Size() > 1<<20 {
		flags |= os.O_TRUNC
	}
	return os.OpenFile(path, flags, 0o600)
}

// waitFor waits until the server has written its record, and returns its address and port.
func waitFor(ctx context.Context, record string, ended <-chan error) (url string, port int, err error) {
	deadline := time.After(time.Minute)
	for {
		var server struct {
			URL, Token string
			Port       int
		}
		if text, err := os.ReadFile(record); err == nil && json.Unmarshal(text, &server) == nil && server.Port > 0 {
			return server.URL + "lab?token=" + server.Token, server.Port, nil
		}
		select {
		case <-ctx.Done():
			return "", 0, <-ended
		case err := <-ended:
			return "", 0, fmt.Errorf("it ended at once (%v)", err)
		case <-deadline:
			return "", 0, errors.New("no answer within a minute")
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// openBrowser opens url if this machine has a screen; a text browser in the terminal would only be in the way.
func openBrowser(url string) {
	opener := "xdg-open"
	switch kernel, _ := os.ReadFile("/proc/sys/kernel/osrelease"); {
	case runtime.GOOS == "darwin":
		opener = "open"
	case strings.Contains(strings.ToLower(string(kernel)), "microsoft"): // Windows' subsystem for Linux
		opener = "wslview"
	case os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "":
		return
	}
	cmd := exec.Command(opener, url)
	if cmd.Start() == nil {
		go cmd.Wait()
	}
}
