package dl

import (
	"go/token"
	"reflect"
	"testing"
)

// layerParity is a case of testdata/parity/layers.json.gz: layers as a file
// describes them, their parameters, and what PyTorch made of x and dy.
type layerParity struct {
	Name    string
	Layers  []any
	In      Shape
	Train   bool
	X, Dy   *Tensor
	Params  map[string]*Tensor
	Every   int       // what follows has one element in every so many
	Y, Dx   []float64 // Dx is nil where x are class numbers
	Grads   map[string][]float64
	Running map[string][]float64 // after Forward
}

func TestParityLayers(t *testing.T) {
	var fixture struct{ Cases []layerParity }
	readFixture(t, "parity/layers", &fixture)
	seen, worst := map[string]bool{}, 0.0
	for _, c := range fixture.Cases {
		t.Run(c.Name, func(t *testing.T) { worst = max(worst, c.check(t)) })
		seenTypes(c.Layers, seen)
	}
	t.Logf("%d cases, largest relative error %.1e", len(fixture.Cases), worst)
	checkAllSeen(t, seen, reflect.TypeFor[Layer]())
}

// check returns the largest relative error.
func (c layerParity) check(t *testing.T) float64 {
	var layers []Layer
	for _, description := range c.Layers {
		layers = append(layers, described[Layer](t, description))
	}
	m, err := Sequential(c.In, layers...)
	if err != nil {
		t.Fatal(err)
	}
	c.setParams(t, m)
	y := m.Forward(c.X, c.Train)
	if out := append(Shape{c.X.Shape[0]}, m.Out...); !out.Equal(c.Dy.Shape) || !y.Shape.Equal(c.Dy.Shape) {
		t.Fatalf("y is %v and the model says %v, want %v", y.Shape, out, c.Dy.Shape)
	}
	errY := agree(t, "y", c.some(y.Data), c.Y, parityTolerance)
	m.Params.ZeroGrad()
	dx, errX := m.Backward(c.Dy), 0.0
	switch {
	case (dx == nil) != (c.Dx == nil):
		t.Errorf("dx is %v, want %v", dx, c.Dx)
	case dx != nil:
		errX = agree(t, "dx", c.some(dx.Data), c.Dx, parityTolerance)
	}
	errG := 0.0
	for _, p := range m.Params.List {
		if p.running {
			errY = max(errY, agree(t, p.Name, c.some(p.Value), c.Running[p.Name], parityTolerance))
		} else {
			errG = max(errG, agree(t, "gradient of "+p.Name, c.some(p.Grad), c.Grads[p.Name], parityTolerance))
		}
	}
	t.Logf("%-50s y %7.1e  dx %7.1e  gradients %7.1e", c.Name, errY, errX, errG)
	return max(errY, errX, errG)
}

// some is one element in c.Every of v.
func (c layerParity) some(v []float64) []float64 {
	var some []float64
	for i := 0; i < len(v); i += c.Every {
		some = append(some, v[i])
	}
	return some
}

// setParams gives the model the fixture's parameters, the same names on both sides.
func (c layerParity) setParams(t *testing.T, m *Model) {
	t.Helper()
	if len(m.Params.List) != len(c.Params) {
		t.Fatalf("%d parameters, want %d", len(m.Params.List), len(c.Params))
	}
	for _, p := range m.Params.List {
		value := c.Params[p.Name]
		if value == nil || !value.Shape.Equal(p.Shape) {
			t.Fatalf("parameter %s is %v, the fixture has %v", p.Name, p.Shape, value)
		}
		copy(p.Value, value.Data)
	}
}

// seenTypes adds the names of all types that a spec describes.
func seenTypes(spec any, seen map[string]bool) {
	switch v := spec.(type) {
	case []any:
		for _, element := range v {
			seenTypes(element, seen)
		}
	case map[string]any:
		for key, value := range v {
			if name, ok := value.(string); ok && key == "type" {
				seen[name] = true
			}
			seenTypes(value, seen)
		}
	}
}

// checkAllSeen fails where a registered type that implements an interface is
// in no fixture, so that parity can't shrink unseen.
func checkAllSeen(t *testing.T, seen map[string]bool, kind reflect.Type) {
	t.Helper()
	for name, typ := range types {
		if typ.Implements(kind) && token.IsExported(name) && !seen[name] { // other tests register types of their own
			t.Errorf("%s is in no fixture: add it to testdata/parity and write the fixtures again", name)
		}
	}
}
