package exercise

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

var speech = []Exercise{
	{
		ID:    "12.1",
		Title: "The frequency that is heard",
		Check: func(heardFrequency func(f, rate float64) float64) error {
			if heardFrequency(300, 8000) == -1 && heardFrequency(5000, 8000) == -1 {
				return ErrUnsolved
			}
			for _, c := range []struct{ f, rate, want float64 }{{300, 8000, 300}, {4000, 8000, 4000}, {5000, 8000, 3000}, {8000, 8000, 0}, {8100, 8000, 100}, {21000, 8000, 3000}, {700, 1000, 300}} {
				got := heardFrequency(c.f, c.rate)
				if math.Abs(got-c.want) < 1e-9 {
					continue
				}
				at := fmt.Sprintf("for %g Hz sampled at %g you return %g", c.f, c.rate, got)
				switch {
				case got < 0:
					return errors.New(at + ": a frequency that is heard is not negative")
				case got > c.rate/2:
					return errors.New(at + ": nothing above half the rate can be heard")
				case c.f <= c.rate/2:
					return errors.New(at + ": up to half the rate a tone stays as it is")
				case c.f > c.rate:
					return errors.New(at + ": a tone that is a whole number of rates higher gives the same samples")
				}
				return errors.New(at)
			}
			return nil
		},
		Hints: []string{
			"two steps. Adding the rate to a frequency changes no sample: what does that leave of 21000 Hz at 8000?",
			"math.Mod(f, rate) is between 0 and the rate. If it is above half the rate, it folds.",
		},
	},
	{
		ID:    "12.2",
		Title: "How leaky is a split?",
		Check: func(leak func(train, test, voices []int) float64) error {
			voices := []int{7, 7, 7, 2, 2, 5, 5, 5, 9, 9}
			train := []int{0, 1, 3, 8}
			got := leak(slices.Clone(train), []int{2, 4, 5, 6, 7}, slices.Clone(voices))
			switch {
			case got == -1:
				return ErrUnsolved
			case got == 2:
				return errors.New("you return the number of such rows, not their share")
			case math.Abs(got-0.5) < 1e-9:
				return errors.New("you return a share of the training rows; the question is about the test rows")
			case math.Abs(got-2.0/3) < 1e-9:
				return errors.New("you return a share of the voices; count rows")
			case math.Abs(got-0.6) < 1e-9:
				return errors.New("you return the share that is honest, one less the leak")
			case got == 0:
				return errors.New("you find nothing in common: compare the voices of the rows, not the row numbers")
			}
			if err := near("the share", got, 0.4, 1e-9); err != nil {
				return err
			}
			if got := leak(train, []int{5, 6}, voices); got != 0 {
				return fmt.Errorf("for a split with no voice in common you return %g", got)
			}
			return nil
		},
		Hints: []string{
			"first note which voices occur in the training rows: a map[int]bool will do.",
			"then go through the test rows, and count those whose voice is noted; divide by len(test), as float64.",
		},
	},
	{
		ID:    "12.3",
		Title: "The energy of a tone",
		Check: func(energyAt func(x []float64, k int) float64) error {
			x := []float64{1, -2, 0.5, 3, 0, 1.5, -1, 2}
			if energyAt(slices.Clone(x), 1) == -1 {
				return ErrUnsolved
			}
			for _, k := range []int{2, 0, 1, 3, 4} {
				c, s := correlate(x, k)
				got, want := energyAt(slices.Clone(x), k), c*c+s*s
				if k == 2 {
					halfC, halfS := correlate(x, 1)
					switch n := float64(len(x)); {
					case math.Abs(got-halfC*halfC-halfS*halfS) < 1e-9:
						return errors.New("for k = 2 you return the energy of the tone with one swing: a whole swing is an angle of 2π")
					case math.Abs(got-math.Sqrt(want)) < 1e-9:
						return errors.New("that is |c|, the size; the energy is its square")
					case math.Abs(got-c*c) < 1e-9:
						return errors.New("you have only the cosines: a tone that begins with a sine would not be found")
					case math.Abs(got-s*s) < 1e-9:
						return errors.New("you have only the sines: a tone that begins with a cosine would not be found")
					case math.Abs(got-(c+s)*(c+s)) < 1e-9 || math.Abs(got-(c-s)*(c-s)) < 1e-9:
						return errors.New("you square the sum of both parts; square each, then add")
					case math.Abs(got-want/n) < 1e-9 || math.Abs(got-want/n/n) < 1e-9:
						return errors.New("you divide by the number of samples; the sums above do not")
					}
				}
				if err := near(fmt.Sprintf("the energy at k = %d", k), got, want, 1e-9); err != nil {
					return err
				}
			}
			return nil
		},
		Hints: []string{
			"two sums over n, one with math.Cos and one with math.Sin of the same angle.",
			"the angle is 2·π·k·n/N with N = len(x); convert k and n to float64 before you divide.",
			"the size of a complex number is the root of the sum of the squares of its two parts; the energy is the square of the size.",
		},
	},
	{
		ID:    "12.4",
		Title: "A voice in noise",
		Check: checkMix,
		Hints: []string{
			"the power of a slice is the mean of its squares. What power must the noise have, so that 10·log₁₀(power of voice/power of noise) is decibels?",
			"it must have power(voice)/10^(decibels/10). It has power(noise). By which factor do you multiply the power, and by which the samples?",
			"samples are multiplied by the root: math.Sqrt(power(voice)/power(noise)/math.Pow(10, decibels/10)).",
		},
	},
}

func checkMix(mix func(voice, noise []float64, decibels float64) []float64) error {
	voice, noise := []float64{0.4, -0.2, 0.1, 0.6, -0.5, 0}, []float64{3, -1, 2, 0, -4, 1}
	for _, decibels := range []float64{10, 0, -6} {
		v, n := slices.Clone(voice), slices.Clone(noise)
		got := mix(v, n, decibels)
		if got == nil {
			return ErrUnsolved
		}
		if !slices.Equal(v, voice) || !slices.Equal(n, noise) {
			return errors.New("you change the voice or the noise that you are given; fill a new slice")
		}
		if len(got) != len(voice) {
			return fmt.Errorf("the result has %d samples, want %d", len(got), len(voice))
		}
		scale := math.Sqrt(power(voice) / power(noise) / math.Pow(10, decibels/10))
		added := (got[0] - voice[0]) / noise[0] // the factor of the noise, as far as it is one
		if math.Abs(got[1]-voice[1]-added*noise[1]) > 1e-9 {
			return errors.New("the result is not the voice plus a multiple of the noise")
		}
		is := func(factor float64) bool { return math.Abs(added-factor) < 1e-9*math.Abs(factor) }
		switch {
		case is(scale):
			continue
		case is(scale * scale):
			return fmt.Errorf("at %g dB the noise is multiplied by a ratio of powers; power grows with the square of the samples", decibels)
		case is(scale * math.Pow(10, decibels/10)):
			return fmt.Errorf("at %g dB the noise has the wrong sign in the exponent: more decibels mean less noise", decibels)
		case is(math.Sqrt(power(voice) / math.Pow(10, decibels/10))):
			return fmt.Errorf("at %g dB you take the noise to have power 1: its own power is %.3g", decibels, power(noise))
		case is(scale / math.Pow(10, decibels/20)):
			return fmt.Errorf("at %g dB the noise has a tenth of the power that is asked for, or less: 10 dB are a factor of 10 in power, and of √10 in the samples", decibels)
		}
		return fmt.Errorf("at %g dB the noise is multiplied by %.4g, which is %.3g times what is expected", decibels, added, added/scale)
	}
	return nil
}

func power(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v * v
	}
	return sum / float64(len(x))
}

// correlate returns the sums of x with the cosine and the sine of k swings.
func correlate(x []float64, k int) (c, s float64) {
	for n, v := range x {
		sin, cos := math.Sincos(2 * math.Pi * float64(k*n) / float64(len(x)))
		c, s = c+v*cos, s+v*sin
	}
	return c, s
}
