package plots

import (
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// An Image is a picture as a model sees it.
type Image struct {
	Pixels        []float64 // row by row from the top, channels last
	Height, Width int
	Channels      int    // 1 (0 means 1) is grey, 3 is red, green, blue
	Label         string // written below
	Predicted     string // if it differs from Label, it is written in red beside it
}

func (m Image) channels() int { return max(1, m.Channels) }

func (m Image) check(kind string, i int) *Figure {
	if m.Height <= 0 || m.Width <= 0 || len(m.Pixels) != m.Height*m.Width*m.channels() {
		return failed("%s: image %d has %d pixels, want %d×%d×%d", kind, i, len(m.Pixels), m.Height, m.Width, m.channels())
	}
	if c := m.channels(); c != 1 && c != 3 {
		return failed("%s: image %d has %d channels, want 1 or 3", kind, i, c)
	}
	return nil
}

// Images draws images in rows of so many columns, with their labels; where a
// prediction differs from the label both are written, in red. All images share
// one scale: the smallest pixel value is black and the largest white.
func Images(columns int, images ...Image) *Figure {
	low, high, bad := pixelRange("Images", images)
	if bad != nil {
		return bad
	}
	grey := Grey(low, high)
	return tiles(columns, images, func(m Image) func(i, j int) color.RGBA {
		return func(i, j int) color.RGBA {
			k := (i*m.Width + j) * m.channels()
			if m.channels() == 1 {
				return grey.At(m.Pixels[k])
			}
			return color.RGBA{grey.At(m.Pixels[k]).R, grey.At(m.Pixels[k+1]).R, grey.At(m.Pixels[k+2]).R, 0xff}
		}
	})
}

// Filters draws convolution filters or feature maps, signed numbers in one
// channel: blue is negative, white zero, orange positive, on one scale for all.
// Where all numbers are positive, as after ReLU, they go from light to dark.
func Filters(columns int, maps ...Image) *Figure {
	low, high, bad := pixelRange("Filters", maps)
	if bad != nil {
		return bad
	}
	for i, m := range maps {
		if m.channels() != 1 {
			return failed("Filters: map %d has %d channels, want 1", i, m.Channels)
		}
	}
	shade := shadeFor(low, high)
	f := tiles(columns, maps, func(m Image) func(i, j int) color.RGBA {
		return func(i, j int) color.RGBA { return shade.At(m.Pixels[i*m.Width+j]) }
	})
	f.scale = &shade
	f.Width += 60
	return f
}

// Saliency lays the weight of each pixel in a prediction (say, |∂J/∂x|) over
// the image in pale grey: orange where it is large, whatever its sign (for maps whose
// sign matters take Filters). A mostly dark image is inverted, so that the colour shows:
// look twice before you compare a dark and a light one.
func Saliency(m Image, weights []float64) *Figure {
	low, high, bad := pixelRange("Saliency", []Image{m})
	if bad != nil {
		return bad
	}
	if len(weights) != m.Height*m.Width {
		return failed("Saliency: %d weights, want %d, one a pixel", len(weights), m.Height*m.Width)
	}
	most := 0.0
	for _, w := range weights {
		if drawable(w) {
			most = max(most, math.Abs(w))
		}
	}
	grey := Grey(low, high)
	brightness, _, _, _ := moments(m.Pixels)
	dark := brightness < (low+high)/2
	f := tiles(1, []Image{m}, func(m Image) func(i, j int) color.RGBA {
		return func(i, j int) color.RGBA {
			k := (i*m.Width + j) * m.channels()
			v := m.Pixels[k]
			if dark {
				v = low + high - v
			}
			under := blend(color.RGBA{0xff, 0xff, 0xff, 0xff}, grey.At(v), 0.4)
			w := math.Abs(weights[i*m.Width+j])
			if !drawable(w) || most == 0 {
				return under
			}
			return blend(under, Colour(1), 0.9*w/most)
		}
	})
	f.Width, f.Height = 260, 260*m.Height/m.Width+30
	return f
}

// pixelRange checks images and returns their smallest and largest pixel.
func pixelRange(kind string, images []Image) (low, high float64, bad *Figure) {
	if len(images) == 0 {
		return 0, 0, failed("%s: no image given", kind)
	}
	var all []Series
	for i, m := range images {
		if bad := m.check(kind, i); bad != nil {
			return 0, 0, bad
		}
		all = append(all, Series{Y: m.Pixels})
	}
	low, high, dropped := extent(all)
	if low > high {
		return 0, 0, failed("%s: all %d pixels are NaN or infinite", kind, dropped)
	}
	return low, high, nil
}

// most is how many images one picture shows.
const mostImages = 200

// tiles arranges images; paint returns the colour of a pixel of an image.
func tiles(columns int, images []Image, paint func(Image) func(i, j int) color.RGBA) *Figure {
	f := bare()
	f.HideAxes()
	f.X.Padding, f.Y.Padding = 0, 0
	if len(images) > mostImages {
		f.note("The first " + short(mostImages) + " of " + short(float64(len(images))) + " images.")
		images = images[:mostImages]
	}
	columns = max(1, min(columns, len(images)))
	rows := (len(images) + columns - 1) / columns
	side := min(110, 640/columns)
	t := mosaic{images: images, columns: columns, rows: rows, paint: paint}
	f.Width = columns*side + 20
	f.Height = rows*(side*images[0].Height/images[0].Width+t.captionLines()*15+4) + 16
	f.Add(t)
	return f
}

// mosaic draws images with captions.
type mosaic struct {
	images        []Image
	columns, rows int
	paint         func(Image) func(i, j int) color.RGBA
}

func (t mosaic) captionLines() int {
	for _, m := range t.images {
		if m.Label != "" || m.Predicted != "" {
			return 1
		}
	}
	return 0
}

// Plot implements plot.Plotter.
func (t mosaic) Plot(c draw.Canvas, _ *plot.Plot) {
	caption := vg.Length(t.captionLines()) * 12
	tiles := draw.Tiles{Cols: t.columns, Rows: t.rows, PadX: 4, PadY: 4}
	for k, m := range t.images {
		cell := tiles.At(c, k%t.columns, k/t.columns)
		area := cell.Rectangle
		area.Min.Y += caption
		scale := min(area.Size().X/vg.Length(m.Width), area.Size().Y/vg.Length(m.Height))
		w, h := scale*vg.Length(m.Width), scale*vg.Length(m.Height)
		area.Min.X += (area.Size().X - w) / 2
		area.Max.X = area.Min.X + w
		area.Min.Y = area.Max.Y - h
		at := t.paint(m)
		raster{at: func(tx, ty float64) color.RGBA {
			return at(m.Height-1-min(m.Height-1, int(ty*float64(m.Height))), min(m.Width-1, int(tx*float64(m.Width))))
		}}.paint(cell, area)
		m.caption(cell, vg.Point{X: (area.Min.X + area.Max.X) / 2, Y: area.Min.Y - 6})
	}
}

// caption writes label and prediction, in the largest size that fits.
func (m Image) caption(c draw.Canvas, at vg.Point) {
	txt, style := m.Label, typeset(tickSize, ink)
	if m.Predicted != "" && m.Predicted != m.Label {
		txt = m.Label + " → " + m.Predicted
		style = bold(typeset(tickSize, Colour(4)))
	}
	style.YAlign = draw.YCenter
	fitText(c, style, at, txt, c.Size().X)
}

// fitText makes text smaller, to 6.5 points at most, and then shorter, so that it
// fits a width, and draws it.
func fitText(c draw.Canvas, style text.Style, at vg.Point, txt string, width vg.Length) {
	if w := style.Width(txt); w > width {
		style.Font.Size = max(6.5, style.Font.Size*width/w)
	}
	fillText(c, style, at, cut(txt, style, width))
}
