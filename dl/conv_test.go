package dl

import "testing"

var convCases = []layerCase{
	{"Conv2D", Shape{4, 5, 2}, one(func() Layer { return &Conv2D{Filters: 3, Kernel: 3} })},
	{"Conv2D same", Shape{4, 5, 2}, one(func() Layer { return &Conv2D{Filters: 3, Kernel: 3, Padding: Same} })},
	{"Conv2D same, even kernel", Shape{5, 3, 2}, one(func() Layer { return &Conv2D{Filters: 2, Kernel: 2, Padding: Same} })},
	{"Conv2D stride 2", Shape{6, 7, 2}, one(func() Layer { return &Conv2D{Filters: 2, Kernel: 3, Stride: 2} })},
	{"Conv2D same, stride 2", Shape{6, 5, 1}, one(func() Layer { return &Conv2D{Filters: 2, Kernel: 3, Stride: 2, Padding: Same} })},
	{"Conv2D stride above kernel", Shape{7, 8, 2}, one(func() Layer { return &Conv2D{Filters: 2, Kernel: 2, Stride: 3} })},
	{"Conv2D same, kernel above input", Shape{2, 3, 1}, one(func() Layer { return &Conv2D{Filters: 2, Kernel: 5, Padding: Same} })},
	{"Conv2D 1×1 without bias", Shape{2, 3, 3}, one(func() Layer { return &Conv2D{Filters: 2, Kernel: 1, NoBias: true} })},
	{"two Conv2D", Shape{6, 5, 1}, func() []Layer {
		return []Layer{&Conv2D{Filters: 3, Kernel: 3, Padding: Same}, &Conv2D{Filters: 2, Kernel: 2, Stride: 2}}
	}},
	{"Conv1D", Shape{7, 3}, one(func() Layer { return &Conv1D{Filters: 2, Kernel: 3} })},
	{"Conv1D same, stride 2", Shape{8, 2}, one(func() Layer { return &Conv1D{Filters: 3, Kernel: 4, Stride: 2, Padding: Same} })},
	{"Conv1D without bias", Shape{5, 1}, one(func() Layer { return &Conv1D{Filters: 2, Kernel: 2, NoBias: true} })},
	{"ConvTranspose2D", Shape{2, 3, 2}, one(func() Layer { return &ConvTranspose2D{Filters: 3, Kernel: 3} })},
	{"ConvTranspose2D same", Shape{3, 2, 2}, one(func() Layer { return &ConvTranspose2D{Filters: 2, Kernel: 3, Padding: Same} })},
	{"ConvTranspose2D stride 2", Shape{3, 2, 1}, one(func() Layer { return &ConvTranspose2D{Filters: 2, Kernel: 3, Stride: 2} })},
	{"ConvTranspose2D same, stride 2", Shape{2, 3, 2}, one(func() Layer { return &ConvTranspose2D{Filters: 2, Kernel: 4, Stride: 2, Padding: Same} })},
	{"ConvTranspose2D stride above kernel", Shape{2, 3, 2}, one(func() Layer { return &ConvTranspose2D{Filters: 1, Kernel: 2, Stride: 3, NoBias: true} })},
}

// one is a list of one layer.
func one(layer func() Layer) func() []Layer { return func() []Layer { return []Layer{layer()} } }

var poolCases = []layerCase{
	{"MaxPool2D", Shape{4, 6, 2}, one(func() Layer { return &MaxPool2D{} })},
	{"MaxPool2D with rows left over", Shape{5, 7, 1}, one(func() Layer { return &MaxPool2D{} })},
	{"MaxPool2D same", Shape{5, 3, 2}, one(func() Layer { return &MaxPool2D{Padding: Same} })},
	{"MaxPool2D overlapping", Shape{5, 6, 2}, one(func() Layer { return &MaxPool2D{Pool: 3, Stride: 2, Padding: Same} })},
	{"AvgPool2D", Shape{4, 6, 2}, one(func() Layer { return &AvgPool2D{} })},
	{"AvgPool2D same", Shape{5, 3, 2}, one(func() Layer { return &AvgPool2D{Padding: Same} })},
	{"AvgPool2D overlapping", Shape{5, 6, 2}, one(func() Layer { return &AvgPool2D{Pool: 3, Stride: 1} })},
	{"GlobalAvgPool of images", Shape{3, 4, 2}, one(func() Layer { return &GlobalAvgPool{} })},
	{"GlobalAvgPool of sequences", Shape{5, 3}, one(func() Layer { return &GlobalAvgPool{} })},
}

func BenchmarkConvnet(b *testing.B) {
	m, err := Sequential(Shape{28, 28, 1},
		&Conv2D{Filters: 32, Kernel: 3}, &ReLU{}, &MaxPool2D{},
		&Conv2D{Filters: 64, Kernel: 3}, &ReLU{}, &MaxPool2D{},
		&Flatten{}, &Dense{Units: 128}, &ReLU{}, &Dense{Units: 10})
	if err != nil {
		b.Fatal(err)
	}
	m.Compile(NewAdam(0.001), MSE{})
	const batch = 64
	x, y := normalTensor(1, batch, 28, 28, 1), normalTensor(2, batch, 10)
	m.Step(x, y)
	b.ReportAllocs()
	for b.Loop() {
		m.Step(x, y)
	}
	b.ReportMetric(batch*float64(b.N)/b.Elapsed().Seconds(), "images/s")
}
