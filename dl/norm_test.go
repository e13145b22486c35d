package dl

var normCases = []layerCase{
	{"LayerNorm", Shape{5}, one(func() Layer { return &LayerNorm{} })},
	{"LayerNorm of sequences", Shape{3, 4}, one(func() Layer { return &LayerNorm{Eps: 1e-5} })},
	{"LayerNorm between Dense", Shape{4}, func() []Layer { return []Layer{&Dense{Units: 6}, &LayerNorm{}, &Dense{Units: 2}} }},
	{"BatchNorm", Shape{4}, one(func() Layer { return &BatchNorm{} })},
	{"BatchNorm of images", Shape{3, 2, 2}, one(func() Layer { return &BatchNorm{Eps: 1e-5, Momentum: 0.9} })},
	{"BatchNorm after Conv2D", Shape{4, 3, 2}, func() []Layer {
		return []Layer{&Conv2D{Filters: 3, Kernel: 2, NoBias: true}, &BatchNorm{}, &Tanh{}}
	}},
}
