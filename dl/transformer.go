package dl

// TransformerBlock lets the steps of a sequence look at each other, then works
// on each by itself (Vaswani et al. 2017, section 3.1), in the order that GPT-2
// uses, with the normalisation first in each residual (Xiong et al. 2020,
// figure 1b). Input and output T×D.
type TransformerBlock struct {
	Heads   int     // of the attention; default 1
	Hidden  int     // units between the two Dense layers; default 4·D
	Causal  bool    // step t sees no step after it
	Dropout float64 // rate, at the end of each residual; default 0

	container
}

func (b *TransformerBlock) Build(in Shape, params *Params) (Shape, error) {
	if err := firstError(b.place(in, params), b.sequence(in)); err != nil {
		return nil, err
	}
	D := in[1]
	attention := &MultiHeadAttention{Heads: b.Heads, Causal: b.Causal}
	hidden := &Dense{Units: orDefault(b.Hidden, 4*D)}
	b.body.Layers = []Layer{
		&Residual{Layers: []Layer{&LayerNorm{}, attention, &Dropout{Rate: b.Dropout}}},
		&Residual{Layers: []Layer{&LayerNorm{}, hidden, &GELU{}, &Dense{Units: D}, &Dropout{Rate: b.Dropout}}},
	}
	var err error
	b.out, err = b.body.Build(in, params)
	return b.out, err
}

// Forward computes
//
//	h = x + Dropout(Attention(LayerNorm(x)))
//	y = h + Dropout(GELU(LayerNorm(h)·W₁ + b₁)·W₂ + b₂)
func (b *TransformerBlock) Forward(x *Tensor, train bool) *Tensor {
	b.output(x)
	return b.body.Forward(x, train)
}

// Backward goes back through the two residuals.
func (b *TransformerBlock) Backward(dy *Tensor) *Tensor { return b.body.Backward(dy) }
