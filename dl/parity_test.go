package dl

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"math"
	"os"
	"testing"

	"descent/dl/spec"
)

// The parity tests compare dl with what Keras and PyTorch computed. Scripts
// under testdata made the numbers, which are committed; the tests need no
// Python. go test -v -run Parity prints the largest error of every case.

// parityTolerance is what float64 on both sides must reach.
const parityTolerance = 1e-10

// relativeError is the largest |got−want| as a share of the largest |want| in
// the array, or of 0.01 where all of want is smaller.
func relativeError(got, want []float64) float64 {
	if len(got) != len(want) {
		return math.Inf(1)
	}
	largest, scale := 0.0, 0.01
	for i, w := range want {
		scale = math.Max(scale, math.Abs(w))
		if d := math.Abs(got[i] - w); !(d <= largest) { // NaN is the largest of all
			largest = d
		}
	}
	return largest / scale
}

// agree fails the test where got is not want, and returns the relative error.
func agree(t *testing.T, what string, got, want []float64, tolerance float64) float64 {
	t.Helper()
	e := relativeError(got, want)
	if !(e <= tolerance) {
		t.Errorf("%s: relative error %.2g, want at most %.2g\ngot  %.12g\nwant %.12g", what, e, tolerance, head(got), head(want))
	}
	return e
}

// head is what an error message shows of a long array.
func head(v []float64) []float64 { return v[:min(len(v), 8)] }

// readFixture reads testdata/name.json, or what is compressed in name.json.gz.
func readFixture(t *testing.T, name string, v any) {
	t.Helper()
	path := "testdata/" + name + ".json"
	f, err := os.Open(path)
	var r io.Reader = f
	if os.IsNotExist(err) {
		if f, err = os.Open(path + ".gz"); err == nil {
			r, err = gzip.NewReader(f)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := json.NewDecoder(r).Decode(v); err != nil {
		t.Fatalf("%s: %v", f.Name(), err)
	}
}

// described returns the value that a fixture describes.
func described[T any](t *testing.T, description any) T {
	t.Helper()
	text, err := json.Marshal(description)
	if err != nil {
		t.Fatal(err)
	}
	list, err := spec.Decode[T](types, []json.RawMessage{text})
	if err != nil {
		t.Fatal(err)
	}
	return list[0]
}
