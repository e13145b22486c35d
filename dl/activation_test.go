package dl

var activationCases = []layerCase{
	{"ReLU", Shape{7}, one(func() Layer { return &ReLU{} })},
	{"LeakyReLU", Shape{3, 4}, one(func() Layer { return &LeakyReLU{} })},
	{"LeakyReLU 0.01", Shape{7}, one(func() Layer { return &LeakyReLU{Slope: 0.01} })},
	{"ELU", Shape{7}, one(func() Layer { return &ELU{} })},
	{"ELU α = 0.5", Shape{2, 2, 3}, one(func() Layer { return &ELU{Alpha: 0.5} })},
	{"GELU", Shape{7}, one(func() Layer { return &GELU{} })},
	{"GELU with tanh", Shape{7}, one(func() Layer { return &GELU{Tanh: true} })},
	{"SiLU", Shape{7}, one(func() Layer { return &SiLU{} })},
	{"Sigmoid", Shape{7}, one(func() Layer { return &Sigmoid{} })},
	{"Tanh", Shape{7}, one(func() Layer { return &Tanh{} })},
	{"Softplus", Shape{7}, one(func() Layer { return &Softplus{} })},
	{"Softmax", Shape{5}, one(func() Layer { return &Softmax{} })},
	{"Softmax of sequences", Shape{3, 4}, one(func() Layer { return &Softmax{} })},
	{"a deep stack", Shape{5}, func() []Layer {
		return []Layer{&Dense{Units: 6}, &GELU{}, &Dense{Units: 5}, &SiLU{}, &Dense{Units: 4}, &ELU{}, &Dense{Units: 3}, &Softplus{}}
	}},
}
