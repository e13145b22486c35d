package datasets

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"gonum.org/v1/gonum/mat"

	"descent/dl/datasets/internal/adpcm"
)

var (
	//go:embed data/spoken_digits.csv.gz
	speechFile string
	//go:embed data/spoken_digits.adpcm.gz
	soundFile string
)

// Speech is a table of sounds: a row of X is a clip, a column a moment.
type Speech struct {
	Table           // Groups are voice numbers; Features is nil
	Rate   int      // samples a second
	Voices []string // names of the voices, an accent of English and a variant: "en-gb-scotland+f3"
	Speed  []int    // N, in words a minute
	Pitch  []int    // N, 0 to 99 as espeak-ng counts it
}

// SpokenDigits returns 1200 clips of the ten English digits, spoken by the
// synthesiser espeak-ng in 20 voices (women's and men's, 7 accents) at 3 speeds and 2
// pitches. A clip is 0.6 s at 8 kHz, 4800 samples in −1 … 1: it begins 10 ms
// before the sound and is filled up with zeros. Split by voice
// (SplitGrouped), or the test set has voices that the model has heard.
//
// The command in internal/makespeech made the files. They hold 4 bits a sample,
// which leaves some noise, about 20 dB below the speech.
func SpokenDigits() *Speech {
	const length = 4800
	lines := strings.Split(strings.TrimSpace(unzip(speechFile)), "\n")[1:] // less the header
	n := len(lines)
	s := &Speech{
		Table: Table{
			Name: "spoken digits",
			Description: "A digit spoken by a synthesised voice, 0.6 s at 8 kHz; to predict: the digit. " +
				"Made with espeak-ng for this course.",
			X: mat.NewDense(n, length, nil), Y: mat.NewDense(n, 1, nil), Classes: digitNames(), Groups: make([]int, n),
		},
		Rate: 8000, Speed: make([]int, n), Pitch: make([]int, n),
	}
	codes := []byte(unzip(soundFile))
	for i, line := range lines {
		var digit, samples int
		var voice string
		line = strings.ReplaceAll(line, ",", " ")
		if _, err := fmt.Sscan(line, &digit, &voice, &s.Speed[i], &s.Pitch[i], &samples); err != nil {
			panic(fmt.Errorf("datasets: embedded data: %w", err))
		}
		if !slices.Contains(s.Voices, voice) {
			s.Voices = append(s.Voices, voice)
		}
		s.Y.Set(i, 0, float64(digit))
		s.Groups[i] = slices.Index(s.Voices, voice)
		adpcm.Decode(codes, s.X.RawRowView(i)[:samples])
		codes = codes[(samples+1)/2:]
	}
	return s
}
