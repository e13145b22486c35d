package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"os/exec"
	"testing"
)

// One voice of twenty, to be quick.
func TestEspeakMakesTheCommittedSound(t *testing.T) {
	version, err := exec.Command("espeak-ng", "--version").Output()
	if testing.Short() || err != nil || !bytes.Contains(version, []byte("text-to-speech: 1.51 ")) {
		t.Skip("runs without -short and with espeak-ng 1.51")
	}
	var table, sound bytes.Buffer
	record(voices[0], &table, &sound)
	for path, made := range map[string][]byte{
		"../../data/spoken_digits.csv.gz":   append([]byte("digit,voice,speed,pitch,samples\n"), table.Bytes()...),
		"../../data/spoken_digits.adpcm.gz": sound.Bytes(),
	} {
		file, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		z, err := gzip.NewReader(file)
		if err != nil {
			t.Fatal(err)
		}
		committed := make([]byte, len(made))
		if _, err := io.ReadFull(z, committed); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(made, committed) {
			t.Errorf("%s begins with something else than espeak-ng says", path)
		}
	}
}
