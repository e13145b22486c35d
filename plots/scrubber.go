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
	"image/color"
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
	pictures := together(s.Frames)
	base := pictures[first]
	frames, names := make([]string, len(s.Frames)), make([]string, len(s.Frames))
	for i, f := range s.Frames {
		names[i] = f.Title.Text
		if i != first {
			frames[i] = base64.StdEncoding.EncodeToString(write(difference(pictures[i], base)))
		}
	}
	data, err := json.Marshal(map[string]any{"frames": frames, "names": names, "still": first})
	if err != nil {
		panic(err) // strings and an integer
	}
	id := fmt.Sprintf("%x", sha256.Sum256(data))[:12]
	var b bytes.Buffer
	fmt.Fprintf(&b, `<div data-scrubber="%s" role="group" aria-label="%s">`, id, html.EscapeString(s.Alt))
	fmt.Fprintf(&b, `<div style="position:relative;display:inline-block;max-width:100%%">%s</div>`, imageHTML(s.Alt, write(base), s.Frames[0].Width, s.Frames[0].Height))
	fmt.Fprintf(&b, "<script>%s</script></div>", strings.NewReplacer("SCRUBBER_ID", id, "SCRUBBER_DATA", string(data)).Replace(scrubberScript))
	return b.String()
}

// together draws figures in the colours of one palette, so that what is equal in
// two of them has equal pixels. Its last colour is transparent.
func together(figures []*Figure) []*image.Paletted {
	sheets := make([]*image.RGBA, len(figures))
	count := map[uint32]int{}
	for i, f := range figures {
		sheets[i] = pixels(f, resolution)
		histogram(sheets[i], count)
	}
	p := newPaint(byFrequency(count), 63)
	p.palette = append(p.palette, color.Transparent)
	pictures := make([]*image.Paletted, len(figures))
	for i, sheet := range sheets {
		pictures[i] = p.apply(sheet)
	}
	return pictures
}

// patch is the side of the squares, in pixels, that a frame is stored in.
const patch = 4

// difference is img in each square where it, or a square beside it, differs from
// base, and transparent elsewhere. With less of an edge the still frame would
// shine through where a browser scales the picture.
func difference(img, base *image.Paletted) *image.Paletted {
	w, h := (img.Rect.Dx()+patch-1)/patch, (img.Rect.Dy()+patch-1)/patch
	keep := make([]bool, w*h)
	for i, c := range img.Pix {
		if c == base.Pix[i] {
			continue
		}
		x, y := i%img.Stride/patch, i/img.Stride/patch
		for r := max(0, y-1); r <= min(h-1, y+1); r++ {
			for c := max(0, x-1); c <= min(w-1, x+1); c++ {
				keep[r*w+c] = true
			}
		}
	}
	d := image.NewPaletted(img.Rect, img.Palette)
	transparent := uint8(len(img.Palette) - 1)
	for i, c := range img.Pix {
		d.Pix[i] = transparent
		if keep[i/img.Stride/patch*w+i%img.Stride/patch] {
			d.Pix[i] = c
		}
	}
	return d
}
