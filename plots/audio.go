package plots

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"html"
	"math"
	"strings"

	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/protocol"
)

// Audio puts a player into the notebook that holds the sound itself: samples
// between −1 and 1 (what is louder is scaled down), rate of them a second. text
// says what is to be heard. Elsewhere Audio does nothing.
func Audio(text string, samples []float64, rate int) {
	if !gonbui.IsNotebook {
		return
	}
	element, err := audioHTML(text, samples, rate)
	if err != nil {
		display(err.Error(), failed("%v", err))
		return
	}
	pause()
	gonbui.SendData(&protocol.DisplayData{Data: map[protocol.MIMEType]any{
		protocol.MIMETextHTML:  element,
		protocol.MIMETextPlain: text,
	}})
	gonbui.Sync()
}

func audioHTML(text string, samples []float64, rate int) (string, error) {
	if strings.TrimSpace(text) == "" {
		return "", fmt.Errorf("Audio: the text is empty: say what is to be heard")
	}
	if len(samples) == 0 || rate <= 0 {
		return "", fmt.Errorf("Audio: %d samples at a rate of %d, want at least 1 and a rate above 0", len(samples), rate)
	}
	return fmt.Sprintf(`<audio controls preload="metadata" aria-label="%s" title="%[1]s" src="data:audio/wav;base64,%s"></audio>`,
		html.EscapeString(text), base64.StdEncoding.EncodeToString(wav(samples, rate))), nil
}

// wav writes samples as a WAV file: one channel, 16 bits. NaN becomes silence.
func wav(samples []float64, rate int) []byte {
	loudest := 1.0
	for _, v := range samples {
		if drawable(v) {
			loudest = max(loudest, math.Abs(v))
		}
	}
	var b bytes.Buffer
	size := uint32(2 * len(samples))
	b.WriteString("RIFF")
	put := func(v any) { _ = binary.Write(&b, binary.LittleEndian, v) } // a buffer takes everything
	put(36 + size)
	b.WriteString("WAVEfmt ")
	put(uint32(16))
	put([]uint16{1, 1}) // PCM, one channel
	put([]uint32{uint32(rate), uint32(2 * rate)})
	put([]uint16{2, 16}) // bytes a frame, bits a sample
	b.WriteString("data")
	put(size)
	pcm := make([]int16, len(samples))
	for i, v := range samples {
		if drawable(v) {
			pcm[i] = int16(math.Round(32767 * v / loudest))
		}
	}
	put(pcm)
	return b.Bytes()
}
