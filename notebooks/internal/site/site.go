//go:build unix

// Package site exports the course as pages that can be read in any browser, with nothing to run and no network.
package site

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"descent/notebooks/internal/course"
	"descent/notebooks/internal/execute"
	"descent/notebooks/internal/setup"
)

// script drives nbconvert; its head says how to call it.
//
//go:embed export.py
var script string

// page holds the template of a page, its style sheet and its script.
//
//go:embed page
var page embed.FS

// mark is a file that only an exported site has: what lacks it is not emptied.
const mark = "pages.js"

// Export writes the site into a folder, and replaces one that is there.
func Export(ctx context.Context, clone *setup.Clone, folder string) error {
	if err := empty(folder); err != nil {
		return err
	}
	parts, err := course.Read(clone.Notebooks())
	if err != nil {
		return err
	}
	notebooks, err := execute.Find(clone.Notebooks(), nil)
	if err != nil {
		return err
	}
	if path := filepath.Join(clone.Notebooks(), "errors.md"); exists(path) {
		notebooks = append(notebooks, execute.Notebook{Name: "errors", Path: path})
	}
	temp, err := os.MkdirTemp("", "descent-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	if err := os.CopyFS(temp, page); err != nil { // as temp/page
		return err
	}
	job, err := json.Marshal(map[string]any{
		"folder": folder, "templates": filepath.Join(temp, "page"), "parts": parts, "notebooks": notebooks, "root": clone.Notebooks(),
		"icon": clone.Prepared("jupyter", "kernels", "gonb", "logo-svg.svg"),
	})
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, clone.Python(), "-c", script)
	cmd.Env, cmd.Stdin, cmd.Stdout = clone.Environ(), bytes.NewReader(job), clone.Out
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	setup.Group(cmd)
	if err := cmd.Run(); err != nil {
		text := strings.TrimSpace(complaints.String())
		return fmt.Errorf("the pages can't be made (%v): %s", err, text[strings.LastIndexByte(text, '\n')+1:])
	}
	fmt.Fprintf(clone.Out, "Open %s in a browser.\n", filepath.Join(folder, "index.html"))
	return nil
}

// empty removes a site that is there, and nothing else.
func empty(folder string) error {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(folder, mark)); err != nil {
		return fmt.Errorf("%s holds something else: name a folder that is empty or not there yet", folder)
	}
	return os.RemoveAll(folder)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
