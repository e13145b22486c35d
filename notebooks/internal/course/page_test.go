package course

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// small is a course of three notebooks, the last still to come.
var small = []Part{
	{Notebooks: []Notebook{{Number: "00", Title: "Start", Answers: "How?", File: "00-start.ipynb", Minutes: 20, Exercises: []string{"00.1", "00.2"}}}},
	{Title: "More", Notebooks: []Notebook{
		{Number: "01", Title: "Middle", Answers: "Why?", File: "01-middle.ipynb", Minutes: 45, BuildsOn: []string{"00"}, Exercises: []string{"01.1"}},
		{Number: "02", Title: "End", Answers: "What then?"},
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
		progress Progress
		open     string
		want     []string
	}{
		{"nothing done", Progress{}, "", []string{"## Begin with [00 Start](00-start.ipynb)", "0 of 3 exercises", "| ○○ |", "| End (to come) |"}},
		{"one tried", Progress{Tries: map[string]int{"00.2": 1}, Last: "00.2"}, "", []string{"## Continue with [00 Start]", "| ○✗ |"}},
		{"one solved", Progress{Solved: solved("00.1"), Last: "00.1"}, "", []string{"## Continue with [00 Start]", "1 of 2 exercises are solved", "| ✓○ |", "1 of 3 exercises"}},
		{"a notebook solved", Progress{Solved: solved("00.1", "00.2"), Last: "00.2"}, "", []string{"## Continue with [01 Middle]"}},
		{"another open", Progress{Solved: solved("00.1"), Last: "00.1"}, "01-middle.ipynb", []string{"## Continue with [01 Middle]"}},
		{"last solved, first not", Progress{Solved: solved("01.1"), Last: "01.1"}, "", []string{"## Continue with [00 Start]"}},
		{"all solved", Progress{Solved: solved("00.1", "00.2", "01.1"), Last: "01.1"}, "", []string{"3 of 3 exercises"}},
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
		ProgressFile:   `{"Solved": {"00.1": true}, "Last": "00.1"}`,
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

func TestDamagedProgressCountsAsNone(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, ProgressFile), []byte("{"), 0o666); err != nil {
		t.Fatal(err)
	}
	if p := ReadProgress(dir); len(p.Solved) > 0 || p.Last != "" {
		t.Errorf("got %v", p)
	}
}
