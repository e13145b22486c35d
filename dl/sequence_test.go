package dl

import (
	"testing"
)

var sequenceCases = []layerCase{
	{"Residual", Shape{3}, func() []Layer { return []Layer{&Residual{Layers: []Layer{&Dense{Units: 2}, &Dense{Units: 3}}}} }},
	{"Residual in Residual", Shape{2, 3}, func() []Layer {
		return []Layer{&Residual{Layers: []Layer{&Dense{Units: 3}, &Residual{Layers: []Layer{&Dense{Units: 3}}}}}, &Dense{Units: 2}}
	}},
	{"Concat", Shape{3}, func() []Layer { return []Layer{&Concat{Branches: []Layer{&Dense{Units: 2}, &Dense{Units: 1}}}} }},
	{"Concat of chains on a sequence", Shape{2, 3}, func() []Layer {
		return []Layer{&Dense{Units: 3}, &Concat{Branches: []Layer{
			&Chain{Layers: []Layer{&Dense{Units: 2}, &Dense{Units: 4}}}, &Residual{Layers: []Layer{&Dense{Units: 3}}}}}, &Dense{Units: 2}}
	}},
	{"Embedding", Shape{1}, func() []Layer { return []Layer{&Embedding{Vocab: 5, Units: 3}} }},
	{"Embedding of sequences", Shape{4}, func() []Layer { return []Layer{&Embedding{Vocab: 3, Units: 2}, &Dense{Units: 2}} }},
	{"PositionalEmbedding", Shape{4, 3}, func() []Layer { return []Layer{&PositionalEmbedding{}} }},
	{"PositionalEmbedding of shorter sequences", Shape{1, 3}, func() []Layer { return []Layer{&PositionalEmbedding{Length: 5}, &Dense{Units: 2}} }},
	{"PositionalEncoding", Shape{4, 3}, func() []Layer { return []Layer{&PositionalEncoding{}, &Dense{Units: 2}} }},
	{"SimpleRNN", Shape{5, 3}, func() []Layer { return []Layer{&SimpleRNN{Units: 4}} }},
	{"SimpleRNN, all states", Shape{4, 2}, func() []Layer { return []Layer{&SimpleRNN{Units: 3, Sequence: true}} }},
	{"SimpleRNN of one step", Shape{1, 3}, func() []Layer { return []Layer{&SimpleRNN{Units: 2}} }},
	{"GRU", Shape{5, 3}, func() []Layer { return []Layer{&GRU{Units: 4}} }},
	{"GRU, all states", Shape{4, 2}, func() []Layer { return []Layer{&GRU{Units: 3, Sequence: true}} }},
	{"GRU of one step", Shape{1, 3}, func() []Layer { return []Layer{&GRU{Units: 2}} }},
	{"LSTM", Shape{5, 3}, func() []Layer { return []Layer{&LSTM{Units: 4}} }},
	{"LSTM, all states", Shape{4, 2}, func() []Layer { return []Layer{&LSTM{Units: 3, Sequence: true}} }},
	{"LSTM of one step", Shape{1, 3}, func() []Layer { return []Layer{&LSTM{Units: 2, Sequence: true}} }},
	{"stacked recurrent layers", Shape{4}, func() []Layer {
		return []Layer{&Embedding{Vocab: 5, Units: 3}, &LSTM{Units: 3, Sequence: true}, &GRU{Units: 4, Sequence: true}, &SimpleRNN{Units: 3}, &Dense{Units: 2}}
	}},
	{"MultiHeadAttention", Shape{3, 4}, func() []Layer { return []Layer{&MultiHeadAttention{}} }},
	{"MultiHeadAttention, two heads, causal", Shape{4, 6}, func() []Layer { return []Layer{&MultiHeadAttention{Heads: 2, Causal: true}} }},
	{"MultiHeadAttention with KeyDim", Shape{5, 3}, func() []Layer { return []Layer{&Dense{Units: 3}, &MultiHeadAttention{Heads: 2, KeyDim: 3}} }},
	{"MultiHeadAttention of one step", Shape{1, 4}, func() []Layer { return []Layer{&MultiHeadAttention{Heads: 4, Causal: true}} }},
}

var _ = testing.Short
