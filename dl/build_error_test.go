package dl

import (
	"math"
	"testing"
)

func TestLayersSayWhatIsWrongAtBuild(t *testing.T) {
	image, sequence, row := Shape{4, 5, 2}, Shape{7, 3}, Shape{6}
	for _, c := range []struct {
		in    Shape
		layer Layer
		want  string
	}{
		{image, &Conv2D{Kernel: 3}, "dl: layer 0 (Conv2D): Filters is 0, want at least 1"},
		{image, &Conv2D{Filters: 2}, "dl: layer 0 (Conv2D): Kernel is 0, want at least 1"},
		{image, &Conv2D{Filters: 2, Kernel: -3}, "dl: layer 0 (Conv2D): Kernel is -3, want at least 1"},
		{image, &Conv2D{Filters: 2, Kernel: 3, Stride: -1}, "dl: layer 0 (Conv2D): Stride is -1, want at least 1, or 0 for the default"},
		{image, &Conv2D{Filters: 2, Kernel: 3, Padding: 7}, "dl: layer 0 (Conv2D): Padding is 7, want dl.Valid or dl.Same"},
		{row, &Conv2D{Filters: 2, Kernel: 3}, "dl: layer 0 (Conv2D): input is 6, want H×W×C: put a Reshape before it"},
		{image, &Conv2D{Filters: 2, Kernel: 5}, "dl: layer 0 (Conv2D): input is 4×5×2, want at least 5, the Kernel, along each axis but the last; or set Padding: dl.Same"},
		{image, &Conv1D{Filters: 2, Kernel: 3}, "dl: layer 0 (Conv1D): input is 4×5×2, want T×C: put a Reshape before it"},
		{sequence, &Conv1D{Filters: 2, Kernel: 8}, "dl: layer 0 (Conv1D): input is 7×3, want at least 8, the Kernel, along each axis but the last; or set Padding: dl.Same"},
		{sequence, &ConvTranspose2D{Filters: 2, Kernel: 3}, "dl: layer 0 (ConvTranspose2D): input is 7×3, want H×W×C: put a Reshape before it"},
		{image, &ConvTranspose2D{Filters: -1, Kernel: 3}, "dl: layer 0 (ConvTranspose2D): Filters is -1, want at least 1"},
		{image, &ConvTranspose2D{Filters: 1, Kernel: 3, Stride: math.MaxInt64}, "dl: layer 0 (ConvTranspose2D): Stride is 9223372036854775807, which makes of an input of 4×5×2 more pixels than memory can hold"},
		{image, &MaxPool2D{Pool: -2}, "dl: layer 0 (MaxPool2D): Pool is -2, want at least 1"},
		{image, &MaxPool2D{Pool: 5}, "dl: layer 0 (MaxPool2D): input is 4×5×2, want at least 5, the Pool, along each axis but the last; or set Padding: dl.Same"},
		{sequence, &MaxPool2D{}, "dl: layer 0 (MaxPool2D): input is 7×3, want H×W×C: put a Reshape before it"},
		{image, &AvgPool2D{Stride: -1}, "dl: layer 0 (AvgPool2D): Stride is -1, want at least 1, or 0 for the default"},
		{row, &GlobalAvgPool{}, "dl: layer 0 (GlobalAvgPool): input is 6, want at least two axes, such as H×W×C or T×C"},
		{row, &Reshape{}, "dl: layer 0 (Reshape): Shape is empty, want axes whose product is 6, the elements of the input 6"},
		{row, &Reshape{Shape: Shape{4, 2}}, "dl: layer 0 (Reshape): Shape is 4×2, want axes whose product is 6, the elements of the input 6"},
		{row, &Reshape{Shape: Shape{4, -1}}, "dl: layer 0 (Reshape): Shape is 4×-1, want axes whose product is 6, the elements of the input 6"},
		{row, &Reshape{Shape: Shape{-1, -1}}, "dl: layer 0 (Reshape): Shape is -1×-1, want every axis at least 1, or one of them -1"},
		{row, &Reshape{Shape: Shape{6, 0}}, "dl: layer 0 (Reshape): Shape is 6×0, want every axis at least 1, or one of them -1"},
		{row, &Slice{From: 2, To: 7}, "dl: layer 0 (Slice): columns 2 to 7 of an input 6, want 0 ≤ From < To ≤ 6"},
		{row, &Slice{From: -1}, "dl: layer 0 (Slice): columns -1 to 6 of an input 6, want 0 ≤ From < To ≤ 6"},
		{row, &Slice{From: 3, To: 3}, "dl: layer 0 (Slice): columns 3 to 3 of an input 6, want 0 ≤ From < To ≤ 6"},
		{row, &Dropout{Rate: 1}, "dl: layer 0 (Dropout): Rate is 1, want at least 0 and below 1"},
		{row, &Dropout{Rate: -0.1}, "dl: layer 0 (Dropout): Rate is -0.1, want at least 0 and below 1"},
		{row, &Dropout{Rate: math.NaN()}, "dl: layer 0 (Dropout): Rate is NaN, want at least 0 and below 1"},
		{row, &LayerNorm{Eps: -1}, "dl: layer 0 (LayerNorm): Eps is -1, want at least 0 and below 1"},
		{row, &BatchNorm{Momentum: 1}, "dl: layer 0 (BatchNorm): Momentum is 1, want at least 0 and below 1"},
		{row, &BatchNorm{Eps: -1}, "dl: layer 0 (BatchNorm): Eps is -1, want at least 0 and below 1"},
		{row, &LeakyReLU{Slope: 2}, "dl: layer 0 (LeakyReLU): Slope is 2, want at least 0 and below 1"},
		{row, &ELU{Alpha: math.Inf(1)}, "dl: layer 0 (ELU): Alpha is +Inf, want above 0, or 0 for the default"},
	} {
		_, err := Sequential(c.in, c.layer)
		if err == nil || err.Error() != c.want {
			t.Errorf("%T on %v:\ngot  %v\nwant %s", c.layer, c.in, err, c.want)
		}
	}
}

func TestBuildErrorNamesWhereTheShapeComesFrom(t *testing.T) {
	_, err := Sequential(Shape{9, 7, 1}, &MaxPool2D{}, &Flatten{}, &Conv2D{Filters: 2, Kernel: 3})
	if want := "dl: layer 2 (Conv2D): input is 12, want H×W×C: put a Reshape before it (from layer 1 (Flatten), 4×3×1 → 12)"; err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}
