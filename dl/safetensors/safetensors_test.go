package safetensors

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// failAfter is a disk that is full after n bytes.
type failAfter struct {
	w io.Writer
	n int
}

func (f *failAfter) Write(p []byte) (int, error) {
	if len(p) > f.n {
		n, _ := f.w.Write(p[:f.n])
		f.n = 0
		return n, syscall.ENOSPC
	}
	f.n -= len(p)
	return f.w.Write(p)
}

func TestAFailedSaveLeavesTheOldFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "m.safetensors")
	old := []byte("what was there before")
	if err := os.WriteFile(path, old, 0o644); err != nil {
		t.Fatal(err)
	}
	for n := range 200 {
		err := replaceFile(path, func(w io.Writer) error {
			_, err := io.Copy(&failAfter{w, n}, bytes.NewReader(make([]byte, 200)))
			return err
		})
		if !errors.Is(err, syscall.ENOSPC) {
			t.Fatalf("full after %d bytes: got error %v", n, err)
		}
		if got, _ := os.ReadFile(path); !bytes.Equal(got, old) {
			t.Fatalf("full after %d bytes: the old file has changed", n)
		}
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("%d files are left, want only the old one", len(entries))
	}
}

func TestReadRefusesBadFiles(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "bad")
	good, err := os.ReadFile("testdata/dl.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	file := func(header string, data int) []byte {
		b := []byte{byte(len(header)), byte(len(header) >> 8), 0, 0, 0, 0, 0, 0}
		return append(append(b, header...), make([]byte, data)...)
	}
	for _, c := range []struct {
		name string
		file []byte
		want string
	}{
		{"empty", nil, "0 bytes"},
		{"only a length", good[:8], "cut off"},
		{"header cut", good[:100], "cut off"},
		{"data cut", good[:len(good)-1], "cut off"},
		{"data too long", append(slices.Clone(good), 0), "follow the last tensor"},
		{"huge header", append([]byte{255, 255, 255, 255, 255, 255, 255, 127}, good[8:]...), "cut off"},
		{"not JSON", file("nonsense", 0), "not a JSON object"},
		{"array", file("[]", 0), "not a JSON object"},
		{"unknown type", file(`{"a":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}`, 8), "want F64 or F32"},
		{"shape overflows", file(`{"a":{"dtype":"F64","shape":[4294967296,4294967296,4294967296],"data_offsets":[0,8]}}`, 8), "can't hold"},
		{"zero times huge", file(`{"a":{"dtype":"F64","shape":[0,9223372036854775807,4],"data_offsets":[0,8]}}`, 8), "but 8 bytes"},
		{"negative axis", file(`{"a":{"dtype":"F64","shape":[-1],"data_offsets":[0,8]}}`, 8), "can't hold"},
		{"shape too small", file(`{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,16]}}`, 16), "but 16 bytes"},
		{"overlap", file(`{"a":{"dtype":"F64","shape":[2],"data_offsets":[0,16]},"b":{"dtype":"F64","shape":[1],"data_offsets":[8,16]}}`, 16), "begin at 16"},
		{"hole", file(`{"a":{"dtype":"F64","shape":[1],"data_offsets":[8,16]}}`, 16), "begin at 0"},
		{"backwards", file(`{"a":{"dtype":"F64","shape":[1],"data_offsets":[8,0]}}`, 8), "begin at 0"},
		{"beyond the end", file(`{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}`, 0), "within 0"},
		{"name twice", file(`{"a":{"dtype":"F64","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"F64","shape":[0],"data_offsets":[0,0]}}`, 0), "twice"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := os.WriteFile(path, c.file, 0o644); err != nil {
				t.Fatal(err)
			}
			_, _, err := Read(path)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got error %v, want one with %q", err, c.want)
			}
		})
	}
}

func TestWriteRefusesTheSameNameTwice(t *testing.T) {
	path := filepath.Join(t.TempDir(), "twice")
	for _, name := range []string{"a", "__metadata__"} {
		arrays := []Array{{"a", []int{1}, []float64{1}}, {name, []int{1}, []float64{2}}}
		if err := Write(path, arrays, map[string]string{"k": "v"}); err == nil || !strings.Contains(err.Error(), "is taken") {
			t.Errorf("%q: got error %v, want one that says the name is taken", name, err)
		}
	}
}

// FuzzDecode looks for files that make Decode panic, or take memory beyond a
// small multiple of their size.
func FuzzDecode(f *testing.F) {
	paths, _ := filepath.Glob("testdata/*.safetensors")
	for _, path := range paths {
		file, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(file)
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		Decode(file)
		runtime.ReadMemStats(&after)
		if used := after.TotalAlloc - before.TotalAlloc; used > 1<<20+100*uint64(len(file)) {
			t.Errorf("%d bytes of file took %d bytes of memory", len(file), used)
		}
	})
}
