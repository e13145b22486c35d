// Package adpcm stores sound in 4 bits a sample, after the manner of IMA ADPCM
// (Interactive Multimedia Association, 1992): each code is the difference from
// the sample before, in units of a step that grows after large differences and
// shrinks after small ones. Speech comes back with about 20 dB to the noise.
package adpcm

import "math"

// steps are the step sizes on the scale of 16-bit sound, a tenth apart.
var steps = func() (steps [89]int) {
	step := 7.0
	for i := range steps {
		steps[i] = int(math.Round(step))
		step *= 1.1
	}
	return steps
}()

// state is what encoder and decoder both know: the last sample, and the step.
type state struct{ sample, step int }

// next moves on by one code, three bits of magnitude and one of sign, and
// returns the sample it stands for.
func (s *state) next(code byte) int {
	magnitude := int(code & 7)
	change := (2*magnitude + 1) * steps[s.step] / 8
	if code&8 != 0 {
		change = -change
	}
	s.sample = max(-32767, min(s.sample+change, 32767))
	s.step = max(0, min(s.step+[8]int{-1, -1, -1, -1, 2, 4, 6, 8}[magnitude], len(steps)-1))
	return s.sample
}

// Encode returns the codes of samples in −1 … 1, two a byte, the first in the
// low half.
func Encode(samples []float64) []byte {
	codes := make([]byte, (len(samples)+1)/2)
	var s state
	for i, v := range samples {
		difference := int(math.Round(v*32767)) - s.sample
		code := byte(0)
		if difference < 0 {
			difference, code = -difference, 8
		}
		code |= byte(min(difference*4/steps[s.step], 7))
		s.next(code)
		codes[i/2] |= code << (4 * (i % 2))
	}
	return codes
}

// Decode fills samples from the first (len(samples)+1)/2 bytes of codes.
func Decode(codes []byte, samples []float64) {
	var s state
	for i := range samples {
		samples[i] = float64(s.next(codes[i/2]>>(4*(i%2))&15)) / 32767
	}
}
