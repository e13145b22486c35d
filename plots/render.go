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

// pixels draws d at twice its CSS size.
func pixels(d Drawer) *image.RGBA {
	w, h := size(d)
	c := vgimg.NewWith(
		vgimg.UseWH(vg.Length(w)*vg.Inch/96, vg.Length(h)*vg.Inch/96),
		vgimg.UseDPI(96*resolution))
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
	return encode(pixels(d))
}

func encode(img *image.RGBA) []byte {
	var out bytes.Buffer
	var picture image.Image = img
	if p := paletted(img); p != nil {
		picture = p
	}
	if err := png.Encode(&out, picture); err != nil {
		panic(err) // a buffer takes everything
	}
	return out.Bytes()
}

// paletted returns img in few colours, or nil if it has far too many for that:
// 64 where nearly all of it is flat, as in a plot, whose other colours are blends
// at the edges of lines and letters; else 256. The file is four times smaller
// and sooner written.
func paletted(img *image.RGBA) *image.Paletted {
	count := histogram(img)
	if len(count) > 20000 {
		return nil
	}
	colours := byFrequency(count)
	flat := 0
	for _, c := range colours[:min(48, len(colours))] {
		flat += count[c]
	}
	size := 256
	if flat*10 >= img.Rect.Dx()*img.Rect.Dy()*9 {
		size = 64
	}
	chosen := choose(colours, size)
	p := image.NewPaletted(img.Rect, make(color.Palette, len(chosen)))
	index := make(map[uint32]uint8, len(count))
	for i, c := range chosen {
		p.Palette[i] = color.RGBA{uint8(c), uint8(c >> 8), uint8(c >> 16), uint8(c >> 24)}
		index[c] = uint8(i)
	}
	for c := range count {
		if _, ok := index[c]; !ok {
			nearest, _ := nearestOf(c, chosen)
			index[c] = uint8(nearest)
		}
	}
	var last uint32
	at := index[last]
	for i := range p.Pix {
		if c := packed(img.Pix[4*i:]); c != last {
			last, at = c, index[c]
		}
		p.Pix[i] = at
	}
	return p
}

// packed reads a pixel, red in the low byte.
func packed(p []uint8) uint32 {
	_ = p[3]
	return uint32(p[0]) | uint32(p[1])<<8 | uint32(p[2])<<16 | uint32(p[3])<<24
}

func histogram(img *image.RGBA) map[uint32]int {
	count := map[uint32]int{}
	last, length := packed(img.Pix), 0
	for i := 0; i < len(img.Pix); i += 4 {
		if c := packed(img.Pix[i:]); c != last {
			count[last] += length
			last, length = c, 0
		}
		length++
	}
	count[last] += length
	return count
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

// choose picks n of the colours: the first three quarters of them, then each
// time the one that is farthest from those picked, so that no mark disappears.
func choose(all []uint32, n int) []uint32 {
	if len(all) <= n {
		return all
	}
	chosen := append([]uint32(nil), all[:n*3/4]...)
	rest := all[n*3/4:]
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
