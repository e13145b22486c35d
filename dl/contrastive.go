package dl

import (
	"fmt"
	"math"

	"descent/dl/blas"
)

// InfoNCE is the symmetric contrastive loss (van den Oord et al. 2018, equation
// 4; both ways as in Radford et al. 2021, figure 3). Row i of ŷ holds the two
// embeddings of a pair side by side, a_i and b_i of D elements each (from a
// Concat of two branches that each begin with a Slice); y is ignored. With
// u = a/‖a‖ and v = b/‖b‖, each u_i has to pick its own v_i from all of the batch,
// and each v_i its own u_i:
//
//	S = U·Vᵀ/τ  (B×B)
//	L = ½ CrossEntropy(S, i) + ½ CrossEntropy(Sᵀ, i), whose gradients are G and H
//	∂L/∂S = ½ (G + Hᵀ),  ∂L/∂U = ∂L/∂S·V/τ,  ∂L/∂V = (∂L/∂S)ᵀ·U/τ
//	∂L/∂a = (∂L/∂u − u (u·∂L/∂u)) / ‖a‖,  the same for b
//
// It is ln B where nothing tells the pairs apart. The value depends on B, so
// compare like with like (Evaluate takes 256 rows at a time). Use it by its
// pointer, as it keeps its buffers.
type InfoNCE struct {
	Temperature float64 // τ; 0 means 0.07

	u, du      Tensor    // B×2D: U and V side by side, and their gradients
	norm       []float64 // ‖a‖, ‖b‖ of each row
	s, ds      Tensor    // B×B: S and G, then ∂L/∂S/τ
	st, dst    Tensor    // B×B: Sᵀ and H
	pair       Tensor    // the class of row i is i
	rows, cols int
}

func (l *InfoNCE) Eval(yhat, _, grad *Tensor) float64 {
	l.normalise(yhat)
	B, D, u := l.rows, l.cols/2, l.u.Data
	square := Shape{B}
	s, st := l.s.fit(B, square), l.st.fit(B, square)
	blas.Gemm(false, true, B, B, D, 1, u, 2*D, u[D:], 2*D, 0, s.Data, B)
	blas.Scale(1/orDefault(l.Temperature, 0.07), s.Data)
	for i := range B {
		for j := range B {
			st.Data[j*B+i] = s.Data[i*B+j]
		}
	}
	if grad == nil {
		return (CrossEntropy{}.Eval(s, &l.pair, nil) + CrossEntropy{}.Eval(st, &l.pair, nil)) / 2
	}
	ds, dst := l.ds.fit(B, square), l.dst.fit(B, square)
	loss := (CrossEntropy{}.Eval(s, &l.pair, ds) + CrossEntropy{}.Eval(st, &l.pair, dst)) / 2
	l.backward(grad)
	return loss
}

// normalise sets the rows of u to a/‖a‖ and b/‖b‖; a row of zeros stays as it is.
func (l *InfoNCE) normalise(yhat *Tensor) {
	l.rows, l.cols = yhat.Rows(), yhat.Cols()
	if l.cols%2 != 0 {
		panic(l.shapeError(yhat.Shape[1:]))
	}
	D := l.cols / 2
	l.u.fit(l.rows, yhat.Shape[1:])
	l.pair.fit(l.rows, Shape{1})
	for i := range l.pair.Data {
		l.pair.Data[i] = float64(i)
	}
	copy(l.u.Data, yhat.Data)
	l.norm = l.norm[:0]
	for lo := 0; lo < len(l.u.Data); lo += D {
		a := l.u.Data[lo : lo+D]
		norm := max(math.Sqrt(blas.Dot(a, a)), 1e-12)
		blas.Scale(1/norm, a)
		l.norm = append(l.norm, norm)
	}
}

// backward sets grad from G and H.
func (l *InfoNCE) backward(grad *Tensor) {
	B, D, u, ds := l.rows, l.cols/2, l.u.Data, l.ds.Data
	for i := range B {
		for j := range B {
			ds[i*B+j] += l.dst.Data[j*B+i]
		}
	}
	blas.Scale(0.5/orDefault(l.Temperature, 0.07), ds)
	du := l.du.fit(l.rows, grad.Shape[1:]).Data
	blas.Gemm(false, false, B, D, B, 1, ds, B, u[D:], 2*D, 0, du, 2*D)
	blas.Gemm(true, false, B, D, B, 1, ds, B, u, 2*D, 0, du[D:], 2*D)
	for k, norm := range l.norm {
		u, du := u[k*D:(k+1)*D], du[k*D:(k+1)*D]
		along := blas.Dot(u, du)
		for i, v := range du {
			grad.Data[k*D+i] = math.FMA(-along, u[i], v) / norm
		}
	}
}

func (l *InfoNCE) shapeError(out Shape) error {
	return &ShapeError{Where: "InfoNCE", Got: fmt.Sprintf("the model's output is %v", out), Want: "2·D columns, the two embeddings of a pair side by side"}
}

func (l *InfoNCE) CheckTargets(out Shape, y *Tensor) error {
	if len(out) != 1 || out.last()%2 != 0 {
		return l.shapeError(out)
	}
	if l.Temperature < 0 {
		return fmt.Errorf("dl: InfoNCE: Temperature is %v, want more than 0, or 0 for 0.07", l.Temperature)
	}
	return nil
}
