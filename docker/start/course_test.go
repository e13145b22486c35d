//go:build unix

package main

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// TestCourseIsCopiedAndNothingChangedIsOverwritten follows a learner's folder through starts of images whose notebook
// has one content after the other.
func TestCourseIsCopiedAndNothingChangedIsOverwritten(t *testing.T) {
	type files map[string]string
	for _, test := range []struct {
		name  string
		steps []any // a string: a start of an image with this content; files: what the learner writes ("" deletes)
		want  files
	}{
		{"first start", []any{"one"}, files{"04.ipynb": "one"}},
		{"untouched is brought up to date", []any{"one", "two"}, files{"04.ipynb": "two"}},
		{"changed is kept", []any{"one", files{"04.ipynb": "mine"}, "one"}, files{"04.ipynb": "mine"}},
		{"changed is kept, the new version comes beside it", []any{"one", files{"04.ipynb": "mine"}, "two"},
			files{"04.ipynb": "mine", "04.new.ipynb": "two"}},
		{"once only", []any{"one", files{"04.ipynb": "mine"}, "two", files{"04.new.ipynb": ""}, "two"}, files{"04.ipynb": "mine"}},
		{"a new version beside is brought up to date", []any{"one", files{"04.ipynb": "mine"}, "two", "three"},
			files{"04.ipynb": "mine", "04.new.ipynb": "three"}},
		{"a new version beside that was changed is kept too", []any{"one", files{"04.ipynb": "mine"}, "two", files{"04.new.ipynb": "mine too"}, "three"},
			files{"04.ipynb": "mine", "04.new.ipynb": "mine too", "04.new-2.ipynb": "three"}},
		{"deleted comes back", []any{"one", files{"04.ipynb": ""}, "one"}, files{"04.ipynb": "one"}},
		{"something else of the same name was there", []any{files{"04.ipynb": "mine"}, "one", "one"},
			files{"04.ipynb": "mine", "04.new.ipynb": "one"}},
		{"the same was there", []any{files{"04.ipynb": "one"}, "one", "two"}, files{"04.ipynb": "two"}},
		{"the record is damaged", []any{"one", files{".delivered": "{"}, "two"}, files{"04.ipynb": "one", "04.new.ipynb": "two"}},
		{"the learner changed it to what comes", []any{"one", files{"04.ipynb": "two"}, "two", "three"}, files{"04.ipynb": "three"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			image, work := t.TempDir(), t.TempDir()
			for _, step := range test.steps {
				switch step := step.(type) {
				case string:
					writeFiles(t, image, files{"04.ipynb": step, "solutions/04.ipynb": "s", "errors.md": "e", "internal/x.ipynb": "x", "go.go": "x"})
					if _, err := copyCourse(image, work, filepath.Join(work, ".delivered")); err != nil {
						t.Fatal(err)
					}
				case files:
					writeFiles(t, work, step)
				}
			}
			test.want["solutions/04.ipynb"], test.want["errors.md"] = "s", "e"
			if got := files(readFiles(t, work)); !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func writeFiles(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, content := range files {
		path := filepath.Join(dir, name)
		os.MkdirAll(filepath.Dir(path), 0o777)
		if content == "" {
			os.Remove(path)
		} else if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

func readFiles(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && !strings.HasPrefix(entry.Name(), ".") {
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			name, _ := filepath.Rel(dir, path)
			files[name] = string(content)
		}
		return nil
	})
	return files
}

func TestCacheIsLinkedAndCanBeAddedTo(t *testing.T) {
	from, to := t.TempDir(), filepath.Join(t.TempDir(), "cache")
	writeFiles(t, from, map[string]string{"00/x-d": "compiled", "README": "r"})
	for range 2 { // also when a container starts again
		if err := linkCache(from, to); err != nil {
			t.Fatal(err)
		}
	}
	writeFiles(t, to, map[string]string{"00/y-d": "added"})
	want := map[string]string{"00/x-d": "compiled", "00/y-d": "added", "README": "r"}
	if got := readFiles(t, to); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestServerThatRecordedItselfLastIsFound(t *testing.T) {
	dir := t.TempDir()
	if _, err := running(dir); err == nil {
		t.Error("no error without a record")
	}
	writeFiles(t, dir, map[string]string{"jpserver-7.json": `{"port": 8888, "base_url": "/user/ada/", "token": "abc", "url": "http://0a1b:8888/"}`})
	s, err := running(dir)
	if want := "http://127.0.0.1:8888/user/ada/lab/tree/index.md?token=abc"; err != nil || s.address() != want {
		t.Errorf("got %q, %v, want %q", s.address(), err, want)
	}
}

func TestProgramIsWhatWasAskedFor(t *testing.T) {
	for _, test := range []struct {
		name, hub string
		args      []string
		want      string
	}{
		{"nothing", "", nil, "jupyter-lab"},
		{"options", "", []string{"--ServerApp.base_url=/x"}, "jupyter-lab"},
		{"a program", "", []string{"go", "version"}, "go"},
		{"JupyterHub", "secret", nil, "jupyterhub-singleuser"},
		{"JupyterHub with a program", "secret", []string{"jupyter-lab", "--ip=0.0.0.0"}, "jupyter-lab"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Setenv("JUPYTERHUB_API_TOKEN", test.hub)
			t.Setenv("JUPYTER_TOKEN", "")
			got := program(test.args, "/work")
			if got[0] != test.want {
				t.Errorf("got %q, want %s", got, test.want)
			}
			if n := len(test.args); n > 0 && !reflect.DeepEqual(got[len(got)-n:], test.args) {
				t.Errorf("got %q, want it to end with %q", got, test.args)
			}
		})
	}
}
