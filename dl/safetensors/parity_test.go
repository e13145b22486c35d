package safetensors

import (
	"bytes"
	"encoding/json"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// savedFile is what the Python package safetensors says is in a file.
type savedFile struct {
	Metadata map[string]string
	Tensors  map[string]struct {
		Type  string
		Shape []int
		Data  []string // hexadecimal floating point
	}
}

// TestParitySafetensors reads files that the Python package safetensors wrote,
// and the one from TestSafetensorsBytes, which it read.
func TestParitySafetensors(t *testing.T) {
	var files map[string]savedFile
	contents, err := os.ReadFile("testdata/contents.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(contents, &files); err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		t.Run(name, func(t *testing.T) {
			tensors, metadata, err := Read("testdata/" + name)
			if err != nil {
				t.Fatal(err)
			}
			if !maps.Equal(metadata, want.Metadata) {
				t.Errorf("metadata is %q, want %q", metadata, want.Metadata)
			}
			if len(tensors) != len(want.Tensors) {
				t.Errorf("%d tensors, want %d", len(tensors), len(want.Tensors))
			}
			for _, got := range tensors {
				w, ok := want.Tensors[got.Name]
				if !ok || !slices.Equal(got.Shape, w.Shape) || len(got.Data) != len(w.Data) {
					t.Errorf("%q is %v with %d elements, want %v with %d", got.Name, got.Shape, len(got.Data), w.Shape, len(w.Data))
					continue
				}
				for i, text := range w.Data {
					v, err := strconv.ParseFloat(text, 64)
					if err != nil {
						t.Fatal(err)
					}
					if same := math.Float64bits(got.Data[i]) == math.Float64bits(v); !same && !(math.IsNaN(v) && math.IsNaN(got.Data[i])) {
						t.Errorf("%q: element %d is %v, want %v", got.Name, i, got.Data[i], v)
					}
				}
			}
		})
	}
}

// TestSafetensorsBytes writes the file that the Python package has read, with
// the result in contents.json, byte for byte. Where it is not there it is
// written: see testdata/make.py.
func TestSafetensorsBytes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "dl.safetensors")
	tensors := []Array{
		{"0.Dense.W", []int{2, 3}, []float64{0.1, -2, 3e300, 4e-300, 5e-324, math.Copysign(0, -1)}},
		{"1.θ \"quoted\"", []int{1, 1}, []float64{math.Pi}},
		{"2.images", []int{2, 2, 3, 1}, []float64{
			-0x1.9c1c0184a4c78p+0, -0x1.4bdb3e7f03dap-1, 0x1.8d393c5f36aaep+0, 0x1.f54a8c14ee999p-1,
			-0x1.099a9b6bcc752p+0, -0x1.503ed97f97d1cp-2, -0x1.a7a01a761203cp-2, 0x1.67f2cc811454ep+0,
			-0x1.90d8191251347p-3, -0x1.460ae67f25ef2p-1, -0x1.b25270a625f47p-1, 0x1.d70813757cf48p-1,
		}},
		{"3.scalar", []int{}, []float64{1.5}},
	}
	if err := Write(path, tensors, map[string]string{"about": "written by dl, with é, <, & and \n"}); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const kept = "testdata/dl.safetensors"
	want, err := os.ReadFile(kept)
	if os.IsNotExist(err) {
		t.Fatal("wrote ", kept, ": now run testdata/make.py; ", os.WriteFile(kept, got, 0o644))
	} else if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("Write gives other bytes than %s, which Python has read: %d and %d bytes", kept, len(got), len(want))
	}
}

// TestOtherTypesAreRefused says which type a file has that dl can't read.
func TestOtherTypesAreRefused(t *testing.T) {
	for name, typ := range map[string]string{"int64": "I64", "bfloat16": "BF16"} {
		_, _, err := Read("testdata/" + name + ".safetensors")
		if err == nil || !strings.Contains(err.Error(), strconv.Quote(typ)) {
			t.Errorf("%s: error %v, want one that names the type %s", name, err, typ)
		}
	}
}
