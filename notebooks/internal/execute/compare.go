//go:build unix

package execute

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// notebookFile is what Compare reads of a notebook's file.
type notebookFile struct {
	Cells []struct {
		Type    string `json:"cell_type"`
		Source  text
		Outputs []struct {
			Type      string `json:"output_type"`
			Text      text
			Data      map[string]any
			Metadata  any
			Traceback []string
		}
	}
}

// text is a string that a notebook's file may hold as a list of lines.
type text string

func (t *text) UnmarshalJSON(raw []byte) error {
	var lines []string
	if json.Unmarshal(raw, &lines) == nil {
		*t = text(strings.Join(lines, ""))
		return nil
	}
	return json.Unmarshal(raw, (*string)(t))
}

// Compare returns an error that tells where a notebook as executed differs from the notebook as committed: one line a
// difference, the cell's number, what was expected and what came. It returns nil if they are the same bytes.
func Compare(name string, committed, executed []byte) error {
	if bytes.Equal(committed, executed) {
		return nil
	}
	var old, new notebookFile
	if err := json.Unmarshal(committed, &old); err != nil {
		return fmt.Errorf("%s: not a notebook: %w", name, err)
	}
	if err := json.Unmarshal(executed, &new); err != nil {
		return fmt.Errorf("%s: executed to something that is no notebook: %w", name, err)
	}
	var errs []error
	number := 0
	for i := range min(len(old.Cells), len(new.Cells)) {
		if new.Cells[i].Type != "code" || strings.TrimSpace(string(new.Cells[i].Source)) == "" {
			continue
		}
		number++
		want, got := pieces(old, i), pieces(new, i)
		if where, differs := firstDifference(want, got); differs {
			errs = append(errs, fmt.Errorf("%s: cell [%d] does not repeat\n    expected  %s\n    got       %s",
				name, number, at(want, where), at(got, where)))
		}
	}
	if len(errs) == 0 {
		return fmt.Errorf("%s: cells and outputs are the same, but not the file's form (ids, order of keys, metadata): go run ./notebooks run %s", name, name)
	}
	return errors.Join(errs...)
}

// pieces returns the outputs of a cell as lines that a person can compare.
func pieces(file notebookFile, cell int) []string {
	var lines []string
	for _, output := range file.Cells[cell].Outputs {
		for line := range strings.Lines(string(output.Text)) {
			lines = append(lines, strings.TrimSuffix(line, "\n"))
		}
		lines = append(lines, output.Traceback...)
		var kinds []string
		for kind := range output.Data {
			kinds = append(kinds, kind)
		}
		slices.Sort(kinds)
		for _, kind := range kinds {
			lines = append(lines, describe(kind, output.Data[kind], output.Metadata)...)
		}
	}
	return lines
}

// describe returns the lines of displayed text, or a line that stands for displayed data.
func describe(kind string, value, metadata any) []string {
	all := ""
	switch value := value.(type) {
	case string:
		all = value
	case []any:
		for _, line := range value {
			all += fmt.Sprint(line)
		}
	default:
		all = fmt.Sprint(value)
	}
	if strings.HasPrefix(kind, "text/") {
		return strings.Split(all, "\n")
	}
	size := len(strings.TrimRight(all, "=\n")) * 3 / 4
	line := fmt.Sprintf("%s of %d bytes, SHA-256 %.4x…", kind, size, sha256.Sum256([]byte(all)))
	if m, ok := metadata.(map[string]any); ok && len(m) > 0 {
		line += fmt.Sprintf(", metadata %v", m)
	}
	return []string{line}
}

// firstDifference returns the first index at which a and b differ.
func firstDifference(a, b []string) (int, bool) {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i, true
		}
	}
	return min(len(a), len(b)), !reflect.DeepEqual(a, b)
}

// at returns line i, shortened, or says that there is none.
func at(lines []string, i int) string {
	if i >= len(lines) {
		return "(nothing)"
	}
	if line := []rune(lines[i]); len(line) > 200 {
		return string(line[:200]) + "…"
	}
	return lines[i]
}
