package plots

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"image"
	"strings"

	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/protocol"
)

// A Scrubber shows pictures one at a time, with a slider and buttons to move
// through them: the epochs of a training, the steps of an optimizer. It is one
// HTML element that needs no kernel, network or library, and so works in a saved
// notebook and in exported HTML. Where scripts do not run, the still frame shows.
//
// All frames should have one size and, made by Share, one range of axes.
type Scrubber struct {
	Alt    string    // says in a sentence what there is to see
	Frames []*Figure // a frame's title, if it has one, is also read out by the slider
	Still  int       // the frame shown first and without scripts, from 1; 0 means the last
}

//go:embed scrubber.js
var scrubberScript string

// Show displays the scrubber in the notebook; elsewhere it does nothing.
func (s Scrubber) Show() {
	if !gonbui.IsNotebook {
		return
	}
	if bad := s.check(); bad != nil {
		display(bad.err.Error(), bad)
		return
	}
	message := still(s.Alt, s.Frames[s.first()])
	message.Data[protocol.MIMETextHTML] = s.HTML()
	pause()
	gonbui.SendData(message)
	gonbui.Sync()
}

// check returns what is wrong with the scrubber, or nil.
func (s Scrubber) check() *Figure {
	switch {
	case strings.TrimSpace(s.Alt) == "":
		return failed("Scrubber: the alt text is empty: say in a sentence what the pictures show")
	case len(s.Frames) == 0:
		return failed("Scrubber: no frame given")
	case s.Still < 0 || s.Still > len(s.Frames):
		return failed("Scrubber: the still frame is %d of %d", s.Still, len(s.Frames))
	}
	for i, f := range s.Frames {
		if f.Width != s.Frames[0].Width || f.Height != s.Frames[0].Height {
			return failed("Scrubber: frame %d is %d×%d, want %d×%d as the first", i+1, f.Width, f.Height, s.Frames[0].Width, s.Frames[0].Height)
		}
	}
	return nil
}

func (s Scrubber) first() int {
	if s.Still == 0 {
		return len(s.Frames) - 1
	}
	return s.Still - 1
}

// HTML returns the scrubber as an HTML element: the still frame as an image, and
// a script that adds the controls and the other frames. A frame is stored as
// what differs from the still one.
func (s Scrubber) HTML() string {
	if bad := s.check(); bad != nil {
		return imageHTML(bad.err.Error(), PNG(bad), bad.Width, bad.Height)
	}
	first := s.first()
	base := pixels(s.Frames[first])
	frames, names := make([]string, len(s.Frames)), make([]string, len(s.Frames))
	for i, f := range s.Frames {
		names[i] = f.Title.Text
		if i != first {
			frames[i] = base64.StdEncoding.EncodeToString(encode(difference(pixels(f), base)))
		}
	}
	data, err := json.Marshal(map[string]any{"frames": frames, "names": names, "still": first})
	if err != nil {
		panic(err) // strings and an integer
	}
	id := fmt.Sprintf("%x", sha256.Sum256(data))[:12]
	var b bytes.Buffer
	fmt.Fprintf(&b, `<div data-scrubber="%s" data-lm-suppress-shortcuts="true" role="group" aria-label="%s">`, id, html.EscapeString(s.Alt))
	fmt.Fprintf(&b, `<div style="position:relative;display:inline-block;max-width:100%%">%s</div>`, imageHTML(s.Alt, encode(base), s.Frames[0].Width, s.Frames[0].Height))
	fmt.Fprintf(&b, "<script>%s</script></div>", strings.NewReplacer("SCRUBBER_ID", id, "SCRUBBER_DATA", string(data)).Replace(scrubberScript))
	return b.String()
}

// difference is img where it differs from base, and transparent elsewhere.
func difference(img, base *image.RGBA) *image.RGBA {
	d := image.NewRGBA(img.Rect)
	for i := 0; i < len(img.Pix); i += 4 {
		if packed(img.Pix[i:]) != packed(base.Pix[i:]) {
			copy(d.Pix[i:i+4], img.Pix[i:i+4])
		}
	}
	return d
}
