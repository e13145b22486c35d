package dl

import (
	"fmt"
	"math"

	"descent/dl/blas"
)

// MultiHeadAttention is self-attention: each step of a sequence becomes a mean
// of values of all steps, weighted by how well its query fits their keys
// (Vaswani et al. 2017, section 3.2). Input and output T×D.
//
// As in Keras, all four products have biases and the query is scaled. W_q, W_k
// and W_v are matrices, with the block of KeyDim columns for head 0 first, and
// are initialised as such; Keras holds them as D×Heads×KeyDim and takes its
// Glorot limit from that shape.
type MultiHeadAttention struct {
	Heads  int  // default 1
	KeyDim int  // d, features of a head's queries, keys and values; default D/Heads
	Causal bool // step t sees no step after it
	Init   Init // of the four matrices; default Glorot{}

	Wq, Wk, Wv *Param // D×Heads·KeyDim, set by Build
	Bq, Bk, Bv *Param // 1×Heads·KeyDim, set by Build, zeros
	Wo         *Param // Heads·KeyDim×D, set by Build
	Bo         *Param // 1×D, set by Build, zeros

	q, k, v, o     Tensor // B×T×Heads·d: the heads side by side
	dq, dk, dv, do Tensor
	weights        Tensor    // A, B×Heads×T×T
	ds             []float64 // T×T, ∂L/∂S of one head
	heads, d       int
	node
}

var _ Layer = (*MultiHeadAttention)(nil)

// Build implements Layer.
func (m *MultiHeadAttention) Build(in Shape, params *Params) (Shape, error) {
	if err := firstError(m.place(in, params), m.sequence(in)); err != nil {
		return nil, err
	}
	T, D := in[0], in[1]
	m.heads = orDefault(m.Heads, 1)
	if err := m.positive("Heads", m.heads); err != nil {
		return nil, err
	}
	if m.KeyDim == 0 && D%m.heads != 0 {
		return nil, fmt.Errorf("dl: %s: input has %d features, which %d heads don't divide; want a multiple, or set KeyDim", m.where, D, m.heads)
	}
	m.d = orDefault(m.KeyDim, D/m.heads)
	if err := m.positive("KeyDim", m.d); err != nil {
		return nil, err
	}
	K, init := m.heads*m.d, orDefault[Init](m.Init, Glorot{})
	m.Wq, m.Bq = params.Add("Wq", init, D, K), params.Add("bq", Constant{}, 1, K)
	m.Wk, m.Bk = params.Add("Wk", init, D, K), params.Add("bk", Constant{}, 1, K)
	m.Wv, m.Bv = params.Add("Wv", init, D, K), params.Add("bv", Constant{}, 1, K)
	m.Wo, m.Bo = params.Add("Wo", init, K, D), params.Add("bo", Constant{}, 1, D)
	m.ds = make([]float64, T*T)
	m.macs = 4*T*D*K + 2*T*T*K
	m.out = m.in
	return m.out, nil
}

// Attention returns the weights A of the last Forward, B×Heads×T×T: row t of a
// head says how much step t takes from each step, and sums to 1. The layer owns
// them.
func (m *MultiHeadAttention) Attention() *Tensor { return &m.weights }

// Forward computes
//
//	Q = (x·W_q + b_q)/√d,  K = x·W_k + b_k,  V = x·W_v + b_v
//
// then for each head, on its columns of Q, K and V,
//
//	S = Q·Kᵀ, with S_ij = −∞ for j > i if causal
//	A = softmax(S) by rows
//	O = A·V
//
// and from the heads side by side y = O·W_o + b_o.
func (m *MultiHeadAttention) Forward(x *Tensor, train bool) *Tensor {
	y, n, T, K := m.output(x), x.Shape[0], m.in[0], m.heads*m.d
	q, k, v, o := m.q.fit(n, Shape{T, K}), m.k.fit(n, Shape{T, K}), m.v.fit(n, Shape{T, K}), m.o.fit(n, Shape{T, K})
	affine(q, x, m.Wq, m.Bq)
	affine(k, x, m.Wk, m.Bk)
	affine(v, x, m.Wv, m.Bv)
	blas.Scale(1/math.Sqrt(float64(m.d)), q.Data)
	A := m.weights.fit(n, Shape{m.heads, T, T})
	m.eachHead(func(i, at int) {
		blas.Gemm(false, true, T, T, m.d, 1, q.Data[at:], K, k.Data[at:], K, 0, A.Data[i*T*T:], T)
	})
	if m.Causal {
		for i := range A.Rows() {
			blas.Fill(A.Row(i)[i%T+1:], math.Inf(-1))
		}
	}
	blas.SoftmaxRows(A.Data, A.Data, A.Rows(), T)
	m.eachHead(func(i, at int) {
		blas.Gemm(false, false, T, m.d, T, 1, A.Data[i*T*T:], T, v.Data[at:], K, 0, o.Data[at:], K)
	})
	affine(y, o, m.Wo, m.Bo)
	return y
}

// eachHead calls f for each head of each sample: i counts them, and at is
// where the head's first element is in Q, K, V and O.
func (m *MultiHeadAttention) eachHead(f func(i, at int)) {
	for b := range m.x.Shape[0] {
		for h := range m.heads {
			f(b*m.heads+h, (b*m.in[0]*m.heads+h)*m.d)
		}
	}
}

// Backward computes ∂L/∂O = ∂L/∂y·W_oᵀ, then for each head, on its columns,
//
//	∂L/∂V = Aᵀ·∂L/∂O
//	∂L/∂A = ∂L/∂O·Vᵀ
//	∂L/∂S = A ⊙ ∂L/∂A − A ⊙ Σ_columns (A ⊙ ∂L/∂A)
//	∂L/∂Q = ∂L/∂S·K/√d  (of the unscaled query)
//	∂L/∂K = ∂L/∂Sᵀ·Q
//
// and ∂L/∂x = ∂L/∂Q·W_qᵀ + ∂L/∂K·W_kᵀ + ∂L/∂V·W_vᵀ. The gradients of the
// matrices and biases are those of four Dense layers.
func (m *MultiHeadAttention) Backward(dy *Tensor) *Tensor {
	dx, n, T, K := m.inputGrad(dy), m.x.Shape[0], m.in[0], m.heads*m.d
	dq, dk, dv, do := m.dq.fit(n, Shape{T, K}), m.dk.fit(n, Shape{T, K}), m.dv.fit(n, Shape{T, K}), m.do.fit(n, Shape{T, K})
	affineGrad(do, dy, &m.o, m.Wo, m.Bo, 0)
	m.eachHead(func(i, at int) {
		A := m.weights.Data[i*T*T : (i+1)*T*T]
		blas.Gemm(true, false, T, m.d, T, 1, A, T, do.Data[at:], K, 0, dv.Data[at:], K)
		blas.Gemm(false, true, T, T, m.d, 1, do.Data[at:], K, m.v.Data[at:], K, 0, m.ds, T)
		blas.Mul(m.ds, m.ds, A)
		for t := 0; t < T*T; t += T {
			blas.Axpy(-blas.Sum(m.ds[t:t+T]), A[t:t+T], m.ds[t:t+T])
		}
		blas.Gemm(false, false, T, m.d, T, 1, m.ds, T, m.k.Data[at:], K, 0, dq.Data[at:], K)
		blas.Gemm(true, false, T, m.d, T, 1, m.ds, T, m.q.Data[at:], K, 0, dk.Data[at:], K)
	})
	blas.Scale(1/math.Sqrt(float64(m.d)), dq.Data)
	if m.skipInput {
		dx = nil
	}
	affineGrad(dx, dq, m.x, m.Wq, m.Bq, 0)
	affineGrad(dx, dk, m.x, m.Wk, m.Bk, 1)
	affineGrad(dx, dv, m.x, m.Wv, m.Bv, 1)
	return dx
}
