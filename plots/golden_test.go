package plots

import (
	"bytes"
	"flag"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "write the golden pictures instead of comparing with them")

// Every kind gives the same bytes each time it is drawn, and the bytes of
// testdata. On failure the difference is written as a picture, black where
// nothing differs.
func TestPicturesMatchGolden(t *testing.T) {
	for _, k := range kinds {
		t.Run(k.name, func(t *testing.T) {
			got := PNG(k.draw())
			path := filepath.Join("testdata", k.name+".png")
			if *update {
				if err := os.WriteFile(path, got, 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s differs; see %s", path, writeDifference(t, k.name, got, want))
			}
		})
	}
}

// writeDifference writes got, and |got − want|, beside the test's other
// temporary files and returns the path of the latter.
func writeDifference(t *testing.T, name string, got, want []byte) string {
	dir, err := os.MkdirTemp("", "plots-golden-")
	if err != nil {
		t.Fatal(err)
	}
	a, errA := png.Decode(bytes.NewReader(got))
	b, errB := png.Decode(bytes.NewReader(want))
	if errA != nil || errB != nil {
		t.Fatal(errA, errB)
	}
	area := a.Bounds().Union(b.Bounds())
	diff := image.NewRGBA(area)
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			r, g, bl, _ := a.At(x, y).RGBA()
			s, h, c, _ := b.At(x, y).RGBA()
			apart := func(p, q uint32) uint8 { return uint8(math.Abs(float64(p)-float64(q)) / 257) }
			diff.Set(x, y, color.RGBA{apart(r, s), apart(g, h), apart(bl, c), 0xff})
		}
	}
	path := filepath.Join(dir, name+"-difference.png")
	if err := os.WriteFile(path, encode(diff), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), got, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}
