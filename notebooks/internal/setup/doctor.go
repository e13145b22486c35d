//go:build unix

package setup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
)

// Doctor writes what is there, what is missing and what to type. It changes nothing. The error says that something is
// missing.
func (c *Clone) Doctor(ctx context.Context, w io.Writer) error {
	good := true
	line := func(ok bool, format string, args ...any) {
		mark := "ok  "
		if !ok {
			mark, good = "--  ", false
		}
		fmt.Fprintf(w, mark+format+"\n", args...)
	}
	steps, err := c.steps(ctx)
	if err != nil {
		line(false, "Go: %v", err)
		return errors.New("something is missing: do what the line marked -- says")
	}
	line(true, "Go: %s in %s", c.goTool.GOVERSION, c.goTool.GOROOT)
	if python, err := findPython(ctx); err != nil {
		line(false, "Python: %v", err)
	} else {
		line(true, "Python: %s", python)
	}
	if uv, err := exec.LookPath("uv"); err == nil {
		line(true, "uv: %s installs the Python packages", uv)
	}
	var fs syscall.Statfs_t
	if err := syscall.Statfs(c.Root, &fs); err == nil {
		free, need := uint64(fs.Bavail)*uint64(fs.Bsize), neededSpace(c.stale(steps))
		line(free >= need, "disk: %d MB free, %d MB wanted", free/1e6, need/1e6)
	}
	prepared := true
	for _, s := range steps {
		state := c.state(s)
		line(state == ready, "%s: %s", s.title, state)
		prepared = prepared && state == ready
	}
	for _, log := range []struct{ of, path string }{{"kernels", c.KernelLog()}, {"JupyterLab", c.LabLog()}} {
		if info, err := os.Stat(log.path); err == nil {
			line(true, "log of %s: %s (%d kB, %s)", log.of, log.path, info.Size()/1000, info.ModTime().Format("2006-01-02 15:04"))
		} else {
			line(true, "log of %s: %s (not written yet)", log.of, log.path)
		}
	}
	line(true, "all that is prepared: %s (delete it to start afresh)", c.Prepared())
	if !prepared {
		fmt.Fprintln(w, "\nTo prepare what is missing, type: go run ./notebooks")
	}
	if !good {
		return errors.New("something is missing: see the lines marked --")
	}
	return nil
}

// Kernel installs the kernel for the user's own Jupyter or VS Code under the name "descent", or removes it.
func (c *Clone) Kernel(ctx context.Context, remove bool) error {
	env := append(os.Environ(), "PYTHONPATH=", "PYTHONHOME=", "JUPYTER_PATH=")
	jupyter := func(args ...string) error {
		const kernelspec = "from jupyter_client.kernelspecapp import KernelSpecApp; KernelSpecApp.launch_instance()"
		return run(ctx, c.Root, env, nil, c.Python(), append([]string{"-c", kernelspec}, args...)...)
	}
	if remove {
		return jupyter("remove", "-y", "descent")
	}
	dir, err := os.MkdirTemp(c.Prepared(), "kernelspec-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	spec := fmt.Sprintf(`{
  "argv": [%q, "{connection_file}"],
  "display_name": "Go (Descent)",
  "language": "go"
}
`, c.Prepared("jupyter", "kernels", "gonb", "start.sh"))
	if err := os.WriteFile(filepath.Join(dir, "kernel.json"), []byte(spec), 0o666); err != nil {
		return err
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		return err
	}
	if err := jupyter("install", "--user", "--name=descent", dir); err != nil {
		return err
	}
	fmt.Fprintln(c.Out, `Installed. Choose the kernel "Go (Descent)" in your Jupyter or VS Code; it uses this clone, so keep it where it is.`)
	fmt.Fprintln(c.Out, "To remove it: go run ./notebooks kernel -remove")
	return nil
}
