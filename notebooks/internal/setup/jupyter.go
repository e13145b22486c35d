//go:build unix

package setup

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// jupyter holds the kernelspec and the settings that only this clone's Jupyter programs see.
//
//go:embed all:jupyter
var jupyter embed.FS

// jupyterStep writes the kernelspec and the settings.
func (c *Clone) jupyterStep() step {
	var files []string
	fs.WalkDir(jupyter, "jupyter", func(path string, d fs.DirEntry, _ error) error {
		if !d.IsDir() {
			files = append(files, path)
		}
		return nil
	})
	var inputs []string
	for _, path := range files {
		text, _ := jupyter.ReadFile(path)
		inputs = append(inputs, path, string(text))
	}
	return step{
		name: "jupyter", folder: true,
		title:  "Kernel description and settings",
		inputs: inputs,
		make: func(_ context.Context, dir string, _ *progress) error {
			for _, path := range files {
				text, err := jupyter.ReadFile(path)
				if err != nil {
					return err
				}
				target := filepath.Join(dir, strings.TrimPrefix(path, "jupyter/"))
				if err := os.MkdirAll(filepath.Dir(target), 0o777); err != nil {
					return err
				}
				mode := os.FileMode(0o666)
				if strings.HasSuffix(path, ".sh") {
					mode = 0o777
				}
				if err := os.WriteFile(target, text, mode); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

// firstCell imports what most cells of the course import.
//
//go:embed first-cell.ipynb
var firstCell []byte

// firstCellStep runs one cell through the kernel: it shows that the parts work together, and a learner's first cell
// doesn't wait for compilers.
func (c *Clone) firstCellStep() step {
	return step{
		name:   "first-cell",
		title:  "A first cell, to see that all works together",
		inputs: append(c.goInputs("go.mod", "go.sum", "notebooks/requirements.txt"), string(firstCell), c.goTool.GOCACHE),
		make: func(ctx context.Context, dir string, _ *progress) error {
			path := filepath.Join(dir, "first-cell.ipynb")
			if err := os.WriteFile(path, firstCell, 0o666); err != nil {
				return err
			}
			err := run(ctx, dir, c.Environ(), nil, c.Python(), "-c", "from nbclient.cli import main; main()", "--timeout=300", path)
			if err != nil && ctx.Err() == nil {
				return fmt.Errorf("the kernel doesn't run a first cell (its log: %s): %w", c.KernelLog(), err)
			}
			return err
		},
	}
}

// Trust marks the course's notebooks as trusted in the clone's own Jupyter data, so that JupyterLab shows their saved
// outputs whole. It does so once for each content of them.
func (c *Clone) Trust(ctx context.Context) error {
	var paths []string
	for _, pattern := range []string{"*.ipynb", "solutions/*.ipynb"} {
		found, _ := filepath.Glob(filepath.Join(c.Notebooks(), pattern))
		paths = append(paths, found...)
	}
	s := step{
		name:   "trust",
		inputs: []string{content(paths...)},
		make: func(ctx context.Context, dir string, _ *progress) error {
			const trust = "from nbformat.sign import TrustNotebookApp; TrustNotebookApp.launch_instance()"
			return run(ctx, dir, c.Environ(), nil, c.Python(), append([]string{"-c", trust}, paths...)...)
		},
	}
	if len(paths) == 0 || c.state(s) == ready {
		return nil
	}
	return c.doStep(ctx, s, nil)
}

// steps lists the steps in their order.
func (c *Clone) steps(ctx context.Context) ([]step, error) {
	if err := c.findGo(ctx); err != nil {
		return nil, err
	}
	return []step{
		c.pythonStep(), c.placeStep(), c.modulesStep(), c.gonbStep(), c.toolsStep(), c.jupyterStep(), c.firstCellStep(),
	}, nil
}
