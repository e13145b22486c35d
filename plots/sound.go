package plots

import (
	"image/color"
	"math"

	"gonum.org/v1/gonum/dsp/fourier"
)

// Waveform draws sound: samples (usually in −1 to 1), rate of them a second.
func Waveform(samples []float64, rate int) *Figure {
	if rate <= 0 || len(samples) == 0 {
		return failed("Waveform: %d samples at a rate of %d, want at least 1 and a rate above 0", len(samples), rate)
	}
	s := Series{X: make([]float64, len(samples)), Y: samples, width: 0.7}
	for i := range s.X {
		s.X[i] = float64(i) / float64(rate)
	}
	f := New("time in s", "amplitude")
	f.Height = 220
	f.leftOut(f.addLine(s.styled(0)))
	return f
}

// Spectrogram draws how loud each frequency of a sound is over time: windows of
// 32 ms (Hann) every 8 ms, in decibels below the loudest, down to −60 dB.
func Spectrogram(samples []float64, rate int) *Figure {
	window, hop := rate*32/1000, max(1, rate*8/1000)
	if window < 8 || len(samples) < window {
		return failed("Spectrogram: %d samples at a rate of %d, want at least 32 ms at a rate of 250 or more", len(samples), rate)
	}
	fft := fourier.NewFFT(window)
	frames := (len(samples)-window)/hop + 1
	bins := window/2 + 1
	level := make([]float64, frames*bins)
	part, dropped, loudest := make([]float64, window), 0, math.Inf(-1)
	for t := 0; t < frames; t++ {
		for i := range part {
			v := samples[t*hop+i]
			if !drawable(v) {
				dropped++
				v = 0
			}
			part[i] = v * (0.5 - 0.5*math.Cos(2*math.Pi*float64(i)/float64(window)))
		}
		for k, z := range fft.Coefficients(nil, part) {
			db := 10 * math.Log10(real(z)*real(z)+imag(z)*imag(z)+1e-20)
			level[t*bins+k] = db
			loudest = max(loudest, db)
		}
	}
	shade := Sequential(-60, 0)
	f := bare()
	f.Height = 260
	f.X.Label.Text, f.Y.Label.Text = "time in s", "frequency in Hz"
	f.X.Padding, f.Y.Padding = 0, 0
	x, y := Range{0, float64(len(samples)) / float64(rate)}, Range{0, float64(rate) / 2}
	f.Add(raster{x, y, func(tx, ty float64) color.RGBA {
		t, k := min(frames-1, int(tx*float64(frames))), min(bins-1, int(ty*float64(bins)))
		return shade.At(math.Round(level[t*bins+k] - loudest))
	}})
	f.scale = &shade
	f.Note = "Shade: decibels below the loudest."
	f.leftOut(dropped)
	return f
}
