package dl

import (
	"slices"
	"testing"
)

var reshapeCases = []layerCase{
	{"Flatten", Shape{2, 3, 2}, one(func() Layer { return &Flatten{} })},
	{"Flatten before Dense", Shape{2, 3}, func() []Layer { return []Layer{&Flatten{}, &Dense{Units: 2}} }},
	{"Reshape", Shape{6}, one(func() Layer { return &Reshape{Shape: Shape{3, 2}} })},
	{"Reshape with -1", Shape{2, 6}, one(func() Layer { return &Reshape{Shape: Shape{3, -1}} })},
	{"Slice", Shape{5}, one(func() Layer { return &Slice{From: 1, To: 4} })},
	{"Slice to the end", Shape{3, 4}, one(func() Layer { return &Slice{From: 2} })},
}

func TestSliceKeepsItsColumns(t *testing.T) {
	y := forward(t, &Tensor{Shape{2, 4}, []float64{0, 1, 2, 3, 4, 5, 6, 7}}, &Slice{From: 1, To: 3})
	if want := []float64{1, 2, 5, 6}; !slices.Equal(y.Data, want) {
		t.Errorf("got %v, want %v", y.Data, want)
	}
}

func TestReshapeMovesNoNumber(t *testing.T) {
	x := normalTensor(1, 2, 3, 4)
	for _, c := range []struct {
		layer Layer
		want  Shape
	}{
		{&Flatten{}, Shape{2, 12}},
		{&Reshape{Shape: Shape{6, 2}}, Shape{2, 6, 2}},
		{&Reshape{Shape: Shape{2, -1, 3}}, Shape{2, 2, 2, 3}},
	} {
		if y := forward(t, x, c.layer); !y.Shape.Equal(c.want) || !slices.Equal(y.Data, x.Data) {
			t.Errorf("%T: got %v %v, want %v and the numbers as they were", c.layer, y.Shape, y.Data, c.want)
		}
	}
}
