//go:build unix

package execute

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// A Notebook of the course.
type Notebook struct {
	Name string // "04-linear-regression" or "solutions/04-linear-regression"
	Path string
}

// Find returns the notebooks of a folder and of its folder solutions that names mean; all of them if there are no
// names. A name may come with or without number, extension and folder: 04, 4, linear-regression and
// notebooks/04-linear-regression.ipynb are all the same; solutions/04 is the notebook with its solutions.
func Find(folder string, names []string) ([]Notebook, error) {
	var all []Notebook
	for _, prefix := range []string{"", "solutions/"} {
		paths, err := filepath.Glob(filepath.Join(folder, prefix, "*.ipynb"))
		if err != nil {
			return nil, err
		}
		for _, path := range paths {
			all = append(all, Notebook{prefix + strings.TrimSuffix(filepath.Base(path), ".ipynb"), path})
		}
	}
	if len(names) == 0 {
		return all, nil
	}
	var found []Notebook
	for _, name := range names {
		i := slices.IndexFunc(all, func(n Notebook) bool { return means(name, n.Name) })
		if i < 0 {
			return nil, fmt.Errorf("no notebook %q; there are %s", name, list(all))
		}
		if !slices.Contains(found, all[i]) {
			found = append(found, all[i])
		}
	}
	return found, nil
}

var number = regexp.MustCompile(`^0*(\d+)-`)

// means reports whether what a user typed means the notebook called name.
func means(typed, name string) bool {
	typed = strings.TrimSuffix(filepath.ToSlash(filepath.Clean(typed)), ".ipynb")
	inSolutions := strings.Contains("/"+typed, "/solutions/")
	base, isSolution := strings.CutPrefix(name, "solutions/")
	if inSolutions != isSolution {
		return false
	}
	typed = typed[strings.LastIndexByte(typed, '/')+1:]
	if typed == base || typed == base[strings.IndexByte(base, '-')+1:] {
		return true
	}
	digits := number.FindStringSubmatch(base)
	return digits != nil && strings.TrimLeft(typed, "0") == strings.TrimLeft(digits[1], "0") && strings.Trim(typed, "0123456789") == "" && typed != ""
}

func list(notebooks []Notebook) string {
	if len(notebooks) == 0 {
		return "none"
	}
	var names []string
	for _, n := range notebooks {
		names = append(names, n.Name)
	}
	return strings.Join(names, ", ")
}
