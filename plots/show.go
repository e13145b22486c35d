package plots

import (
	"encoding/base64"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/protocol"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"
)

// Show displays pictures in the notebook, side by side when there are several.
// Each is a *Figure or a *plot.Plot.
//
// alt says in a sentence what there is to see, for those who cannot see it; it
// is kept in the notebook with the picture. Without it, Show displays a message
// in place of the picture. Outside a notebook Show does nothing.
func Show(alt string, pictures ...Drawer) {
	if !gonbui.IsNotebook {
		return
	}
	display(alt, combine(alt, pictures))
}

// combine puts pictures into one, and what is wrong in the place of all.
func combine(alt string, pictures []Drawer) Drawer {
	switch {
	case strings.TrimSpace(alt) == "":
		return failed("Show: the alt text is empty: say in a sentence what the picture shows")
	case len(pictures) == 0:
		return failed("Show: no picture given")
	case len(pictures) == 1:
		return pictures[0]
	}
	return Grid(len(pictures), pictures...)
}

// display sends one picture, in two forms: as HTML, since JupyterLab takes alt
// text from nowhere else, and as PNG, for viewers that want it plain.
func display(alt string, d Drawer, controls ...Control) {
	if f, ok := d.(*Figure); ok && f.err != nil {
		fmt.Fprintln(os.Stderr, f.err) // for those who read the notebook as text
	}
	pause()
	gonbui.SendData(still(alt, d, controls...))
	gonbui.Sync()
}

// still is the message that shows a picture and, below it, what controls say in
// words. Its alt text stands in the HTML, in the plain text and in the metadata.
func still(alt string, d Drawer, controls ...Control) *protocol.DisplayData {
	width, height := size(d)
	picture := PNG(d)
	return &protocol.DisplayData{
		Data: map[protocol.MIMEType]any{
			protocol.MIMETextHTML:  imageHTML(alt, picture, width, height) + texts(controls),
			protocol.MIMEImagePNG:  picture,
			protocol.MIMETextPlain: alt,
		},
		Metadata: map[string]any{
			"image/png": map[string]int{"width": width, "height": height},
			"alt":       alt,
		},
	}
}

// imageHTML is an image element that holds its picture.
func imageHTML(alt string, picture []byte, width, height int) string {
	return fmt.Sprintf(`<img alt="%s" width="%d" height="%d" style="max-width:100%%;height:auto" src="data:image/png;base64,%s">`,
		html.EscapeString(alt), width, height, base64.StdEncoding.EncodeToString(picture))
}

// pause lets text printed before a picture reach the notebook before it: text
// and pictures travel on two roads.
func pause() { time.Sleep(2 * time.Millisecond) }

// Save writes a picture to a file: .png, at twice its CSS size, or .svg.
func Save(path string, d Drawer) error {
	switch ext := strings.ToLower(filepath.Ext(path)); ext {
	case ".png":
		return os.WriteFile(path, PNG(d), 0o644)
	case ".svg":
		f, err := os.Create(path)
		if err != nil {
			return fmt.Errorf("plots: Save: %w", err)
		}
		w, h := size(d)
		c := vgsvg.New(vg.Length(w)*vg.Inch/96, vg.Length(h)*vg.Inch/96)
		d.Draw(draw.New(c))
		if _, err := c.WriteTo(f); err != nil {
			f.Close()
			return fmt.Errorf("plots: Save: %w", err)
		}
		return f.Close()
	default:
		return fmt.Errorf("plots: Save: %s: the extension is %q, want .png or .svg", path, ext)
	}
}
