package datasets

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
)

func TestLogSpectrumFindsTheBandOfATone(t *testing.T) {
	const rate, frames, bands = 8000, 9, 16
	last := -1
	for _, frequency := range []float64{200, 600, 1500, 3500} {
		clip := mat.NewDense(1, 2000, nil)
		for i := range 2000 {
			clip.Set(0, i, math.Sin(2*math.Pi*frequency*float64(i)/rate))
		}
		out, err := LogSpectrum(clip, rate, frames, bands)
		if err != nil {
			t.Fatal(err)
		}
		loudest := -1
		for f := range frames {
			row := out.RawRowView(0)[f*bands : (f+1)*bands]
			top := 0
			for b := range row {
				if row[b] > row[top] {
					top = b
				}
			}
			if loudest >= 0 && top != loudest {
				t.Errorf("%v Hz: band %d in one frame, %d in another", frequency, loudest, top)
			}
			loudest = top
		}
		if loudest <= last {
			t.Errorf("%v Hz is in band %d, want one above %d, that of the lower tone", frequency, loudest, last)
		}
		last = loudest
	}
}

func TestLogSpectrumOfSilenceIsFlat(t *testing.T) {
	out, err := LogSpectrum(mat.NewDense(1, 2000, nil), 8000, 9, 16)
	if err != nil || mat.Max(out) != mat.Min(out) {
		t.Errorf("from %v to %v (error %v)", mat.Min(out), mat.Max(out), err)
	}
}

func TestLogSpectrumRefusesMoreBandsThanAFrameHas(t *testing.T) {
	_, err := LogSpectrum(mat.NewDense(1, 100, nil), 8000, 9, 16)
	if err == nil || !strings.Contains(err.Error(), "want at least one of each") {
		t.Errorf("got error %v", err)
	}
}
