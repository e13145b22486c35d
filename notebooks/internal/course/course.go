// Package course reads the map of the course out of its notebooks: the table at the end of 00 Start here says what
// each notebook answers, and the head of each says how long it takes and what it builds on.
package course

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// Start is the notebook that holds the map.
const Start = "00-start-here.ipynb"

// A Part is a row of notebooks with a common theme.
type Part struct {
	Title     string // "" for what stands above the first
	Notebooks []Notebook
}

// A Notebook is a row of the map.
type Notebook struct {
	Number   string // "04"
	Title    string // "Linear regression"
	Answers  string // the question that it answers
	File     string // "04-linear-regression.ipynb"
	Minutes  int
	BuildsOn []string // numbers of notebooks

	Exercises []string // numbers of exercises, "04.1"
}

var (
	row     = regexp.MustCompile(`(?m)^\| *([^|]*?) *\| *([^|]*?) *\| *([^|]*?) *\|$`)
	linked  = regexp.MustCompile(`^\[(.*)\]\((.*)\)$`)
	time    = regexp.MustCompile(`\*\*Time\*\*\D*(\d+) minutes`)
	builds  = regexp.MustCompile(`\*\*Builds on\*\*.*`)
	numbers = regexp.MustCompile(`\]\((\d\d)-`)
	checks  = regexp.MustCompile(`exercise\.Check\("([^"]+)"`)
)

// Read returns the map of the notebooks in a folder.
func Read(folder string) ([]Part, error) {
	start, _, err := read(filepath.Join(folder, Start))
	if err != nil {
		return nil, err
	}
	_, table, found := strings.Cut("\n"+start, "\n## The map\n")
	if !found {
		return nil, fmt.Errorf("%s has no section \"The map\"", Start)
	}
	var parts []Part
	for _, cells := range row.FindAllStringSubmatch(table, -1) {
		number, title, answers := cells[1], cells[2], cells[3]
		switch {
		case answers == "":
			parts = append(parts, Part{Title: strings.Trim(title, "*")})
		case len(number) == 2:
			if len(parts) == 0 {
				parts = []Part{{}} // what stands above the first part
			}
			n, err := readNotebook(folder, Notebook{Number: number, Title: title, Answers: answers})
			if err != nil {
				return nil, err
			}
			last := &parts[len(parts)-1]
			last.Notebooks = append(last.Notebooks, n)
		}
	}
	if len(parts) == 0 {
		return nil, fmt.Errorf("%s has no table in its section \"The map\"", Start)
	}
	return parts, nil
}

// readNotebook fills in what the head of the notebook says.
func readNotebook(folder string, n Notebook) (Notebook, error) {
	link := linked.FindStringSubmatch(n.Title)
	if link == nil {
		return n, fmt.Errorf("%s: the map has no link for %s %s", Start, n.Number, n.Title)
	}
	n.Title, n.File = link[1], link[2]
	text, code, err := read(filepath.Join(folder, n.File))
	if err != nil {
		return n, err
	}
	if minutes := time.FindStringSubmatch(text); minutes != nil {
		n.Minutes, _ = strconv.Atoi(minutes[1])
	}
	for _, number := range numbers.FindAllStringSubmatch(builds.FindString(text), -1) {
		n.BuildsOn = append(n.BuildsOn, number[1])
	}
	for _, check := range checks.FindAllStringSubmatch(code, -1) {
		n.Exercises = append(n.Exercises, check[1])
	}
	return n, nil
}

// read returns the text of a notebook's markdown cells, and of its code cells.
func read(path string) (prose, code string, err error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return "", "", err
	}
	var notebook struct {
		Cells []struct {
			Type   string          `json:"cell_type"`
			Source json.RawMessage `json:"source"`
		}
	}
	if err := json.Unmarshal(raw, &notebook); err != nil {
		return "", "", fmt.Errorf("%s is not a notebook: %w", path, err)
	}
	texts := map[string]*strings.Builder{"markdown": {}, "code": {}, "raw": {}}
	for _, cell := range notebook.Cells {
		var lines []string
		if json.Unmarshal(cell.Source, &lines) != nil {
			lines = []string{""}
			json.Unmarshal(cell.Source, &lines[0])
		}
		if text := texts[cell.Type]; text != nil {
			text.WriteString(strings.Join(lines, "") + "\n\n")
		}
	}
	return texts["markdown"].String(), texts["code"].String(), nil
}
