package dl

import "fmt"

// Flatten makes one row of each sample: output Size of the input. No number moves:
// its output and its gradient are views of what comes in.
type Flatten struct{ reshape }

// Reshape gives each sample new axes, Shape, of the same number of elements. One
// of them may be -1: what is left for it. No number moves, as in Flatten.
type Reshape struct {
	Shape Shape // of one sample, without the batch

	reshape
}

// Slice keeps columns From to To-1 of the last axis. A model with two inputs takes
// them side by side and begins each branch with a Slice.
type Slice struct {
	From, To int // To 0 means up to the end

	node
}

func (f *Flatten) Build(in Shape, params *Params) (Shape, error) {
	if err := f.place(in, params); err != nil {
		return nil, err
	}
	f.out = Shape{in.Size()}
	return f.out, nil
}

func (r *Reshape) Build(in Shape, params *Params) (Shape, error) {
	if err := r.place(in, params); err != nil {
		return nil, err
	}
	out, open := append(Shape(nil), r.Shape...), -1
	for i, n := range out {
		if n == -1 && open == -1 {
			out[i], open = 1, i
		} else if n <= 0 {
			return nil, fmt.Errorf("dl: %s: Shape is %v, want every axis at least 1, or one of them -1", r.where, r.Shape)
		}
	}
	if open >= 0 {
		out[open] = max(in.Size()/out.Size(), 1)
	}
	if len(out) == 0 || out.Size() != in.Size() {
		return nil, &ShapeError{Where: r.where, Got: "Shape is " + orDefault(r.Shape.String(), "empty"), Want: fmt.Sprintf("axes whose product is %d, the elements of the input %v", in.Size(), in)}
	}
	r.out = out
	return r.out, nil
}

// reshape passes numbers on unchanged.
type reshape struct{ node }

// Forward computes y = x, with other axes.
func (r *reshape) Forward(x *Tensor, train bool) *Tensor {
	r.y.Data = x.Data
	return r.output(x)
}

// Backward computes ∂L/∂x = ∂L/∂y, with other axes.
func (r *reshape) Backward(dy *Tensor) *Tensor {
	r.dx.Data = dy.Data
	return r.inputGrad(dy)
}

func (s *Slice) Build(in Shape, params *Params) (Shape, error) {
	if err := s.place(in, params); err != nil {
		return nil, err
	}
	to := orDefault(s.To, in.last())
	if s.From < 0 || to > in.last() || s.From >= to {
		return nil, &ShapeError{Where: s.where, Got: fmt.Sprintf("columns %d to %d of an input %v", s.From, to, in), Want: fmt.Sprintf("0 ≤ From < To ≤ %d", in.last())}
	}
	s.out = append(append(Shape(nil), in[:len(in)-1]...), to-s.From)
	return s.out, nil
}

// Forward computes y[…,c] = x[…,From+c].
func (s *Slice) Forward(x *Tensor, train bool) *Tensor {
	y := s.output(x)
	for i := range y.Rows() {
		copy(y.Row(i), x.Row(i)[s.From:])
	}
	return y
}

// Backward computes ∂L/∂x[…,From+c] = ∂L/∂y[…,c], and 0 elsewhere.
func (s *Slice) Backward(dy *Tensor) *Tensor {
	dx, c := s.inputGrad(dy), s.out.last()
	clear(dx.Data)
	for i := range dx.Rows() {
		copy(dx.Row(i)[s.From:], dy.Data[i*c:(i+1)*c])
	}
	return dx
}
