package plots

import (
	"image/color"
	"math"
	"testing"
)

// vision maps linear RGB to what a dichromat sees of it (Machado, Oliveira and
// Fernandes 2009, severity 1).
var vision = map[string][3][3]float64{
	"full":         {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protanopia":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"deuteranopia": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"tritanopia":   {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
}

// lab is a colour in CIELAB (D65) as seen with a kind of vision.
func lab(c color.Color, see [3][3]float64) [3]float64 {
	r, g, b, _ := c.RGBA()
	in := [3]float64{linear(r), linear(g), linear(b)}
	var rgb [3]float64
	for i, row := range see {
		rgb[i] = min(1, max(0, row[0]*in[0]+row[1]*in[1]+row[2]*in[2]))
	}
	f := func(t float64) float64 {
		if t > 216.0/24389 {
			return math.Cbrt(t)
		}
		return (24389.0/27*t + 16) / 116
	}
	x := f((0.4124*rgb[0] + 0.3576*rgb[1] + 0.1805*rgb[2]) / 0.95047)
	y := f(0.2126*rgb[0] + 0.7152*rgb[1] + 0.0722*rgb[2])
	z := f((0.0193*rgb[0] + 0.1192*rgb[1] + 0.9505*rgb[2]) / 1.08883)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

// ciede2000 is the colour difference of Luo, Cui and Rigg (2001).
func ciede2000(p, q [3]float64) float64 {
	const degree = math.Pi / 180
	mean := (math.Hypot(p[1], p[2]) + math.Hypot(q[1], q[2])) / 2
	G := 0.5 * (1 - math.Sqrt(math.Pow(mean, 7)/(math.Pow(mean, 7)+math.Pow(25, 7))))
	a1, a2 := p[1]*(1+G), q[1]*(1+G)
	C1, C2 := math.Hypot(a1, p[2]), math.Hypot(a2, q[2])
	h1, h2 := math.Atan2(p[2], a1), math.Atan2(q[2], a2)
	dh := math.Remainder(h2-h1, 2*math.Pi)
	h := h1 + dh/2 // the mean of the two hues, the short way round
	L, C := (p[0]+q[0])/2, (C1+C2)/2
	T := 1 - 0.17*math.Cos(h-30*degree) + 0.24*math.Cos(2*h) + 0.32*math.Cos(3*h+6*degree) - 0.20*math.Cos(4*h-63*degree)
	SL := 1 + 0.015*(L-50)*(L-50)/math.Sqrt(20+(L-50)*(L-50))
	SC, SH := 1+0.045*C, 1+0.015*C*T
	turn := math.Remainder(h-275*degree, 2*math.Pi) / degree / 25
	RT := -2 * math.Sqrt(math.Pow(C, 7)/(math.Pow(C, 7)+math.Pow(25, 7))) * math.Sin(60*degree*math.Exp(-turn*turn))
	l, c, k := (q[0]-p[0])/SL, (C2-C1)/SC, 2*math.Sqrt(C1*C2)*math.Sin(dh/2)/SH
	return math.Sqrt(l*l + c*c + k*k + RT*c*k)
}

// Two of the pairs published with the formula (Sharma, Wu and Dalal 2005).
func TestColourDifferenceMatchesPublishedPairs(t *testing.T) {
	for _, c := range []struct {
		p, q [3]float64
		want float64
	}{
		{[3]float64{50, 2.6772, -79.7751}, [3]float64{50, 0, -82.7485}, 2.0425},
		{[3]float64{60.2574, -34.0099, 36.2677}, [3]float64{60.4626, -34.1751, 39.4387}, 1.2644},
		{[3]float64{22.7233, 20.0904, -46.6940}, [3]float64{23.0331, 14.9730, -42.5619}, 2.0373},
	} {
		if got := ciede2000(c.p, c.q); math.Abs(got-c.want) > 5e-5 {
			t.Errorf("difference of %v and %v is %.4f, want %.4f", c.p, c.q, got, c.want)
		}
	}
}

func TestPaletteIsApartForEveryVision(t *testing.T) {
	white := color.RGBA{0xff, 0xff, 0xff, 0xff}
	for i, a := range Colours {
		if ratio := contrast(a, white); ratio < 3 {
			t.Errorf("colour %d has a contrast of %.2f against white, want 3", i, ratio)
		}
		for j, b := range Colours[:i] {
			want := 10.0
			if i < 4 {
				want = 17
			}
			for name, see := range vision {
				if d := ciede2000(lab(a, see), lab(b, see)); d < want {
					t.Errorf("colours %d and %d are %.1f apart with %s, want %.0f", j, i, d, name, want)
				}
			}
		}
	}
}

func TestSequentialShadeFallsInLightnessForEveryVision(t *testing.T) {
	for name, see := range vision {
		before := 101.0
		for v := 0.0; v <= 1; v += 1.0 / 16 {
			L := lab(Sequential(0, 1).At(v), see)[0]
			if L >= before {
				t.Errorf("with %s lightness is %.1f at %.2f, want it to fall from %.1f", name, L, v, before)
			}
			before = L
		}
	}
}

func TestDivergingShadeTellsSignsApartForEveryVision(t *testing.T) {
	for name, see := range vision {
		for v := 0.25; v <= 1; v += 0.25 {
			if d := ciede2000(lab(Diverging(1).At(v), see), lab(Diverging(1).At(-v), see)); d < 20 {
				t.Errorf("with %s +%.2f and −%.2f are %.1f apart, want 20", name, v, v, d)
			}
		}
	}
}

func TestTextIsLegibleOnShades(t *testing.T) {
	for v := 0.0; v <= 1; v += 1.0 / 32 {
		for _, fill := range []color.RGBA{Sequential(0, 1).At(v), Diverging(1).At(2*v - 1), Grey(0, 1).At(v)} {
			if ratio := contrast(textOn(fill), fill); ratio < 4 {
				t.Errorf("text on %v has a contrast of %.2f, want 4", fill, ratio)
			}
		}
	}
	for name, c := range map[string]color.Color{"ink": ink, "faint": faint} {
		if ratio := contrast(c, color.White); ratio < 4.5 {
			t.Errorf("%s has a contrast of %.2f against white, want 4.5", name, ratio)
		}
	}
}

// Forty series differ from one another without colour or with it.
func TestSeriesDifferInMoreThanColour(t *testing.T) {
	type look struct{ colour, dash int }
	seen := map[look]bool{}
	for i := 0; i < 40; i++ {
		l := look{i % len(Colours), i % len(Dashes)}
		if seen[l] {
			t.Errorf("series %d looks like an earlier one", i)
		}
		seen[l] = true
	}
	if len(Colours)%len(Shapes) == 0 || len(Shapes) < 5 {
		t.Error("colours and shapes repeat together")
	}
}
