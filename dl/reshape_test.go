package dl

var reshapeCases = []layerCase{
	{"Flatten", Shape{2, 3, 2}, one(func() Layer { return &Flatten{} })},
	{"Flatten before Dense", Shape{2, 3}, func() []Layer { return []Layer{&Flatten{}, &Dense{Units: 2}} }},
	{"Reshape", Shape{6}, one(func() Layer { return &Reshape{Shape: Shape{3, 2}} })},
	{"Reshape with -1", Shape{2, 6}, one(func() Layer { return &Reshape{Shape: Shape{3, -1}} })},
	{"Slice", Shape{5}, one(func() Layer { return &Slice{From: 1, To: 4} })},
	{"Slice to the end", Shape{3, 4}, one(func() Layer { return &Slice{From: 2} })},
}
