//go:build unix

package main

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// news is what a start has brought into the learner's folder.
type news struct {
	written []string // notebooks that are new or of a new version
	beside  []string // those among them that lie beside one that the learner has changed
}

// copyCourse brings the notebooks of the folder from into the folder to. A notebook that the learner has not touched
// is brought up to date, one that is missing comes back, and one that was changed is kept: if there is a new version
// of it, that is written beside it, once. The file record keeps, for each, the hash of what was delivered last.
func copyCourse(from, to, record string) (news, error) {
	var new news
	delivered := map[string]string{}
	if text, err := os.ReadFile(record); err == nil {
		json.Unmarshal(text, &delivered) // a damaged record makes all notebooks count as changed
	}
	before := maps.Clone(delivered)
	var err error
	for _, name := range notebooks(from) {
		if err = copyNotebook(from, to, name, delivered, &new); err != nil {
			break
		}
	}
	if maps.Equal(before, delivered) {
		return new, err
	}
	text, _ := json.MarshalIndent(delivered, "", " ")
	return new, errors.Join(err, write(record, append(text, '\n')))
}

// notebooks returns the names of the notebooks of a folder, of its pages and of its solutions.
func notebooks(folder string) (names []string) {
	for _, pattern := range []string{"*.ipynb", "*.md", "solutions/*.ipynb"} {
		found, _ := fs.Glob(os.DirFS(folder), pattern)
		names = append(names, found...)
	}
	return names
}

func copyNotebook(from, to, name string, delivered map[string]string, new *news) error {
	content, err := os.ReadFile(filepath.Join(from, name))
	if err != nil {
		return err
	}
	target, err := place(to, name, delivered, content)
	if err != nil {
		return err
	}
	if target != "" {
		if err := write(filepath.Join(to, target), content); err != nil {
			return err
		}
		new.written = append(new.written, filepath.Join(to, target))
	}
	if target != "" && target != name {
		delivered[target] = hash(content)
		new.beside = append(new.beside, target)
	}
	delivered[name] = hash(content)
	return nil
}

// place returns under which name the content of a notebook is to be written; "" if it need not be.
func place(to, name string, delivered map[string]string, content []byte) (string, error) {
	last, now := delivered[name], hash(content)
	there, err := hashOf(filepath.Join(to, name))
	switch {
	case err != nil:
		return "", err
	case there == now:
		return "", nil
	case there == "", there == last:
		return name, nil
	case last == now: // changed by the learner, and nothing new since
		return "", nil
	}
	kind := filepath.Ext(name)
	base := strings.TrimSuffix(name, kind)
	for i := 1; ; i++ {
		beside := base + ".new" + kind
		if i > 1 {
			beside = fmt.Sprintf("%s.new-%d%s", base, i, kind)
		}
		there, err := hashOf(filepath.Join(to, beside))
		switch {
		case err != nil:
			return "", err
		case there == now:
			return "", nil
		case there == "", there == delivered[beside]:
			return beside, nil
		}
	}
}

func hash(content []byte) string { return fmt.Sprintf("%x", sha256.Sum256(content)) }

// hashOf returns the hash of a file's content, "" if there is none.
func hashOf(path string) (string, error) {
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return hash(content), err
}

// write writes a file so that it is there whole or not at all.
func write(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	temp := path + "~"
	if err := os.WriteFile(temp, content, 0o666); err != nil {
		os.Remove(temp)
		return err
	}
	return os.Rename(temp, path)
}

// trust lets JupyterLab show the saved outputs of the course's notebooks whole. The image's signatures are taken over
// where the learner has none yet; later only what is new is signed.
func trust(signatures, data string, new news) error {
	if _, err := os.Stat(filepath.Join(data, "nbsignatures.db")); errors.Is(err, fs.ErrNotExist) {
		for _, name := range []string{"notebook_secret", "nbsignatures.db"} {
			content, err := os.ReadFile(filepath.Join(signatures, name))
			if err != nil {
				return err
			}
			if err := write(filepath.Join(data, name), content); err != nil {
				return err
			}
		}
		return nil
	}
	notebooks := slices.DeleteFunc(slices.Clone(new.written), func(name string) bool { return filepath.Ext(name) != ".ipynb" })
	if len(notebooks) == 0 {
		return nil
	}
	slices.Sort(notebooks)
	if text, err := exec.Command("jupyter-trust", notebooks...).CombinedOutput(); err != nil {
		return fmt.Errorf("its notebooks can't be signed: %w: %s", err, text)
	}
	return nil
}
