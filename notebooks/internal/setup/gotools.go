//go:build unix

package setup

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// cellFlags are the build flags of the kernel's cells (kernel/start.sh has them too): packages built with the same
// flags come out of Go's build cache.
var cellFlags = []string{"GOFLAGS=-ldflags=-w", "GOAMD64=v1"}

// goEnviron returns the environment for go commands of the set-up.
func (c *Clone) goEnviron() []string {
	return append(append(os.Environ(), cellFlags...), "GOWORK=off", "GOOS=", "GOARCH=", "CGO_ENABLED=")
}

// build compiles packages, and shows how many of all that they import are done. flags are further flags of go build.
// folder is where the packages' module lies, relative to the clone.
func (c *Clone) build(ctx context.Context, folder string, p *progress, flags []string, packages ...string) error {
	dir, count, total := filepath.Join(c.Root, folder), 0, 0
	list := append([]string{"list", "-deps"}, packages...)
	if err := run(ctx, dir, c.goEnviron(), func(string) { total++ }, "go", list...); err != nil {
		return err
	}
	onLine := func(line string) {
		if !strings.Contains(line, " ") { // a package's path; anything else is a message
			count++
			p.at(count, total, "packages")
		}
	}
	args := append([]string{"build", "-v", "-buildvcs=false"}, flags...)
	return run(ctx, dir, c.goEnviron(), onLine, "go", append(args, packages...)...)
}

// program returns the flags of go build that put programs into dir, without what only a debugger needs.
func program(dir string) []string { return []string{"-ldflags=-s -w", "-o", dir + "/"} }

// goInputs are what everything that Go builds depends on.
func (c *Clone) goInputs(files ...string) []string {
	for i := range files {
		files[i] = filepath.Join(c.Root, files[i])
	}
	return []string{c.goTool.GOVERSION, c.goTool.GOROOT, content(files...)}
}

// imported are packages that cells import beside the clone's own.
var imported = []string{
	"github.com/janpfeifer/gonb/gonbui", "github.com/janpfeifer/must", "gonum.org/v1/gonum/mat", "gonum.org/v1/plot",
}

// modulesStep fetches the modules of go.mod and compiles all that cells import, so that they find it in Go's caches.
func (c *Clone) modulesStep() step {
	return step{
		name:   "modules",
		title:  "Go modules and the course's packages",
		inputs: append(c.goInputs("go.mod", "go.sum"), c.goTool.GOMODCACHE),
		usable: func() bool { // the module cache may have been emptied
			return exists(filepath.Join(c.goTool.GOMODCACHE, "gonum.org", "v1", "gonum@"+c.required("gonum.org/v1/gonum")))
		},
		make: func(ctx context.Context, _ string, p *progress) error {
			count, total := 0, strings.Count(content(filepath.Join(c.Root, "go.mod")), " v")
			onLine := func(line string) {
				if strings.Contains(line, ".zip: 200") {
					count++
					p.at(count, total, "modules")
				}
			}
			if err := run(ctx, c.Root, c.goEnviron(), onLine, "go", "mod", "download", "-x"); err != nil {
				return err
			}
			return c.build(ctx, "", p, nil, append([]string{"./..."}, imported...)...)
		},
	}
}

// required returns the version of a module that go.mod requires.
func (c *Clone) required(module string) string {
	for line := range strings.Lines(content(filepath.Join(c.Root, "go.mod"))) {
		if version, ok := strings.CutPrefix(strings.TrimSpace(line), module+" "); ok {
			return strings.Fields(version)[0]
		}
	}
	return ""
}

// gonbStep builds the kernel, a tool of the clone's go.mod.
func (c *Clone) gonbStep() step {
	return step{
		name: "gonb", folder: true,
		title:  "GoNB, the kernel",
		inputs: c.goInputs("go.mod", "go.sum"),
		make: func(ctx context.Context, dir string, p *progress) error {
			return c.build(ctx, "", p, program(dir), "github.com/janpfeifer/gonb")
		},
	}
}

// goplsScript starts gopls for the kernel so that it ends by itself. A kernel that is killed leaves its gopls behind;
// 30 s are enough for a kernel to connect, which takes it 12 s.
const goplsScript = `#!/bin/sh
exec "$(dirname "$0")/gopls-server" -listen.timeout=30s "$@"
`

// toolsStep builds what the kernel calls, from a module of their own that keeps the clone's go.mod small, and links
// the very go that all of it was built with.
func (c *Clone) toolsStep() step {
	return step{
		name: "tools", folder: true,
		title:  "gopls and goimports, for completion and imports",
		inputs: append(c.goInputs("notebooks/tools/go.mod", "notebooks/tools/go.sum"), goplsScript),
		usable: func() bool { return exists(c.Prepared("tools", "go")) },
		make: func(ctx context.Context, dir string, p *progress) error {
			if err := os.Symlink(filepath.Join(c.goTool.GOROOT, "bin", "go"), filepath.Join(dir, "go")); err != nil {
				return fmt.Errorf("can't link the go command: %w", err)
			}
			err := c.build(ctx, "notebooks/tools", p, program(dir), "golang.org/x/tools/gopls", "golang.org/x/tools/cmd/goimports")
			if err != nil {
				return err
			}
			gopls := filepath.Join(dir, "gopls")
			if err := os.Rename(gopls, gopls+"-server"); err != nil {
				return err
			}
			return os.WriteFile(gopls, []byte(goplsScript), 0o777)
		},
	}
}
