package plots

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"sort"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

// resolution is the number of pixels of a PNG for one CSS pixel.
const resolution = 2

// pixels draws d with so many pixels for a CSS pixel.
func pixels(d Drawer, dots int) *image.RGBA {
	w, h := size(d)
	c := vgimg.NewWith(
		vgimg.UseWH(vg.Length(w)*vg.Inch/96, vg.Length(h)*vg.Inch/96),
		vgimg.UseDPI(96*dots))
	d.Draw(draw.New(c))
	return c.Image().(*image.RGBA)
}

// size returns the width and height of d in CSS pixels.
func size(d Drawer) (width, height int) {
	if f, ok := d.(*Figure); ok {
		return max(f.Width, 40), max(f.Height, 40)
	}
	return 600, 380
}

// PNG returns the picture as PNG at twice its CSS size. The same data give the
// same bytes.
func PNG(d Drawer) []byte {
	return encode(pixels(d, resolution))
}

func encode(img *image.RGBA) []byte { return write(small(img)) }

// small returns img in few colours if that does it no harm.
func small(img *image.RGBA) image.Image {
	if p := paletted(img); p != nil {
		return p
	}
	return img
}

func write(img image.Image) []byte { return compress(img, png.DefaultCompression) }

func compress(img image.Image, level png.CompressionLevel) []byte {
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: level}).Encode(&out, img); err != nil {
		panic(err) // a buffer takes everything
	}
	return out.Bytes()
}

// paletted returns img in few colours, or nil if it has far too many for that.
// A plot is flat but for shades and for the edges of lines and letters, which 64
// to 256 colours render without a difference to the eye. The file is four times
// smaller than in full colour, and sooner written.
func paletted(img *image.RGBA) *image.Paletted {
	count := map[uint32]int{}
	histogram(img, count)
	if len(count) > 20000 {
		return nil
	}
	colours := byFrequency(count)
	for _, n := range []int{64, 128} {
		if p := newPaint(colours, n); p.faithful(count) {
			return p.apply(img)
		}
	}
	return newPaint(colours, 256).apply(img)
}

// paint maps colours to the nearest ones of a palette.
type paint struct {
	palette color.Palette
	index   map[uint32]uint8
}

// newPaint makes a palette of n for colours, listed by frequency.
func newPaint(colours []uint32, n int) paint {
	chosen := choose(colours, n)
	p := paint{make(color.Palette, len(chosen)), make(map[uint32]uint8, len(colours))}
	for i, c := range chosen {
		p.palette[i] = color.RGBA{uint8(c), uint8(c >> 8), uint8(c >> 16), uint8(c >> 24)}
		p.index[c] = uint8(i)
	}
	for _, c := range colours {
		if _, ok := p.index[c]; !ok {
			nearest, _ := nearestOf(c, chosen)
			p.index[c] = uint8(nearest)
		}
	}
	return p
}

// faithful says whether every colour that covers an area, and is not just a blend
// at an edge, has one in the palette that the eye takes for the same.
func (p paint) faithful(count map[uint32]int) bool {
	const area, same = 40, 3 * 8 * 8 // pixels; a squared distance of 8 in each channel
	for c, times := range count {
		nearest := p.palette[p.index[c]].(color.RGBA)
		if times >= area && distance(c, packed([]uint8{nearest.R, nearest.G, nearest.B, nearest.A})) > same {
			return false
		}
	}
	return true
}

func (p paint) apply(img *image.RGBA) *image.Paletted {
	out := image.NewPaletted(img.Rect, p.palette)
	last := packed(img.Pix)
	at := p.index[last]
	for i := range out.Pix {
		if c := packed(img.Pix[4*i:]); c != last {
			last, at = c, p.index[c]
		}
		out.Pix[i] = at
	}
	return out
}

// packed reads a pixel, red in the low byte.
func packed(p []uint8) uint32 {
	_ = p[3]
	return uint32(p[0]) | uint32(p[1])<<8 | uint32(p[2])<<16 | uint32(p[3])<<24
}

// histogram adds how often img has each colour to count.
func histogram(img *image.RGBA, count map[uint32]int) {
	last, length := packed(img.Pix), 0
	for i := 0; i < len(img.Pix); i += 4 {
		if c := packed(img.Pix[i:]); c != last {
			count[last] += length
			last, length = c, 0
		}
		length++
	}
	count[last] += length
}

// byFrequency lists colours, the most frequent first.
func byFrequency(count map[uint32]int) []uint32 {
	all := make([]uint32, 0, len(count))
	for c := range count {
		all = append(all, c)
	}
	sort.Slice(all, func(i, j int) bool {
		if count[all[i]] != count[all[j]] {
			return count[all[i]] > count[all[j]]
		}
		return all[i] < all[j]
	})
	return all
}

// choose picks n of the colours: the first quarter of them, then each
// time the one that is farthest from those picked, so that no mark disappears.
func choose(all []uint32, n int) []uint32 {
	if len(all) <= n {
		return all
	}
	chosen := append([]uint32(nil), all[:n/4]...)
	rest := all[n/4:]
	away := make([]int, len(rest))
	for i, c := range rest {
		_, away[i] = nearestOf(c, chosen)
	}
	for len(chosen) < n {
		far := 0
		for i := range rest {
			if away[i] > away[far] {
				far = i
			}
		}
		pick := rest[far]
		chosen = append(chosen, pick)
		for i, c := range rest {
			away[i] = min(away[i], distance(c, pick))
		}
	}
	return chosen
}

func nearestOf(c uint32, list []uint32) (index, away int) {
	away = 1 << 30
	for i, o := range list {
		if d := distance(c, o); d < away {
			index, away = i, d
		}
	}
	return index, away
}

func distance(a, b uint32) (d int) {
	for shift := 0; shift < 32; shift += 8 {
		e := int(a>>shift&0xff) - int(b>>shift&0xff)
		d += e * e
	}
	return d
}
