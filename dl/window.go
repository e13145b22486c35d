package dl

import (
	"fmt"
	"strings"
)

// Padding says what a window does at the edge of its input.
type Padding int

const (
	// Valid keeps windows inside the input: out = ⌊(in − size)/stride⌋ + 1.
	Valid Padding = iota
	// Same lets windows reach over the edge, so that out = ⌈in/stride⌉. Half of
	// what is missing goes before the input and half after it, the odd one
	// after, as in Keras.
	Same
)

// String writes the padding as in Keras.
func (p Padding) String() string {
	switch p {
	case Valid:
		return "valid"
	case Same:
		return "same"
	}
	return fmt.Sprintf("Padding(%d)", int(p))
}

// axis is how windows move along one axis of an image: window o covers the
// positions o·stride − before up to o·stride − before + size.
type axis struct {
	in, out      int // positions, and windows
	size, stride int
	before       int // positions of padding before the input
	padded       int // in and the padding on both sides
}

func newAxis(in, size, stride int, padding Padding) axis {
	if padding == Valid {
		return axis{in: in, out: (in-size)/stride + 1, size: size, stride: stride, padded: in}
	}
	out := (in-1)/stride + 1
	missing := max((out-1)*stride+size-in, 0)
	return axis{in: in, out: out, size: size, stride: stride, before: missing / 2, padded: in + missing}
}

// span returns the part lo:hi of window o that is inside the input.
func (a axis) span(o int) (lo, hi int) {
	lo = o*a.stride - a.before
	return max(lo, 0), min(lo+a.size, a.in)
}

// whole returns which windows are inside the input with all their positions.
func (a axis) whole() (first, last int) {
	return (a.before + a.stride - 1) / a.stride, min((a.in+a.before-a.size)/a.stride+1, a.out)
}

// geometry is how the windows of a layer move over its input.
type geometry struct {
	node
	high, wide axis
	channels   int
}

// slide checks the fields that layers with windows have in common and sets the
// geometry: over lines and pixels where the input is an image, want being H×W×C, over
// pixels of a single line where it is T×C. name is what the layer calls a window's size.
func (g *geometry) slide(in Shape, params *Params, want, name string, size, stride int, padding Padding) error {
	if err := g.checkWindow(in, params, want, name, size, stride, padding); err != nil {
		return err
	}
	for _, length := range in[:len(in)-1] {
		if padding == Valid && length < size {
			return &ShapeError{Where: g.where, Got: fmt.Sprintf("input is %v", in), Want: fmt.Sprintf("at least %d, the %s, along each axis but the last; or set Padding: dl.Same", size, name)}
		}
	}
	g.high, g.wide, g.channels = newAxis(1, 1, 1, Valid), newAxis(in[len(in)-2], size, stride, padding), in.last()
	if len(in) == 3 {
		g.high = newAxis(in[0], size, stride, padding)
	}
	return nil
}

// checkWindow gives the layer its place and checks its fields and its input.
func (n *node) checkWindow(in Shape, params *Params, want, name string, size, stride int, padding Padding) error {
	err := firstError(n.place(in, params), n.positive(name, size))
	switch {
	case err != nil:
		return err
	case stride < 0:
		return fmt.Errorf("dl: %s: Stride is %d, want at least 1, or 0 for the default", n.where, stride)
	case padding != Valid && padding != Same:
		return fmt.Errorf("dl: %s: Padding is %d, want dl.Valid or dl.Same", n.where, int(padding))
	case len(in) != strings.Count(want, "×")+1:
		return &ShapeError{Where: n.where, Got: fmt.Sprintf("input is %v", in), Want: want + ": put a Reshape before it"}
	}
	return nil
}
