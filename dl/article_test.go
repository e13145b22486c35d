package dl

import (
	"fmt"
	"testing"

	"gonum.org/v1/gonum/mat"
)

func TestArticleModelLearns(t *testing.T) {
	X := mat.NewDense(4, 2, []float64{1, 2, 2, 3, 3, 4, 4, 5})
	y := mat.NewDense(4, 1, []float64{5, 8, 11, 14})
	m, err := Sequential(Shape{2}, &Dense{Units: 1})
	if err != nil {
		t.Fatal(err)
	}
	m.Compile(NewAdam(0.1), MSE{}, MeanAbsoluteError)
	h, err := m.Fit(X, y, FitConfig{Epochs: 1000})
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println(m, h.Loss[0], h.Loss[999])
	fmt.Println(m.Evaluate(X, y))
}

func BenchmarkArticleFit(b *testing.B) {
	X := mat.NewDense(4, 2, []float64{1, 2, 2, 3, 3, 4, 4, 5})
	y := mat.NewDense(4, 1, []float64{5, 8, 11, 14})
	m, _ := Sequential(Shape{2}, &Dense{Units: 1})
	m.Compile(NewAdam(0.001), MSE{})
	for b.Loop() {
		m.Fit(X, y, FitConfig{Epochs: 1000})
	}
}
