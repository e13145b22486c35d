package datasets

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/dsp/fourier"
	"gonum.org/v1/gonum/dsp/window"
	"gonum.org/v1/gonum/mat"

	"descent/dl/blas"
)

// LogSpectrum turns clips of sound, one a row, into images: each clip is cut into
// frames of equal length that overlap by half, and each frame becomes the
// logarithm of its energy in bands of frequency, from low to high. A row of the
// result is frames×bands numbers, frame by frame.
//
// The bands have equal width on the mel scale, m = 2595·log₁₀(1 + f/700), on which
// equal steps sound equal (Stevens, Volkmann and Newman 1937; the formula is
// O'Shaughnessy's, 1987). rate is in samples a second.
func LogSpectrum(clips mat.Matrix, rate, frames, bands int) (*mat.Dense, error) {
	n, samples := clips.Dims()
	if frames < 1 || bands < 1 || 2*samples/(frames+1) < 2*bands {
		return nil, fmt.Errorf("datasets: LogSpectrum: %d frames and %d bands of %d samples, want at least one of each and at least %d samples a frame", frames, bands, samples, 2*bands)
	}
	size := 2 * samples / (frames + 1)
	fft := fourier.NewFFT(size)
	edges := melEdges(bands, rate, size)
	out := mat.NewDense(n, frames*bands, nil)
	clip, frame, coefficients := make([]float64, samples), make([]float64, size), make([]complex128, size/2+1)
	for i := range n {
		mat.Row(clip, i, clips)
		row := out.RawRowView(i)
		for f := range frames {
			copy(frame, clip[f*size/2:])
			fft.Coefficients(coefficients, window.Hann(frame))
			for b := range bands {
				energy := 1e-6 // silence
				for k := edges[b]; k < edges[b+1]; k++ {
					re, im := real(coefficients[k]), imag(coefficients[k])
					energy += float64(re*re) + float64(im*im)
				}
				row[f*bands+b] = blas.LogOne(energy)
			}
		}
	}
	return out, nil
}

// melEdges returns the first coefficient of each band, and the end of the last. A
// band has at least one coefficient.
func melEdges(bands, rate, size int) []int {
	mel := func(f float64) float64 { return 2595 * math.Log10(1+f/700) }
	edges := make([]int, bands+1)
	edges[0] = 1 // without the mean
	top := mel(float64(rate) / 2)
	for b := 1; b <= bands; b++ {
		f := 700 * (math.Pow(10, top*float64(b)/float64(bands)/2595) - 1)
		edges[b] = max(edges[b-1]+1, int(math.Round(f*float64(size)/float64(rate))))
	}
	edges[bands] = size/2 + 1
	for b := bands - 1; b > 0; b-- {
		edges[b] = min(edges[b], edges[b+1]-1)
	}
	return edges
}
