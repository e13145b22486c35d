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
	weights, ds    Tensor // A and ∂L/∂S, B×Heads×T×T
	heads, d       int
	node
}

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
	m.macs = 4*T*D*K + 2*T*T*K
	m.out = m.in
	return m.out, nil
}

// Attention returns the weights A of the last Forward, B×Heads×T×T: row t of a
// head says how much step t takes from each step, and sums to 1. The layer owns
// them. Model.Layer finds the attention inside a TransformerBlock.
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
	m.affine(q, x, m.Wq, m.Bq)
	m.affine(k, x, m.Wk, m.Bk)
	m.affine(v, x, m.Wv, m.Bv)
	blas.Scale(1/math.Sqrt(float64(m.d)), q.Data)
	m.weights.fit(n, Shape{m.heads, T, T})
	blas.Parallel((*attention)(m), n)
	m.affine(y, o, m.Wo, m.Bo)
	return y
}

type attention MultiHeadAttention

// Run computes O from Q, K and V for a sample.
func (a *attention) Run(sample int) {
	m, T := (*MultiHeadAttention)(a), a.in[0]
	A := m.square(sample, &m.weights)
	m.columnsByColumns(sample, &m.q, &m.k, A)
	if m.Causal {
		for i := range m.heads * T {
			blas.Fill(A[i*T+i%T+1:(i+1)*T], math.Inf(-1))
		}
	}
	blas.SoftmaxRows(A, A, m.heads*T, T)
	m.squareByColumns(sample, false, A, &m.v, &m.o)
}

// square is a sample's part of A or ∂L/∂S, Heads×T×T.
func (m *MultiHeadAttention) square(sample int, A *Tensor) []float64 {
	size := m.heads * m.in[0] * m.in[0]
	return A.Data[sample*size:][:size]
}

// columnsByColumns sets S = Q·Kᵀ for each head of a sample.
func (m *MultiHeadAttention) columnsByColumns(sample int, Q, K *Tensor, S []float64) {
	T, cols := m.in[0], m.heads*m.d
	at := sample * T * cols
	m.gemmBatch(m.heads, false, true, T, T, m.d, Q.Data[at:], cols, m.d, K.Data[at:], cols, m.d, 0, S, T, T*T)
}

// squareByColumns sets O = A·V, or Aᵀ·V, for each head of a sample.
func (m *MultiHeadAttention) squareByColumns(sample int, trans bool, A []float64, V, O *Tensor) {
	T, cols := m.in[0], m.heads*m.d
	at := sample * T * cols
	m.gemmBatch(m.heads, trans, false, T, m.d, T, A, T, T*T, V.Data[at:], cols, m.d, 0, O.Data[at:], cols, m.d)
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
	m.affineGrad(do, dy, &m.o, m.Wo, m.Bo, 0)
	m.ds.fit(n, Shape{m.heads, T, T})
	blas.Parallel((*attentionGrad)(m), n)
	blas.Scale(1/math.Sqrt(float64(m.d)), dq.Data)
	if m.skipInput {
		dx = nil
	}
	m.affineGrad(dx, dq, m.x, m.Wq, m.Bq, 0)
	m.affineGrad(dx, dk, m.x, m.Wk, m.Bk, 1)
	m.affineGrad(dx, dv, m.x, m.Wv, m.Bv, 1)
	return dx
}

type attentionGrad MultiHeadAttention

// Run computes ∂L/∂Q, ∂L/∂K and ∂L/∂V from ∂L/∂O for a sample.
func (a *attentionGrad) Run(sample int) {
	m := (*MultiHeadAttention)(a)
	A, dS := m.square(sample, &m.weights), m.square(sample, &m.ds)
	m.squareByColumns(sample, true, A, &m.do, &m.dv)
	m.columnsByColumns(sample, &m.do, &m.v, dS)
	softmaxGrad(dS, A, m.in[0])
	m.squareByColumns(sample, false, dS, &m.k, &m.dq)
	m.squareByColumns(sample, true, dS, &m.q, &m.dk)
}

// softmaxGrad turns ∂L/∂A into ∂L/∂S, in place, for A = softmax(S) by rows of T.
func softmaxGrad(dS, A []float64, T int) {
	blas.Mul(dS, dS, A)
	for i := 0; i < len(A); i += T {
		blas.Axpy(-blas.Sum(dS[i:i+T]), A[i:i+T], dS[i:i+T])
	}
}
