package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// notebook is what the tests of this file read of a .ipynb file.
type notebook struct {
	Cells []cell `json:"cells"`
}

type cell struct {
	Type     string `json:"cell_type"`
	ID       string `json:"id"`
	Source   text   `json:"source"`
	Metadata struct {
		Tags []string `json:"tags"`
	} `json:"metadata"`
	Outputs []struct {
		Type     string                     `json:"output_type"`
		Text     text                       `json:"text"`
		Data     map[string]json.RawMessage `json:"data"`
		Metadata map[string]any             `json:"metadata"`
	} `json:"outputs"`
}

// text is a string, or a list of lines to be joined.
type text string

func (t *text) UnmarshalJSON(b []byte) error {
	var lines []string
	if json.Unmarshal(b, &lines) == nil {
		*t = text(strings.Join(lines, ""))
		return nil
	}
	var s string
	err := json.Unmarshal(b, &s)
	*t = text(s)
	return err
}

func (n notebook) markdown() []cell {
	return slices.DeleteFunc(slices.Clone(n.Cells), func(c cell) bool { return c.Type != "markdown" })
}

// printed is the text that a cell printed.
func (c cell) printed() string {
	var b strings.Builder
	for _, o := range c.Outputs {
		b.WriteString(string(o.Text) + "\n")
		for _, kind := range []string{"text/html", "text/markdown"} {
			var t text
			if json.Unmarshal(o.Data[kind], &t) == nil && len(t) < 20000 { // tables, not scrubbers
				b.WriteString(string(t) + "\n")
			}
		}
	}
	return b.String()
}

// numbered reads the notebooks that have a number.
func numbered(t *testing.T) map[string]notebook {
	return read(t, "[0-9][0-9]-*.ipynb")
}

func read(t *testing.T, pattern string) map[string]notebook {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no notebooks %s (error %v)", pattern, err)
	}
	all := map[string]notebook{}
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var n notebook
		if err := json.Unmarshal(b, &n); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		all[path] = n
	}
	return all
}

// marked is a number or a word in the prose that a cell above must have
// printed: 0.0613<!--=-->. The mark shows nowhere on the page.
var marked = regexp.MustCompile(`([^\s|*$` + "`" + `(]+)[*$` + "`" + `]*<!--=-->`)

func TestMarkedNumbersAreThoseThatCellsPrinted(t *testing.T) {
	for path, n := range numbered(t) {
		printed := ""
		marks := 0
		for i, c := range n.Cells {
			if c.Type == "code" {
				printed += c.printed()
				continue
			}
			for _, m := range marked.FindAllStringSubmatch(string(c.Source), -1) {
				marks++
				if !tokenIn(printed, m[1]) {
					t.Errorf("%s: cell %d says %q, which no cell above it printed", path, i, m[1])
				}
			}
		}
		if marks < 3 {
			t.Errorf("%s has %d marked numbers, want at least 3: write <!--=--> behind numbers that a cell printed", path, marks)
		}
	}
}

// tokenIn reports whether the text has the token with no digit or letter around it.
func tokenIn(text, token string) bool {
	minus := strings.NewReplacer("−", "-")
	return regexp.MustCompile(`(^|[^\w.])` + regexp.QuoteMeta(minus.Replace(token)) + `($|\W)`).MatchString(minus.Replace(text))
}

func TestNotebooksKeepTheRules(t *testing.T) {
	for path, n := range numbered(t) {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if info.Size() > 1_500_000 {
			t.Errorf("%s has %d bytes, want at most 1,500,000", path, info.Size())
		}
		figures, exercises, firstCode := 0, 0, true
		for i, c := range n.Cells {
			if c.Type != "code" {
				continue
			}
			if firstCode && !strings.HasPrefix(string(c.Source), "%noautoget") {
				t.Errorf("%s: the first code cell does not begin with %%noautoget", path)
			}
			firstCode = false
			if strings.Contains(string(c.Source), "exercise.Check(") {
				exercises++
			}
			for _, o := range c.Outputs {
				if o.Type == "error" && !slices.Contains(c.Metadata.Tags, "raises-exception") {
					t.Errorf("%s: cell %d failed", path, i)
				}
				if strings.Contains(string(o.Text), "plots: ") {
					t.Errorf("%s: cell %d has a picture that could not be drawn: %s", path, i, o.Text)
				}
				png, isPNG := o.Data["image/png"]
				if isPNG {
					figures++
					if o.Metadata["alt"] == nil && !strings.Contains(string(o.Data["text/html"]), "alt=") {
						t.Errorf("%s: cell %d has a picture without alt text", path, i)
					}
					if len(png) > 137_000 { // 100 kB in base64
						t.Errorf("%s: cell %d has a picture of %d kB, want at most 100", path, i, len(png)*3/4/1000)
					}
				}
			}
		}
		if !strings.HasPrefix(path, "00-") && figures < 4 {
			t.Errorf("%s has %d figures, want at least 4", path, figures)
		}
		if exercises < 3 {
			t.Errorf("%s has %d exercises, want at least 3", path, exercises)
		}
	}
}

func TestNotebooksHaveTheirParts(t *testing.T) {
	for path, n := range numbered(t) {
		all := ""
		for _, c := range n.markdown() {
			all += string(c.Source) + "\n"
		}
		for _, part := range []string{"# ", "**After this notebook you can**", "**Time**", "**Builds on**", "**Predict.**", "**Change it.**", "## Summary", "**References**"} {
			if !strings.Contains(all, part) {
				t.Errorf("%s has no %q", path, part)
			}
		}
		if !regexp.MustCompile(`(?m)^## .*Exercises$`).MatchString(all) || !strings.Contains(all, "](solutions/"+path+")") {
			t.Errorf("%s has no section of exercises with a link to solutions/%s", path, path)
		}
		for i, section := range regexp.MustCompile(`(?m)^## (\d+) `).FindAllStringSubmatch(all, -1) {
			if section[1] != fmt.Sprint(i+1) {
				t.Errorf("%s: section %d has the number %s", path, i+1, section[1])
				break
			}
		}
		for _, c := range n.Cells {
			for _, check := range regexp.MustCompile(`exercise\.Check\("([\d.]+)"`).FindAllStringSubmatch(string(c.Source), -1) {
				if !strings.Contains(all, "**"+check[1]+" ") {
					t.Errorf("%s checks exercise %s, which no text sets", path, check[1])
				}
			}
		}
		if !strings.HasPrefix(path, "20-") && !strings.Contains(all, "**Next:**") {
			t.Errorf("%s does not name the next notebook", path)
		}
		if !regexp.MustCompile(`(?i)what goes wrong|when something goes wrong`).MatchString(all) {
			t.Errorf("%s has no section on what goes wrong", path)
		}
	}
}

// filler are words that the course does without.
var filler = regexp.MustCompile(`(?i)\b(powerful|simply|in this notebook we|we will explore|delve|obviously|of course|let's|amazing)\b|[a-zA-Z)]!( |$)`)

func TestProseIsPlain(t *testing.T) {
	for path, n := range numbered(t) {
		for i, c := range n.markdown() {
			for _, word := range filler.FindAllString(string(c.Source), -1) {
				t.Errorf("%s: markdown cell %d has %q", path, i, word)
			}
		}
	}
}

var link = regexp.MustCompile(`\]\(([^)#:\s]+\.ipynb)\)`)

// TestLinksBetweenNotebooksResolve looks for each linked notebook.
func TestLinksBetweenNotebooksResolve(t *testing.T) {
	for path, n := range numbered(t) {
		for _, c := range n.markdown() {
			for _, m := range link.FindAllStringSubmatch(string(c.Source), -1) {
				if _, err := os.Stat(m[1]); err != nil {
					t.Errorf("%s links to %s, which is not there", path, m[1])
				}
			}
		}
	}
}

// TestSolutionsSolveEveryExercise compares the checks of each notebook with
// what its solutions printed.
func TestSolutionsSolveEveryExercise(t *testing.T) {
	ids := regexp.MustCompile(`exercise\.Check\("([^"]+)"`)
	for path, n := range numbered(t) {
		solutions, ok := read(t, filepath.Join("solutions", path))[filepath.Join("solutions", path)]
		if !ok {
			continue
		}
		printed := ""
		for _, c := range solutions.Cells {
			printed += c.printed()
		}
		for _, c := range n.Cells {
			for _, m := range ids.FindAllStringSubmatch(string(c.Source), -1) {
				if !strings.HasPrefix(m[1], path[:2]+".") {
					t.Errorf("%s checks exercise %s", path, m[1])
				}
				if !strings.Contains(printed, fmt.Sprintf("✓ %s ", m[1])) {
					t.Errorf("solutions/%s does not solve %s", path, m[1])
				}
				if strings.Contains(c.printed(), "✓") {
					t.Errorf("%s was saved with %s solved", path, m[1])
				}
			}
		}
	}
}
