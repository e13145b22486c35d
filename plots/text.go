package plots

import (
	"math"
	"strings"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// notation draws text with the course's symbols. The font that comes with
// gonum/plot (Liberation Sans) has Greek letters but lacks ∇ and most raised and
// lowered characters, so these are drawn from the ones it has: 10⁻³ as a small
// raised −3, θ₁ as a small lowered 1, ∇ as a Δ upside down. A combining hat (m̂)
// stands over the middle of its letter.
type notation struct{ text.Plain }

// A run is a part of a line drawn in one size and at one height.
type run struct {
	text  string
	level level
	over  string // for a hat: the letter under it
}

type level int

const (
	onLine level = iota
	above
	below
	upsideDown
	hat
)

const smallSize = 0.7

var (
	raised  = strings.NewReplacer(pairs("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ᵀⁿ", "0123456789−+Tn")...)
	lowered = strings.NewReplacer(pairs("₀₁₂₃₄₅₆₇₈₉₋₊ₜₙₖᵢⱼₓ", "0123456789−+tnkijx")...)
)

func pairs(from, to string) (list []string) {
	plain := []rune(to)
	for i, r := range []rune(from) {
		list = append(list, string(r), string(plain[i]))
	}
	return list
}

// runs splits a line where the way its characters are drawn changes.
func runs(line string) (parts []run) {
	var before string
	for _, r := range line {
		part := run{text: string(r)}
		if s := raised.Replace(part.text); s != part.text {
			part = run{text: s, level: above}
		} else if s := lowered.Replace(part.text); s != part.text {
			part = run{text: s, level: below}
		} else if r == '∇' {
			part = run{text: "Δ", level: upsideDown}
		} else if r == '\u0302' {
			part = run{text: "ˆ", level: hat, over: before}
		}
		before = part.text
		if last := len(parts) - 1; last >= 0 && parts[last].level == part.level && part.level != hat {
			parts[last].text += part.text
		} else {
			parts = append(parts, part)
		}
	}
	return parts
}

func (r run) face(h notation, f font.Font) font.Face {
	if r.level == above || r.level == below {
		f.Size *= smallSize
	}
	return h.Fonts.Lookup(f, f.Size)
}

// width is how far the run moves the pen.
func (r run) width(h notation, f font.Font) vg.Length {
	if r.level == hat {
		return 0
	}
	face := r.face(h, f)
	return face.Width(r.text)
}

// Box implements text.Handler.
func (h notation) Box(line string, f font.Font) (width, height, depth vg.Length) {
	_, height, depth = h.Plain.Box("", f)
	for _, r := range runs(line) {
		width += r.width(h, f)
	}
	return width, height, depth
}

// Draw implements text.Handler.
func (h notation) Draw(c vg.Canvas, txt string, style text.Style, at vg.Point) {
	if txt == "" {
		return
	}
	c.SetColor(style.Color)
	c.Push()
	defer c.Pop()
	c.Translate(at)
	c.Rotate(style.Rotation)
	lines := h.Lines(txt)
	font := h.Extents(style.Font)
	y := style.Height(txt)*vg.Length(style.YAlign) - font.Ascent + style.Font.Size
	for i, line := range lines {
		width, _, _ := h.Box(line, style.Font)
		pen := vg.Point{X: vg.Length(style.XAlign) * width, Y: y + vg.Length(len(lines)-1-i)*font.Height}
		for _, r := range runs(line) {
			pen.X += h.drawRun(c, r, style.Font, pen)
		}
	}
}

func (h notation) drawRun(c vg.Canvas, r run, f font.Font, pen vg.Point) vg.Length {
	face, width := r.face(h, f), r.width(h, f)
	switch r.level {
	case upsideDown:
		c.Push()
		c.Translate(vg.Point{X: pen.X + width, Y: pen.Y + f.Size*0.69})
		c.Rotate(math.Pi)
		c.FillString(face, vg.Point{}, r.text)
		c.Pop()
	case hat:
		c.FillString(face, pen.Add(vg.Point{X: -(face.Width(r.over) + face.Width(r.text)) / 2}), r.text)
	case above:
		c.FillString(face, pen.Add(vg.Point{Y: f.Size * 0.36}), r.text)
	case below:
		c.FillString(face, pen.Add(vg.Point{Y: f.Size * -0.16}), r.text)
	default:
		c.FillString(face, pen, r.text)
	}
	return width
}

// wrap breaks txt at spaces so that no line is wider than width.
func wrap(txt string, style text.Style, width vg.Length) string {
	var out []string
	for _, line := range strings.Split(txt, "\n") {
		words := strings.Fields(line)
		current := ""
		for _, word := range words {
			if next := strings.TrimSpace(current + " " + word); current == "" || style.Width(next) <= width {
				current = next
			} else {
				out, current = append(out, current), word
			}
		}
		out = append(out, current)
	}
	return strings.Join(out, "\n")
}

// cut shortens txt with an ellipsis until it fits a width.
func cut(txt string, style text.Style, width vg.Length) string {
	if style.Width(txt) <= width {
		return txt
	}
	letters := []rune(txt)
	for len(letters) > 1 && style.Width(string(letters)+"…") > width {
		letters = letters[:len(letters)-1]
	}
	return strings.TrimRight(string(letters), " ") + "…"
}
