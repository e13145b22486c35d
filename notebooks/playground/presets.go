package playground

// A Preset is a setting that shows something.
type Preset struct {
	Name     string
	Line     string // what differs from the defaults
	Look     string // what to look at, and what to try
	Notebook string // the notebook and section that explain it, "04, section 3"
}

var regressionPresets = []Preset{
	{"The article's program", "", "Adam at 0.001 for 1,000 epochs has not arrived: the loss is still falling, and each weight has travelled less than 1. Raise the rate to 0.1.", "04, section 3"},
	{"Rate just stable", "optimizer=SGD rate=0.033 epochs=500", "", ""},
	{"Rate too high", "optimizer=SGD rate=0.034 epochs=500", "", ""},
}

var classifierPresets = []Preset{
	{"Two moons", "", "", ""},
	{"XOR", "data=XOR layers=0", "", ""},
}
