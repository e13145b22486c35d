//go:build unix

package site

import (
	"html"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"descent/notebooks/internal/setuptest"
)

var (
	link    = regexp.MustCompile(`\b(?:href|src)="([^"]*)"`)
	id      = regexp.MustCompile(`\bid="([^"]*)"`)
	alt     = regexp.MustCompile(`<img\b[^>]*\balt="[^"]+`)
	scripts = regexp.MustCompile(`(?s)<script>.*?</script>`)
)

// TestSiteIsWholeAndNeedsNoNetwork exports the course and looks at each page as text; the browser tests look at them
// as a reader does.
func TestSiteIsWholeAndNeedsNoNetwork(t *testing.T) {
	clone := *setuptest.Clone(t)
	clone.Out = io.Discard
	folder := filepath.Join(t.TempDir(), "site")
	for range 2 { // the second replaces the first
		if err := Export(t.Context(), &clone, folder); err != nil {
			t.Fatal(err)
		}
	}
	pages := map[string]string{}
	for _, pattern := range []string{"*.html", "solutions/*.html"} {
		paths, _ := filepath.Glob(filepath.Join(folder, pattern))
		for _, path := range paths {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			name, _ := filepath.Rel(folder, path)
			pages[name] = string(text)
		}
	}
	notebooks, _ := filepath.Glob(filepath.Join(clone.Notebooks(), "*.ipynb"))
	if len(pages) < 2*len(notebooks)-1 {
		t.Errorf("%d pages for %d notebooks and their solutions", len(pages), len(notebooks))
	}
	sections := map[string]map[string]bool{} // of each page, the ids
	for name, text := range pages {
		if len(text) > 2_000_000 {
			t.Errorf("%s has %d bytes, want at most 2,000,000", name, len(text))
		}
		for _, once := range []string{"<main", "<h1", "<title>", `<html lang="en-GB">`, `class="skip"`} {
			if n := strings.Count(text, once); n != 1 {
				t.Errorf("%s has %d of %s, want 1", name, n, once)
			}
		}
		prose := scripts.ReplaceAllString(text, "")
		if n := strings.Count(prose, "<img") - 1 - len(alt.FindAllString(prose, -1)); n != 0 { // the icon has none
			t.Errorf("%s has %d pictures without alt text", name, n)
		}
		if found := regexp.MustCompile(`\$\$|\\frac|\\sum|\\theta`).FindString(prose); found != "" {
			t.Errorf("%s has a formula left in TeX: %s", name, found)
		}
		sections[name] = ids(t, name, prose)
	}
	for name, text := range pages {
		checkLinks(t, sections, folder, name, scripts.ReplaceAllString(text, ""))
	}
}

// ids returns the ids of a page, of which none may come twice.
func ids(t *testing.T, name, text string) map[string]bool {
	t.Helper()
	seen := map[string]bool{}
	for _, m := range id.FindAllStringSubmatch(text, -1) {
		if seen[m[1]] {
			t.Errorf("%s has the id %q twice", name, m[1])
		}
		seen[html.UnescapeString(m[1])] = true
	}
	return seen
}

// checkLinks looks for what a page links to or loads. Only links for a reader to click may lead out of the site.
func checkLinks(t *testing.T, sections map[string]map[string]bool, folder, name, text string) {
	t.Helper()
	for _, m := range link.FindAllStringSubmatch(text, -1) {
		target, err := url.Parse(html.UnescapeString(m[1]))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		path := filepath.Join(filepath.Dir(name), target.Path)
		if target.Path == "" {
			path = name
		}
		switch {
		case target.Scheme == "data":
		case target.IsAbs() && strings.HasPrefix(m[0], "href=\"https:"):
		case target.IsAbs():
			t.Errorf("%s loads %s", name, target)
		case !exists(filepath.Join(folder, path)):
			t.Errorf("%s links to %s, which is not there", name, target)
		case target.Fragment != "" && !sections[path][target.Fragment]:
			t.Errorf("%s links to %s, a section that is not there", name, target)
		}
	}
}

func TestFolderOfSomethingElseIsLeftAlone(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "thesis.txt"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := empty(dir); err == nil || !strings.Contains(err.Error(), "holds something else") {
		t.Errorf("got error %v", err)
	}
	if !exists(filepath.Join(dir, "thesis.txt")) {
		t.Error("the file is gone")
	}
	if err := empty(filepath.Join(dir, "new")); err != nil {
		t.Error(err)
	}
}
