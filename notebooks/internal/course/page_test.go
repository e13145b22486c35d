package course

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"descent/notebooks/internal/record"
)

// small is a course of three notebooks, the last without exercises.
var small = []Part{
	{Notebooks: []Notebook{{Number: "00", Title: "Start", Answers: "How?", File: "00-start.ipynb", Minutes: 20, Exercises: []string{"00.1", "00.2"}}}},
	{Title: "More", Notebooks: []Notebook{
		{Number: "01", Title: "Middle", Answers: "Why?", File: "01-middle.ipynb", Minutes: 45, BuildsOn: []string{"00"}, Exercises: []string{"01.1"}},
		{Number: "02", Title: "End", Answers: "What then?", File: "02-end.ipynb", Minutes: 5},
	}},
}

func TestPageSaysWhereToGoOn(t *testing.T) {
	solved := func(ids ...string) map[string]bool {
		m := map[string]bool{}
		for _, id := range ids {
			m[id] = true
		}
		return m
	}
	for _, test := range []struct {
		name     string
		progress record.Record
		open     string
		want     []string
	}{
		{"nothing done", record.Record{}, "", []string{"## Begin with [00 Start](00-start.ipynb)", "0 of 3 exercises", "| ○○ |", "| [End](02-end.ipynb) | What then? | 5 |"}},
		{"one tried", record.Record{Tries: map[string]int{"00.2": 1}, Last: "00.2"}, "", []string{"## Continue with [00 Start]", "| ○✗ |"}},
		{"one solved", record.Record{Solved: solved("00.1"), Last: "00.1"}, "", []string{"## Continue with [00 Start]", "1 of 2 exercises are solved", "| ✓○ |", "1 of 3 exercises"}},
		{"a notebook solved", record.Record{Solved: solved("00.1", "00.2"), Last: "00.2"}, "", []string{"## Continue with [01 Middle]"}},
		{"another open", record.Record{Solved: solved("00.1"), Last: "00.1"}, "01-middle.ipynb", []string{"## Continue with [01 Middle]"}},
		{"last solved, first not", record.Record{Solved: solved("01.1"), Last: "01.1"}, "", []string{"## Continue with [00 Start]"}},
		{"all solved", record.Record{Solved: solved("00.1", "00.2", "01.1"), Last: "01.1"}, "", []string{"3 of 3 exercises"}},
	} {
		text := string(page(small, test.progress, test.open, nil))
		for _, want := range test.want {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is not on the page:\n%s", test.name, want, text)
			}
		}
		if test.name == "all solved" && strings.Contains(text, "Continue") {
			t.Errorf("there is nothing to go on with, but the page says so:\n%s", text)
		}
	}
}

func TestWritePageLinksWhatIsThere(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		Start:          `{"cells": [{"cell_type": "markdown", "source": "**Time** about 20 minutes.\n## The map\n| 00 | [Start](00-start-here.ipynb) | How? |\n"}]}`,
		"errors.md":    "",
		record.File:    `{"Solved": {"00.1": true}, "Last": "00.1"}`,
		"other.ipynb":  "{}",
		"gallery.txt":  "",
		"index.md.new": "",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if err := WritePage(dir, ""); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, Page))
	if err != nil {
		t.Fatal(err)
	}
	if s := string(text); !strings.Contains(s, "(errors.md)") || strings.Contains(s, "gallery.ipynb") || !strings.Contains(s, "in 1 notebooks") {
		t.Errorf("the page is\n%s", s)
	}
}
