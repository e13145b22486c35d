package exercise

import (
	"errors"
	"fmt"

	"gonum.org/v1/gonum/mat"
)

var images = []Exercise{
	{
		ID:    "10.1",
		Title: "The size of the output",
		Check: func(outputSize func(size, kernel, stride int) int) error {
			if outputSize(8, 3, 1) == 0 && outputSize(28, 5, 2) == 0 {
				return ErrUnsolved
			}
			switch got := outputSize(8, 3, 1); {
			case got == 5:
				return errors.New("for 8 pixels, a window of 3 and stride 1 you return 5: count the places of the window once more, the first one counts too")
			case got == 8:
				return errors.New("for 8 pixels, a window of 3 and stride 1 you return 8: that is with padding")
			}
			for _, c := range [][4]int{{8, 3, 1, 6}, {28, 5, 2, 12}, {10, 3, 3, 3}, {7, 7, 1, 1}, {9, 2, 2, 4}} {
				got := outputSize(c[0], c[1], c[2])
				if got == c[3] {
					continue
				}
				why := ""
				switch {
				case c[2] > 1 && got == c[0]-c[1]+1:
					why = ": that is with stride 1"
				case got == (c[0]-c[1]+1)/c[2]:
					why = ": the first place is there whatever the stride; divide the way that is left after it"
				case c[2] > 1 && got == c[3]+1:
					why = ": the last window would stick out of the image"
				}
				return fmt.Errorf("for %d pixels, a window of %d and stride %d you return %d%s", c[0], c[1], c[2], got, why)
			}
			return nil
		},
		Hints: []string{
			"the window begins at pixel 0, and it must end inside. With stride 1, at which pixels can it begin?",
			"its first place is at 0, its last at size−kernel at most; divide that way by the stride, rounding down, and count the first place too.",
		},
	},
	{
		ID:    "10.2",
		Title: "Max pooling",
		Check: func(maxPool func(x *mat.Dense) *mat.Dense) error {
			x := mat.NewDense(4, 6, []float64{
				1, 2, -1, -2, 0, 0,
				3, 4, -3, -4, 5, 0,
				9, 0, 1, 1, 2, 2,
				0, 0, 1, 1, 2, 8,
			})
			got := maxPool(mat.DenseCopyOf(x))
			if got == nil {
				return ErrUnsolved
			}
			want := mat.NewDense(2, 3, []float64{4, -1, 5, 9, 1, 8})
			rows, cols := got.Dims()
			switch {
			case rows == 3 && cols == 5:
				return errors.New("from 4×6 you make 3×5: your blocks overlap; the next one begins two pixels further")
			case rows == 4 && cols == 6:
				return errors.New("from 4×6 you make 4×6: each block gives one number, so the result has half the rows and half the columns")
			case sameMat(got, mat.NewDense(2, 3, []float64{2.5, -2.5, 1.25, 2.25, 1, 3.5})):
				return errors.New("that is the mean of each block, not its largest")
			case sameMat(got, mat.NewDense(2, 3, []float64{4, 0, 5, 9, 1, 8})):
				return errors.New("in a block of only negative numbers you return 0: begin with one of the four, not with 0")
			}
			return nearMat("the result", got, want, 1e-12)
		},
		Hints: []string{
			"the result has half the rows and half the columns; element (i, j) comes from rows 2i and 2i+1, columns 2j and 2j+1.",
			"Go's max takes four numbers: max(x.At(2*i, 2*j), x.At(2*i, 2*j+1), …).",
		},
	},
	{
		ID:    "10.3",
		Title: "The gradient of a kernel",
		Check: func(kernelGradient func(x, dy *mat.Dense, K int) *mat.Dense) error {
			x := mat.NewDense(4, 5, []float64{1, 2, 3, 4, 5, -1, 0, 2, 1, 3, 2, 2, -2, 0, 1, 4, 1, 0, 3, -3})
			dy := mat.NewDense(3, 4, []float64{1, 0, -1, 2, 0.5, 1, 0, 0, -2, 1, 1, 3})
			got := kernelGradient(mat.DenseCopyOf(x), mat.DenseCopyOf(dy), 2)
			if got == nil {
				return ErrUnsolved
			}
			want := slide(x, dy, 2)
			if rows, cols := got.Dims(); rows == 2 && cols == 3 {
				return errors.New("dw is 2×3, and a kernel is K×K: dy has more columns than rows here, and convolve takes only square kernels; write the loops out")
			}
			flipped := mat.NewDense(2, 2, []float64{want.At(1, 1), want.At(1, 0), want.At(0, 1), want.At(0, 0)})
			switch {
			case sameMat(got, flipped):
				return errors.New("the result is upside down and mirrored: the kernel is not flipped in this course's convolution, so the gradient is not either")
			case sameMat(got, mat.DenseCopyOf(want.T())) && !sameMat(want, mat.DenseCopyOf(want.T())):
				return errors.New("rows and columns are exchanged")
			}
			return nearMat("dw", got, want, 1e-9)
		},
		Hints: []string{
			"y[i, j] contains w[u, v]·x[i+u, j+v]. So dL/dw[u, v] is a sum over all i, j.",
			"dw[u, v] = Σ over i, j of dy[i, j]·x[i+u, j+v]: four loops, as in convolve, with the roles of kernel and output exchanged.",
			"it is a convolution itself: slide dy over x.",
		},
	},
}

// slide returns Σ dy[i,j]·x[i+u,j+v] for each u, v below K.
func slide(x, dy *mat.Dense, K int) *mat.Dense {
	dw := mat.NewDense(K, K, nil)
	rows, cols := dy.Dims()
	for u := range K {
		for v := range K {
			for i := range rows {
				for j := range cols {
					dw.Set(u, v, dw.At(u, v)+dy.At(i, j)*x.At(i+u, j+v))
				}
			}
		}
	}
	return dw
}
