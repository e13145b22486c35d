package course

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"descent/notebooks/internal/record"
)

// Page is the file that JupyterLab opens on.
const Page = "index.md"

// WritePage writes Page into a folder of notebooks. open is the notebook that was open last, "" if none was.
func WritePage(folder, open string) error {
	parts, err := Read(folder)
	if err != nil {
		return err
	}
	path := filepath.Join(folder, Page)
	done, _ := record.Read(folder) // exercise says when it is damaged
	text := page(parts, done, open, beside(folder))
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, text) {
		return nil
	}
	return os.WriteFile(path, text, 0o666)
}

// beside returns links to what a folder has beside the course itself.
func beside(folder string) (links []string) {
	for _, p := range []struct{ file, link string }{
		{"playground.ipynb", "[Playground](playground.ipynb): models to turn and push while they train"},
		{"gallery.ipynb", "[Gallery](gallery.ipynb): every kind of picture, with the code that draws it"},
		{"errors.md", "[When a cell fails](errors.md): the messages that everyone meets, and what to do"},
	} {
		if _, err := os.Stat(filepath.Join(folder, p.file)); err == nil {
			links = append(links, p.link)
		}
	}
	return links
}

func page(parts []Part, done record.Record, open string, beside []string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# Descent\n\nHow deep-learning models are trained, in %d notebooks of Go.\n\n", count(parts))
	if n, ok := resume(parts, done, open); ok {
		verb := "Continue with"
		if open == "" && done.Last == "" {
			verb = "Begin with"
		}
		fmt.Fprintf(&b, "## %s [%s %s](%s)\n\n%s", verb, n.Number, n.Title, n.File, n.Answers)
		if len(n.Exercises) > 0 && verb != "Begin with" {
			fmt.Fprintf(&b, " %d of %d exercises are solved.", solvedOf(n, done), len(n.Exercises))
		}
		b.WriteString("\n\n")
	}
	solved, all := 0, 0
	b.WriteString("| | notebook | answers | minutes | builds on | exercises |\n|---|---|---|---|---|---|\n")
	for _, part := range parts {
		if part.Title != "" {
			fmt.Fprintf(&b, "| | **%s** | | | | |\n", part.Title)
		}
		for _, n := range part.Notebooks {
			fmt.Fprintf(&b, "| %s | [%s](%s) | %s | %d | %s | %s |\n", n.Number, n.Title, n.File, n.Answers, n.Minutes, strings.Join(n.BuildsOn, ", "), marks(n, done))
			solved, all = solved+solvedOf(n, done), all+len(n.Exercises)
		}
	}
	fmt.Fprintf(&b, "\n%d of %d exercises are solved (✓ solved, ✗ tried, ○ not yet). F5 brings this page up to date.\n", solved, all)
	if len(beside) > 0 {
		fmt.Fprintf(&b, "\n## Beside the course\n\n- %s\n", strings.Join(beside, "\n- "))
	}
	return b.Bytes()
}

// resume returns the notebook to go on with: the one that was open last or, if its exercises are solved, the first
// after it that has some left.
func resume(parts []Part, done record.Record, open string) (Notebook, bool) {
	var all []Notebook
	for _, part := range parts {
		all = append(all, part.Notebooks...)
	}
	at := 0
	for i, n := range all {
		if n.File == open || open == "" && strings.HasPrefix(done.Last, n.Number+".") {
			at = i
		}
	}
	for i := range all {
		if n := all[(at+i)%len(all)]; solvedOf(n, done) < len(n.Exercises) {
			return n, true
		}
	}
	return Notebook{}, false
}

// solvedOf counts the exercises of a notebook that are solved.
func solvedOf(n Notebook, done record.Record) (count int) {
	for _, id := range n.Exercises {
		if done.Solved[id] {
			count++
		}
	}
	return count
}

// marks is a sign for each exercise of a notebook.
func marks(n Notebook, done record.Record) (marks string) {
	for _, id := range n.Exercises {
		marks += done.Mark(id)
	}
	return marks
}

func count(parts []Part) (n int) {
	for _, part := range parts {
		n += len(part.Notebooks)
	}
	return n
}
