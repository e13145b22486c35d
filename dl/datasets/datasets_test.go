package datasets

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// hash sums up the bits of matrices.
func hash(matrices ...*mat.Dense) string {
	h := fnv.New64a()
	for _, m := range matrices {
		for i := range rowsOf(m) {
			for _, v := range m.RawRowView(i) {
				var bits [8]byte
				binary.LittleEndian.PutUint64(bits[:], math.Float64bits(v))
				h.Write(bits[:])
			}
		}
	}
	return fmt.Sprintf("%016x", h.Sum64())
}

// close says whether two numbers agree to a relative 1e-12.
func close(a, b float64) bool { return math.Abs(a-b) <= 1e-12*(1+math.Abs(b)) }

func TestTablesAgreeWithScikitLearn(t *testing.T) {
	file, err := os.ReadFile("testdata/scikit.json")
	if err != nil {
		t.Fatal(err)
	}
	var want map[string]struct {
		Rows                                            int
		Mean, SD, LastRow, LastStandardised, LastMinMax []float64
		TargetMean                                      float64
	}
	if err := json.Unmarshal(file, &want); err != nil {
		t.Fatal(err)
	}
	for _, table := range []*Table{Iris(), Wine(), BreastCancer(), Diabetes(), Digits()} {
		w, name := want[table.Name], table.Name
		if table.Len() != w.Rows || len(table.Features) != len(w.Mean) {
			t.Fatalf("%s: %d rows and %d feature names, scikit-learn has %d and %d", name, table.Len(), len(table.Features), w.Rows, len(w.Mean))
		}
		if got := mat.Sum(table.Y) / float64(table.Len()); !close(got, w.TargetMean) {
			t.Errorf("%s: target's mean %v, scikit-learn has %v", name, got, w.TargetMean)
		}
		standard, err := FitStandard(table.X)
		if err != nil {
			t.Fatal(err)
		}
		minMax, err := FitMinMax(table.X)
		if err != nil {
			t.Fatal(err)
		}
		last := table.X.Slice(w.Rows-1, w.Rows, 0, len(w.Mean))
		z, err := standard.Apply(last)
		if err != nil {
			t.Fatal(err)
		}
		u, err := minMax.Apply(last)
		if err != nil {
			t.Fatal(err)
		}
		for j, feature := range table.Features {
			sd := w.SD[j]
			if sd == 0 { // a constant column, which we divide by 1
				sd = 1
			}
			for _, check := range []struct {
				what      string
				got, want float64
			}{
				{"mean", standard.Shift[j], w.Mean[j]},
				{"deviation", standard.Scale[j], sd},
				{"last row", table.X.At(w.Rows-1, j), w.LastRow[j]},
				{"last row standardised", z.At(0, j), w.LastStandardised[j]},
				{"last row to [0, 1]", u.At(0, j), w.LastMinMax[j]},
			} {
				if !close(check.got, check.want) {
					t.Errorf("%s: %s of %q is %v, scikit-learn has %v", name, check.what, feature, check.got, check.want)
				}
			}
		}
	}
}

func TestDataKeepTheirBits(t *testing.T) {
	speech := SpokenDigits()
	for _, test := range []struct {
		table      *Table
		rows, cols int
		hash       string
	}{
		{Iris(), 150, 4, "cccd29ef995149be"},
		{Wine(), 178, 13, "8026e0758dfb7fb4"},
		{BreastCancer(), 569, 30, "3b6714b736e5c6d3"},
		{Diabetes(), 442, 10, "4e46110e03acb09a"},
		{Digits(), 1797, 64, "ad5ab6b706ed4a0e"},
		{&speech.Table, 1200, 4800, "7797a766bb228463"},
		{Line(4, 1, 1), 4, 2, "57e8ee7ac5deb446"},
		{Linear(50, []float64{1, -2, 3}, 0.5, 0.1, 1), 50, 3, "eb61acf12a088d6c"},
		{Sine(15, 0.1, 1), 15, 1, "b9ffbcfa23c46114"},
		{Moons(200, 0.2, 1), 200, 2, "b17d9dc22c831ad7"},
		{Circles(200, 0.1, 1), 200, 2, "a77f44cb80549178"},
		{Rings(200, 3, 0.1, 1), 200, 2, "93fdecae2bdd3068"},
		{Spirals(200, 2, 0.03, 1), 200, 2, "01086d428f0a70d3"},
		{Spirals(201, 3, 0.03, 1), 201, 2, "3958cbb4099b1583"},
		{XOR(200, 0.3, 1), 200, 2, "f89534d821f3d21b"},
		{Blobs(200, 4, 0.7, 1), 200, 2, "8fecd3595dad31a9"},
		{RingOfGaussians(200, 8, 0.1, 1), 200, 2, "66ae247165a350ee"},
	} {
		name := test.table.Name
		if rows, cols := test.table.X.Dims(); rows != test.rows || cols != test.cols {
			t.Errorf("%s: X is %d×%d, want %d×%d", name, rows, cols, test.rows, test.cols)
		}
		if rows, cols := test.table.Y.Dims(); rows != test.rows || cols != 1 {
			t.Errorf("%s: Y is %d×%d, want %d×1", name, rows, cols, test.rows)
		}
		if got := hash(test.table.X, test.table.Y); got != test.hash {
			t.Errorf("%s: hash %s, want %s", name, got, test.hash)
		}
	}
	if got, want := hash(Normal(100, 100, 1)), "848a1e870c35ec4a"; got != want {
		t.Errorf("Normal: hash %s, want %s", got, want)
	}
}

func TestGeneratorsFollowTheirSeed(t *testing.T) {
	seven, again, eight := Moons(50, 0.2, 7), Moons(50, 0.2, 7), Moons(50, 0.2, 8)
	if !mat.Equal(seven.X, again.X) {
		t.Error("one seed gave two sets of points")
	}
	if mat.Equal(seven.X, eight.X) {
		t.Error("two seeds gave the same points")
	}
	first, corr, before := 0.0, 0.0, 0.0
	const seeds = 10000
	for seed := range uint64(seeds) { // neighbouring seeds must not begin alike
		u := newRand(seed, generatorStream).Float64() - 0.5
		first, corr, before = first+u/seeds, corr+12*u*before/seeds, u
	}
	if math.Abs(first) > 0.01 || math.Abs(corr) > 0.03 {
		t.Errorf("first draws of %d seeds: mean off by %.4f, correlation %.4f with the next seed's", seeds, first, corr)
	}
}

func TestLineIsTheArticlesData(t *testing.T) {
	line := Line(4, 0, 1)
	if !mat.Equal(line.X, mat.NewDense(4, 2, []float64{1, 2, 2, 3, 3, 4, 4, 5})) {
		t.Errorf("X = %v", mat.Formatted(line.X))
	}
	if !mat.Equal(line.Y, mat.NewDense(4, 1, []float64{5, 8, 11, 14})) {
		t.Errorf("y = %v, want X·[1, 2]", mat.Formatted(line.Y))
	}
}

func TestGeneratorsWithoutNoiseMeetTheirFormula(t *testing.T) {
	radius := func(x []float64) float64 { return math.Hypot(x[0], x[1]) }
	for _, test := range []struct {
		table *Table
		off   func(x []float64, y float64) float64 // 0 where x meets the formula of class or value y
	}{
		{Moons(60, 0, 1), func(x []float64, y float64) float64 {
			if y == 0 {
				return radius(x) - 1 + min(0, x[1])
			}
			return math.Hypot(x[0]-1, x[1]-0.5) - 1 + max(0, x[1]-0.5)
		}},
		{Circles(60, 0, 1), func(x []float64, y float64) float64 { return radius(x) - 1 + y/2 }},
		{Rings(60, 3, 0, 1), func(x []float64, y float64) float64 { return radius(x) - 1 - y }},
		{Spirals(60, 3, 0, 1), func(x []float64, y float64) float64 {
			return math.Sin(math.Atan2(x[1], x[0]) - 2*math.Pi*((radius(x)-0.1)/0.9+y/3))
		}},
		{XOR(60, 0, 1), func(x []float64, y float64) float64 { return x[0]*x[1] - 1 + 2*y }},
		{RingOfGaussians(60, 8, 0, 1), func(x []float64, y float64) float64 {
			return math.Hypot(x[0]-2*math.Cos(y*math.Pi/4), x[1]-2*math.Sin(y*math.Pi/4))
		}},
		{Sine(60, 0, 1), func(x []float64, y float64) float64 { return y - math.Sin(2*math.Pi*x[0]) }},
		{Linear(60, []float64{1, -2}, 3, 0, 1), func(x []float64, y float64) float64 { return y - x[0] + 2*x[1] - 3 }},
	} {
		for i := range test.table.Len() {
			if off := test.off(test.table.X.RawRowView(i), test.table.Y.At(i, 0)); math.Abs(off) > 1e-14 {
				t.Errorf("%s: row %d is off by %g", test.table.Name, i, off)
			}
		}
	}
}

func TestNormalHasTheMomentsOfANormal(t *testing.T) {
	const n = 100000
	var m1, m2, m4, within float64
	for _, z := range Normal(n, 1, 3).RawMatrix().Data {
		m1, m2, m4 = m1+z/n, m2+z*z/n, m4+z*z*z*z/n
		if math.Abs(z) < 1 {
			within += 1. / n
		}
	}
	for _, test := range []struct {
		what                 string
		got, want, deviation float64
	}{
		{"mean", m1, 0, 1}, {"variance", m2, 1, math.Sqrt(2)}, {"fourth moment", m4, 3, math.Sqrt(96)},
		{"share within one deviation", within, math.Erf(math.Sqrt2 / 2), 0.47},
	} {
		if math.Abs(test.got-test.want) > 4*test.deviation/math.Sqrt(n) {
			t.Errorf("%s is %.4f, want %.4f", test.what, test.got, test.want)
		}
	}
}

func TestFirstNamesAndOpticksAreWhole(t *testing.T) {
	female, male := FirstNames()
	if len(female) != 4275 || len(male) != 1219 || female[0] != (FirstName{"mary", 2.629}) || male[0] != (FirstName{"james", 3.318}) {
		t.Errorf("%d names of women from %v, %d of men from %v", len(female), female[0], len(male), male[0])
	}
	for _, n := range slices.Concat(female, male) {
		if strings.Trim(n.Name, "abcdefghijklmnopqrstuvwxyz") != "" || n.Name == "" || n.Percent <= 0 {
			t.Errorf("name %+v, want letters a to z and a share", n)
		}
	}
	if text := Opticks(); len(text) != 567198 || !strings.Contains(text, "_Reflections_") {
		t.Errorf("Opticks has %d bytes, want 567198", len(text))
	}
}

func TestSpokenDigitsCoverEveryVoiceAndDigit(t *testing.T) {
	s := SpokenDigits()
	if len(s.Voices) != 20 || s.Rate != 8000 {
		t.Errorf("%d voices at %d Hz", len(s.Voices), s.Rate)
	}
	count := map[string]int{}
	for i := range s.Len() {
		count[fmt.Sprint(s.Y.At(i, 0), s.Voices[s.Groups[i]], s.Speed[i], s.Pitch[i])]++
		clip := s.X.RawRowView(i)
		peak, energy := mat.Max(mat.NewVecDense(len(clip), clip)), 0.0
		for _, v := range clip {
			peak, energy = max(peak, math.Abs(v)), energy+v*v
		}
		if peak < 0.7 || peak > 1 || energy < 20 {
			t.Errorf("clip %d (%v by %s): peak %.2f, energy %.1f", i, s.Y.At(i, 0), s.Voices[s.Groups[i]], peak, energy)
		}
	}
	if len(count) != 1200 {
		t.Errorf("%d different combinations of digit, voice, speed and pitch, want 1200", len(count))
	}
}

func TestBadGeneratorArgumentsPanicWithTheWayOut(t *testing.T) {
	for _, test := range []struct {
		call func()
		want string
	}{
		{func() { Moons(0, 0.1, 1) }, "datasets: Moons: n is 0, want 1 or more"},
		{func() { Rings(5, 0, 0.1, 1) }, "datasets: Rings: number of classes is 0, want 1 or more"},
		{func() { Line(4, -1, 1) }, "datasets: Line: noise is -1, want a standard deviation of 0 or more"},
		{func() { Sine(4, math.NaN(), 1) }, "datasets: Sine: noise is NaN, want a standard deviation of 0 or more"},
		{func() { Rows(Iris().X, []int{150}) }, "datasets: Rows: row 150 of a matrix with 150 rows, want 0 to 149"},
	} {
		func() {
			defer func() {
				if got := fmt.Sprint(recover()); got != test.want {
					t.Errorf("panic %q, want %q", got, test.want)
				}
			}()
			test.call()
		}()
	}
}
