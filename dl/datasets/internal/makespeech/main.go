// Command makespeech makes the spoken digits of descent/dl/datasets: it has
// espeak-ng say the ten English digits in 20 voices, at 3 speeds and 2 pitches,
// and writes spoken_digits.csv.gz and spoken_digits.adpcm.gz. Run it in the
// clone:
//
//	go run ./dl/datasets/internal/makespeech dl/datasets/data
//
// espeak-ng 1.51 (Debian 1.51+dfsg-10+deb12u2) gives the committed files, byte
// for byte; another version speaks a little differently.
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"log"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"descent/dl/datasets/internal/adpcm"
)

const (
	sourceRate = 22050 // of espeak-ng, in Hz
	rate       = 8000  // of the data set
	length     = 4800  // samples at most: 0.6 s
	quiet      = 0.02  // share of the peak below which a clip's ends are silence
	margin     = 80    // samples kept around what is not: 10 ms
	peak       = 0.95  // largest absolute sample of each clip
)

var (
	words = strings.Fields("zero one two three four five six seven eight nine")

	// An accent of English, and after the plus a variant of the voice. f1 to f5,
	// linda, steph, Annie and belinda are women's. (en is of Great Britain; en-gb
	// would do without its variant, without a word.)
	voices = strings.Fields(`
		en-us+m1 en-us+f2 en-us+m7 en-us+linda
		en-us-nyc+m3 en-us-nyc+f1
		en+m2 en+f4 en+steph
		en-gb-x-rp+m4 en-gb-x-rp+Annie
		en-gb-scotland+m5 en-gb-scotland+f3
		en-gb-x-gbclan+m6 en-gb-x-gbclan+f5
		en-gb-x-gbcwmd+m8 en-gb-x-gbcwmd+belinda
		en-029+robert en-029+f2 en-029+klatt3`)
	speeds  = []int{165, 195, 230} // words a minute
	pitches = []int{35, 65}        // of 0 to 99
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("makespeech: ")
	if len(os.Args) != 2 {
		log.Fatal("want one argument, the folder to write to: dl/datasets/data")
	}
	var table, sound bytes.Buffer
	fmt.Fprintln(&table, "digit,voice,speed,pitch,samples")
	spokenBy := map[string]string{} // the voice of a sound
	for _, voice := range voices {
		before := sound.Len()
		record(voice, &table, &sound)
		said := string(sound.Bytes()[before:])
		if other, found := spokenBy[said]; found {
			log.Fatalf("voices %s and %s sound the same: espeak-ng passes over variants it does not know", other, voice)
		}
		spokenBy[said] = voice
	}
	write(filepath.Join(os.Args[1], "spoken_digits.csv.gz"), table.Bytes())
	write(filepath.Join(os.Args[1], "spoken_digits.adpcm.gz"), sound.Bytes())
}

// record adds all that one voice says.
func record(voice string, table, sound *bytes.Buffer) {
	for _, speed := range speeds {
		for _, pitch := range pitches {
			for digit, word := range words {
				clip := trim(resample(speak(voice, speed, pitch, word)))
				if len(clip) > length {
					log.Printf("%s by %s at %d words a minute: %d samples, cut to %d", word, voice, speed, len(clip), length)
					clip = clip[:length]
				}
				fmt.Fprintf(table, "%d,%s,%d,%d,%d\n", digit, voice, speed, pitch, len(clip))
				sound.Write(adpcm.Encode(clip))
			}
		}
	}
}

// speak returns what espeak-ng says, as samples in −1 … 1.
func speak(voice string, speed, pitch int, word string) []float64 {
	command := exec.Command("espeak-ng", "-v", voice, "-s", strconv.Itoa(speed), "-p", strconv.Itoa(pitch), "-z", "--stdout", word)
	command.Stderr = os.Stderr
	wav, err := command.Output()
	if err != nil {
		log.Fatalf("%v: %v (espeak-ng comes with apt-get install espeak-ng)", command, err)
	}
	const header = 44 // of a WAV file with one chunk of 16-bit sound
	if len(wav) < header || binary.LittleEndian.Uint32(wav[24:]) != sourceRate {
		log.Fatalf("%v: want a WAV file at %d Hz, got %d bytes of something else", command, sourceRate, len(wav))
	}
	samples := make([]float64, (len(wav)-header)/2)
	for i := range samples {
		samples[i] = float64(int16(binary.LittleEndian.Uint16(wav[header+2*i:]))) / 32768
	}
	return samples
}

// resample takes sound from sourceRate to rate through a low-pass filter at
// 3.6 kHz: a sinc under a Hann window of 64 samples to each side.
func resample(x []float64) []float64 {
	const half, cutoff = 64, 2 * 3600.0 / sourceRate
	y := make([]float64, len(x)*rate/sourceRate)
	for i := range y {
		centre := float64(i) * sourceRate / rate
		for j := max(0, int(centre)-half+1); j <= min(int(centre)+half, len(x)-1); j++ {
			t := float64(j) - centre
			window := 0.5 + 0.5*math.Cos(math.Pi*t/half)
			sinc := 1.0
			if t != 0 {
				sinc = math.Sin(math.Pi*cutoff*t) / (math.Pi * cutoff * t)
			}
			y[i] += x[j] * cutoff * sinc * window
		}
	}
	return y
}

// trim cuts the silence before and after, and scales to the common peak.
func trim(x []float64) []float64 {
	loudest := 0.0
	for _, v := range x {
		loudest = max(loudest, math.Abs(v))
	}
	if loudest == 0 {
		log.Fatal("espeak-ng said nothing")
	}
	first, last := len(x), 0
	for i := range x {
		if math.Abs(x[i]) > quiet*loudest {
			first, last = min(first, i), i
		}
		x[i] *= peak / loudest
	}
	return x[max(0, first-margin):min(last+margin, len(x))]
}

func write(path string, data []byte) {
	var zipped bytes.Buffer
	z, err := gzip.NewWriterLevel(&zipped, gzip.BestCompression)
	if err != nil {
		log.Fatal(err)
	}
	if _, err := z.Write(data); err != nil {
		log.Fatal(err)
	}
	if err := z.Close(); err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(path, zipped.Bytes(), 0o644); err != nil {
		log.Fatal(err)
	}
	log.Printf("%s: %d bytes", path, zipped.Len())
}
