package adpcm

import (
	"math"
	"testing"
)

func TestSoundComesBackWithLittleNoise(t *testing.T) {
	for _, n := range []int{1, 4000, 4001} {
		sound, back := make([]float64, n), make([]float64, n)
		for i := range sound { // two tones of 200 and 900 Hz at 8 kHz, swelling
			at := float64(i) / 8000
			sound[i] = at * (math.Sin(2*math.Pi*200*at) + 0.5*math.Sin(2*math.Pi*900*at))
		}
		codes := Encode(sound)
		if len(codes) != (n+1)/2 {
			t.Errorf("%d samples took %d bytes, want two a byte", n, len(codes))
		}
		Decode(codes, back)
		noise, power := 0.0, 1e-9
		for i := range sound {
			noise, power = noise+(back[i]-sound[i])*(back[i]-sound[i]), power+sound[i]*sound[i]
		}
		if n > 1 && 10*math.Log10(power/noise) < 20 {
			t.Errorf("%d samples: %.1f dB to the noise, want 20", n, 10*math.Log10(power/noise))
		}
	}
}

func TestLoudSoundStaysInRange(t *testing.T) {
	sound, back := make([]float64, 100), make([]float64, 100)
	for i := range sound {
		sound[i] = float64(1 - 2*(i/7%2)) // ±1
	}
	Decode(Encode(sound), back)
	for i, v := range back {
		if math.Abs(v) > 1 {
			t.Errorf("sample %d came back as %g, want −1 to 1", i, v)
		}
	}
}
