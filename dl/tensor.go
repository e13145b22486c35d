package dl

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gonum.org/v1/gonum/mat"
)

// Shape lists the lengths of a tensor's axes, outermost first. Channels come
// last: images are H×W×C, sequences T×C. Where a Shape describes one sample,
// the batch axis is left out.
type Shape []int

// Size is the number of elements, the product of all axes (1 for no axes).
func (s Shape) Size() int {
	size := 1
	for _, n := range s {
		size *= n
	}
	return size
}

// Equal reports whether two shapes have the same axes.
func (s Shape) Equal(t Shape) bool { return slices.Equal(s, t) }

// last is the length of the last axis, the number of features or channels.
func (s Shape) last() int { return s[len(s)-1] }

// String writes the shape as 28×28×1.
func (s Shape) String() string {
	axes := make([]string, len(s))
	for i, n := range s {
		axes[i] = strconv.Itoa(n)
	}
	return strings.Join(axes, "×")
}

// Tensor is an array of float64 in row-major order. Every tensor is also a
// matrix: Cols is its last axis, Rows is the product of all the others, and
// row i is Data[i*Cols:(i+1)*Cols].
type Tensor struct {
	Shape Shape
	Data  []float64
}

// NewTensor returns a tensor of zeros.
func NewTensor(shape ...int) *Tensor {
	s := Shape(shape)
	return &Tensor{Shape: append(Shape(nil), s...), Data: make([]float64, s.Size())}
}

// FromMat returns the N rows of m as a tensor of shape N×sample. It shares
// memory with m where m is a *mat.Dense without gaps between its rows, and
// copies otherwise. It panics with a *ShapeError where a row of m does not
// hold one sample.
func FromMat(m mat.Matrix, sample Shape) *Tensor {
	rows, cols := m.Dims()
	if cols != sample.Size() {
		panic(&ShapeError{Where: "FromMat", Got: fmt.Sprintf("a matrix of %d columns", cols), Want: fmt.Sprintf("%d, one for each element of a %v sample", sample.Size(), sample)})
	}
	t := &Tensor{Shape: append(Shape{rows}, sample...)}
	if d, ok := m.(*mat.Dense); ok && d.RawMatrix().Stride == cols {
		t.Data = d.RawMatrix().Data[:rows*cols]
		return t
	}
	t.Data = mat.DenseCopyOf(m).RawMatrix().Data
	return t
}

// Rows is the number of rows of the tensor seen as a matrix.
func (t *Tensor) Rows() int { return t.Shape[:len(t.Shape)-1].Size() }

// Cols is the length of the last axis.
func (t *Tensor) Cols() int { return t.Shape.last() }

// Row returns row i of the tensor seen as a matrix, sharing memory.
func (t *Tensor) Row(i int) []float64 {
	c := t.Cols()
	return t.Data[i*c : (i+1)*c : (i+1)*c]
}

// Mat returns the tensor as a Rows×Cols matrix, sharing memory.
func (t *Tensor) Mat() *mat.Dense { return mat.NewDense(t.Rows(), t.Cols(), t.Data) }

// fit makes t a tensor of n samples and returns it. Its memory is kept from
// call to call, so that a warm training step allocates nothing, and its
// contents are whatever they were before.
func (t *Tensor) fit(n int, sample Shape) *Tensor {
	if len(t.Shape) != len(sample)+1 || !t.Shape[1:].Equal(sample) {
		t.Shape = append(Shape{n}, sample...)
	}
	t.Shape[0] = n
	size := n * sample.Size()
	if cap(t.Data) < size {
		t.Data = make([]float64, size)
	}
	t.Data = t.Data[:size]
	return t
}
