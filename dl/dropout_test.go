package dl

var dropoutCases = []layerCase{
	{"Dropout", Shape{20}, one(func() Layer { return &Dropout{Rate: 0.4} })},
	{"Dropout of nothing", Shape{3, 2}, one(func() Layer { return &Dropout{} })},
	{"two Dropouts", Shape{8}, func() []Layer {
		return []Layer{&Dropout{Rate: 0.2}, &Dense{Units: 6}, &Dropout{Rate: 0.5}}
	}},
}
