//go:build unix

package setup

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// pythonStep makes the environment of the notebooks.
func (c *Clone) pythonStep() step {
	return c.environmentStep("python", "Python environment with JupyterLab", filepath.Join(c.Notebooks(), "requirements.txt"), "jupyterlab")
}

// PrepareEnvironment makes a virtual environment beside that of the notebooks, .descent/<name>, with the packages of a
// lock file, of which module is one to find in it.
func (c *Clone) PrepareEnvironment(ctx context.Context, name, lock, module string) error {
	s := c.environmentStep(name, "Python environment "+name, lock, module)
	if c.state(s) == ready {
		return nil
	}
	unlock, err := c.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	return c.do(ctx, []step{s})
}

// environmentStep makes a virtual environment with the packages of a lock file.
func (c *Clone) environmentStep(name, title, lock, module string) step {
	return step{
		name: name, folder: true,
		title:  title,
		inputs: []string{content(lock)},
		usable: func() bool { // the Python it stands on may have been updated or removed
			find := fmt.Sprintf("import importlib.util as u; assert u.find_spec(%q)", module)
			return exec.Command(c.Prepared(name, "bin", "python"), "-c", find).Run() == nil
		},
		make: func(ctx context.Context, dir string, p *progress) error {
			python, err := findPython(ctx)
			if err != nil {
				return err
			}
			if err := c.install(ctx, python, dir, lock, p); err != nil {
				return err
			}
			return replacePaths(dir, dir, c.Prepared(name))
		},
	}
}

// install makes the environment in dir, with uv where there is one, else with venv and pip.
func (c *Clone) install(ctx context.Context, python, dir, lock string, p *progress) error {
	env := append(c.Environ(), "PIP_USER=0", "PIP_TARGET=", "PIP_PREFIX=", "PIP_REQUIRE_VIRTUALENV=", "VIRTUAL_ENV=",
		"UV_PROJECT_ENVIRONMENT=", "PYTHONUNBUFFERED=1")
	prefix := filepath.Join(dir, "bin", "python")
	total := bytes.Count([]byte(content(lock)), []byte("=="))
	count := 0
	onLine := func(line string) {
		if strings.HasPrefix(line, "Collecting ") {
			count++
			p.at(count, total, "packages")
		}
	}
	if uv, err := exec.LookPath("uv"); err == nil {
		if err := run(ctx, c.Root, env, nil, uv, "venv", "--quiet", "--no-project", "--allow-existing", "--python", python, dir); err != nil {
			return err
		}
		return run(ctx, c.Root, env, nil, uv, "pip", "install", "--require-hashes", "--python", prefix, "--requirements", lock)
	}
	if err := run(ctx, c.Root, env, nil, python, "-m", "venv", dir); err != nil {
		return err
	}
	return run(ctx, c.Root, env, onLine, prefix, "-m", "pip", "install", "--require-hashes", "--no-input", "--retries", "2",
		"--disable-pip-version-check", "--progress-bar", "off", "--requirement", lock)
}

// replacePaths rewrites the scripts of the environment at dir that name the path old, so that it can be moved to new.
func replacePaths(dir, old, new string) error {
	scripts, err := filepath.Glob(filepath.Join(dir, "bin", "*"))
	if err != nil {
		return err
	}
	for _, path := range append(scripts, filepath.Join(dir, "pyvenv.cfg")) {
		info, err := os.Lstat(path)
		if err != nil || !info.Mode().IsRegular() {
			continue
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if bytes.IndexByte(text, 0) >= 0 || !bytes.Contains(text, []byte(old)) {
			continue // a program, not a script
		}
		if err := os.WriteFile(path, bytes.ReplaceAll(text, []byte(old), []byte(new)), info.Mode()); err != nil {
			return err
		}
	}
	return nil
}

// placeStep corrects the one thing that depends on where the clone lies: paths in scripts of the Python environment.
func (c *Clone) placeStep() step {
	record := c.Prepared("stamps", "path")
	return step{
		name:   "place",
		title:  "Place of the clone",
		inputs: []string{c.Root},
		make: func(ctx context.Context, _ string, _ *progress) error {
			if old, err := os.ReadFile(record); err == nil {
				if err := replacePaths(c.Prepared("python"), string(old), c.Prepared("python")); err != nil {
					return err
				}
			}
			return writeWhole(record, c.Prepared("python"))
		},
	}
}

// The oldest Python that the lock file is made for.
const oldestMinor = 10

// pythonFacts prints what findPython has to know of an interpreter.
const pythonFacts = `import sys, importlib.util as u
print("Python %d.%d" % sys.version_info[:2], *(u.find_spec(m) is not None for m in ("venv", "ensurepip")))`

var pythonAnswer = regexp.MustCompile(`^Python 3\.(\d+) (True|False) (True|False)\n$`)

// findPython returns the first Python on PATH that can make the environment. If none can, it leaves the search to uv
// where there is one; else the error tells what the one named python3 lacks.
func findPython(ctx context.Context) (string, error) {
	var first error
	names := []string{"python3"}
	for minor := 14; minor >= oldestMinor; minor-- {
		names = append(names, fmt.Sprintf("python3.%d", minor))
	}
	for _, name := range append(names, "python") {
		path, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		err = fits(ctx, path)
		if err == nil {
			return path, nil
		}
		if first == nil {
			first = err
		}
	}
	if _, err := exec.LookPath("uv"); err == nil {
		return ">=3.10,<3.15", nil
	}
	if first == nil {
		first = errors.New("no python3 on your PATH: install Python 3.10 or newer (Debian and Ubuntu: sudo apt install python3 python3-venv; macOS: brew install python)")
	}
	return "", first
}

// fits returns an error if the interpreter can't make the environment.
func fits(ctx context.Context, path string) error {
	text, err := exec.CommandContext(ctx, path, "-c", pythonFacts).Output()
	if err != nil {
		return fmt.Errorf("%s fails (%s): install Python 3.10 or newer", path, reason(err))
	}
	answer := pythonAnswer.FindStringSubmatch(string(text))
	if answer == nil {
		return fmt.Errorf("%s is not Python 3: install Python 3.10 or newer", path)
	}
	var minor int
	fmt.Sscan(answer[1], &minor)
	_, errUV := exec.LookPath("uv")
	switch {
	case minor < oldestMinor:
		return fmt.Errorf("%s is Python 3.%d, want 3.10 or newer: install one beside it (python3.12, say), or install uv", path, minor)
	case errUV == nil: // needs neither venv nor ensurepip
		return nil
	case answer[2] == "False" || answer[3] == "False":
		return fmt.Errorf("%s can't make virtual environments: on Debian and Ubuntu, sudo apt install python3-venv", path)
	}
	return nil
}
