package plots

import (
	"bytes"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

// A notebook stays light: no picture of the usual kinds reaches 100 kB.
func TestPicturesAreSmall(t *testing.T) {
	for _, k := range kinds {
		f := k.draw()
		b := PNG(f)
		if len(b) >= 100_000 {
			t.Errorf("%s is %d bytes, want less than 100,000", k.name, len(b))
		}
		cfg, err := png.DecodeConfig(bytes.NewReader(b))
		if err != nil || cfg.Width != 2*f.Width || cfg.Height != 2*f.Height {
			t.Errorf("%s is %d×%d pixels (%v), want twice %d×%d", k.name, cfg.Width, cfg.Height, err, f.Width, f.Height)
		}
		if f.Width > maxWidth {
			t.Errorf("%s is %d wide, want %d at most", k.name, f.Width, maxWidth)
		}
	}
}

// A million points are thinned: drawing them takes a moment, and a spike stays.
func TestMillionPointsAreThinned(t *testing.T) {
	y := make([]float64, 1_000_000)
	for i := range y {
		y[i] = math.Sin(float64(i) / 1e5)
	}
	y[700_000] = 40
	if f := Lines("x", "y", Series{Y: y}); f.Y.Max != 40 {
		t.Errorf("the highest value drawn is %g, want the spike of 40", f.Y.Max)
	}
	f := Scatter("x", "y", Series{Y: y})
	if !strings.Contains(f.Note, "One point in 250 is drawn of 1,000,000.") {
		t.Errorf("the note is %q, want it to say how many points are drawn", f.Note)
	}
	for name, f := range map[string]*Figure{"scatter": f, "lines": Lines("x", "y", Series{Y: y}), "histogram": Histogram("x", 0, Series{Y: y}), "waveform": Waveform(y, 8000)} {
		if n := len(PNG(f)); n >= 100_000 {
			t.Errorf("%s of a million points is %d bytes, want less than 100,000", name, n)
		}
	}
}

func TestShowAndScrubberWantAltText(t *testing.T) {
	f := Lines("x", "y", Series{Y: []float64{1, 2}})
	for _, alt := range []string{"", "  \n"} {
		if d := combine(alt, []Drawer{f}); d.(*Figure).Err() == nil {
			t.Errorf("Show(%q) shows the picture, want a message that asks for alt text", alt)
		}
	}
	if combine("A line rises.", []Drawer{f}) != Drawer(f) {
		t.Error("Show does not show the picture it is given")
	}
	if d := combine("Nothing.", nil); d.(*Figure).Err() == nil {
		t.Error("Show without pictures says nothing")
	}
}

func TestSaveWritesPNGAndSVG(t *testing.T) {
	f := Lines("x", "∇J(θ₁)", Series{Name: "a", Y: []float64{1, 2}})
	dir := t.TempDir()
	for ext, start := range map[string]string{".png": "\x89PNG", ".svg": "<?xml"} {
		path := filepath.Join(dir, "p"+ext)
		if err := Save(path, f); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(path)
		if err != nil || !bytes.HasPrefix(b, []byte(start)) {
			t.Errorf("%s starts with %.8q (%v), want %q", ext, b, err, start)
		}
	}
	if err := Save(filepath.Join(dir, "p.gif"), f); err == nil || !strings.Contains(err.Error(), "want .png or .svg") {
		t.Errorf("Save to .gif says %v, want what it can write", err)
	}
	if err := Save(filepath.Join(dir, "missing", "p.svg"), f); err == nil {
		t.Error("Save into a missing folder says nothing")
	}
}

func TestPlainPlotsCanBeShown(t *testing.T) {
	p := plot.New()
	if len(PNG(p)) == 0 {
		t.Error("a *plot.Plot gives no PNG")
	}
	if f := Grid(2, p, Lines("x", "y", Series{Y: []float64{1, 2}})); f.Err() != nil || len(PNG(f)) == 0 {
		t.Errorf("a *plot.Plot does not go into a Grid: %v", f.Err())
	}
}

// Axes may be narrowed or widened afterwards; nothing is then drawn beside them.
func TestPicturesStayInsideTheirAxes(t *testing.T) {
	X, y := spirals()
	for name, f := range map[string]*Figure{
		"contour": Contour(bowl, Range{-4, 4}, Range{-2, 2}, descent("", 0.31)),
		"regions": Regions(func(X mat.Matrix) (*mat.Dense, error) {
			n, _ := X.Dims()
			out := mat.NewDense(n, 1, nil)
			out.Copy(X)
			return out, nil
		}, X, y),
	} {
		for _, x := range []Range{{-1, 1}, {-9, 9}, {3, 3.001}, {100, 200}} {
			f.X.Min, f.X.Max, f.Y.Min, f.Y.Max = x[0], x[1], -0.5, 1
			img := pixels(f, resolution)
			for _, column := range []int{1, img.Rect.Dx() - 2} {
				for row := range img.Rect.Dy() / 2 { // the lower half has the numbers of the axis
					if c := img.RGBAAt(column, row); c.R != 0xff || c.G != 0xff || c.B != 0xff {
						t.Fatalf("%s with x from %g to %g: pixel %d, %d at the edge is %v, want white", name, x[0], x[1], column, row, c)
					}
				}
			}
		}
	}
}

func TestTicksAreFewAndRound(t *testing.T) {
	for _, c := range []struct {
		low, high float64
		want      string
	}{
		{0, 1, "0 0.2 0.4 0.6 0.8 1.0"},
		{0, 200, "0 50 100 150 200"},
		{-4, 4, "−4 −2 0 2 4"},
		{0, 12500, "0 2,500 5,000 7,500 10,000 12,500"},
		{1e-5, 5e-5, "1·10⁻⁵ 2·10⁻⁵ 3·10⁻⁵ 4·10⁻⁵ 5·10⁻⁵"},
		{0, 4e6, "0 1·10⁶ 2·10⁶ 3·10⁶ 4·10⁶"},
		{0.943, 0.981, "0.95 0.96 0.97 0.98"},
		{3, 3, ""},
		{math.NaN(), 1, ""},
	} {
		var labels []string
		for _, tick := range (Ticks{}).Ticks(c.low, c.high) {
			labels = append(labels, tick.Label)
		}
		if got := strings.Join(labels, " "); got != c.want {
			t.Errorf("ticks from %g to %g: %s, want %s", c.low, c.high, got, c.want)
		}
	}
}

// Ranges of any size get between 2 and 8 labels, each different.
func TestTicksOfAnyRange(t *testing.T) {
	for exponent := -12.0; exponent < 12; exponent += 0.07 {
		width := math.Pow(10, exponent)
		for _, low := range []float64{0, -width / 3, width * 7} {
			seen, n := map[string]bool{}, 0
			for _, tick := range (Ticks{}).Ticks(low, low+width) {
				n++
				if seen[tick.Label] {
					t.Errorf("from %g to %g: two ticks are labelled %s", low, low+width, tick.Label)
				}
				seen[tick.Label] = true
			}
			if n < 2 || n > 8 {
				t.Errorf("from %g to %g: %d ticks, want 2 to 8", low, low+width, n)
			}
		}
	}
}

func TestLogTicks(t *testing.T) {
	for _, c := range []struct {
		low, high float64
		want      string
	}{
		{1, 1000, "1 10 100 1,000"},
		{1e-7, 20, "10⁻⁶ 10⁻⁴ 10⁻² 10⁰"},
		{2, 60, "2 5 10 20 50"},
		{-1, 0, "0.1 1"},
		{1, 1e300, "10⁰ 10⁵⁰ 10¹⁰⁰ 10¹⁵⁰ 10²⁰⁰ 10²⁵⁰ 10³⁰⁰"},
	} {
		var labels []string
		for _, tick := range (logTicks{}).Ticks(c.low, c.high) {
			if !tick.IsMinor() {
				labels = append(labels, tick.Label)
			}
		}
		if got := strings.Join(labels, " "); got != c.want {
			t.Errorf("log ticks from %g to %g: %s, want %s", c.low, c.high, got, c.want)
		}
	}
}

func BenchmarkPNG(b *testing.B) {
	for _, k := range kinds {
		b.Run(k.name, func(b *testing.B) {
			for i := 0; i < b.N; i++ {
				PNG(k.draw())
			}
		})
	}
}

func TestLongLabelOfALogAxisTakesNoHeight(t *testing.T) {
	area := func(label string) vg.Rectangle {
		f := Lines("x", label, Series{Y: []float64{1e-6, 1e6}})
		f.LogY()
		p := *f.Plot
		return p.DataCanvas(f.surround(&p, draw.New(vgimg.New(400, 300)))).Rectangle
	}
	if short, long := area("y"), area("mean squared error on new points"); short != long {
		t.Errorf("the frame is %v with a long label and %v with a short one", long, short)
	}
}

func TestLinesOverWholeNumbersHaveWholeTicks(t *testing.T) {
	for _, c := range []struct {
		x    []float64
		want string
	}{
		{[]float64{0, 7, 14}, "0 2 4 6 8 10 12 14"},
		{[]float64{0, 1, 2}, "0 1 2"},
		{[]float64{0, 0.5, 2}, "0 0.5 1.0 1.5 2.0"},
	} {
		var got []string
		for _, tick := range Lines("x", "y", Series{X: c.x, Y: []float64{0, 1, 0}}).X.Tick.Marker.Ticks(0, c.x[2]) {
			got = append(got, tick.Label)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("ticks for %v are %s, want %s", c.x, s, c.want)
		}
	}
}
