package dl

import (
	"fmt"

	"descent/dl/blas"
)

// Embedding looks up a row of W for each class number: input …, output …×Units;
// a sequence of T tokens becomes T×Units. Class numbers are float64, as all
// data are, whole and from 0 to Vocab−1. Fit, Evaluate and Predict return an
// error for others; Forward, called by hand, panics with the same one.
type Embedding struct {
	Vocab int  // classes; at least 1
	Units int  // numbers for each class; at least 1
	Init  Init // of W; default Uniform{0.05}, as in Keras

	W *Param // Vocab×Units, set by Build

	node
}

func (e *Embedding) Build(in Shape, params *Params) (Shape, error) {
	if err := firstError(e.place(in, params), e.positive("Vocab", e.Vocab), e.positive("Units", e.Units)); err != nil {
		return nil, err
	}
	e.W = params.Add("W", orDefault[Init](e.Init, Uniform{}), e.Vocab, e.Units)
	e.out = append(append(Shape(nil), in...), e.Units)
	return e.out, nil
}

// Forward computes y_i = W_{x_i}, row x_i of W.
func (e *Embedding) Forward(x *Tensor, train bool) *Tensor {
	y := e.output(x)
	if err := e.checkInputs(x); err != nil {
		panic(err)
	}
	for i, class := range x.Data {
		copy(y.Row(i), e.row(e.W.Value, class))
	}
	return y
}

// Backward adds each gradient to the row that was looked up, and leaves the
// others alone: ∂L/∂W_{x_i} += ∂L/∂y_i. Class numbers have no gradient, so it
// returns nil.
func (e *Embedding) Backward(dy *Tensor) *Tensor {
	e.inputGrad(dy)
	for i, class := range e.x.Data {
		dw := e.row(e.W.Grad, class)
		blas.Add(dw, dw, e.row(dy.Data, float64(i)))
	}
	return nil
}

// row is row i of a matrix of Units columns.
func (e *Embedding) row(data []float64, i float64) []float64 {
	lo := int(i) * e.Units
	return data[lo : lo+e.Units]
}

func (e *Embedding) checkInputs(x *Tensor) error {
	for i, class := range x.Data {
		if !(class >= 0 && class < float64(e.Vocab)) || class != float64(int(class)) {
			size := e.in.Size()
			return fmt.Errorf("dl: %s: input is %v at row %d, column %d; want class numbers, whole and from 0 to %d",
				e.where, class, i/size, i%size, e.Vocab-1)
		}
	}
	return nil
}
