package datasets_test

import (
	"fmt"
	"log"

	"gonum.org/v1/gonum/mat"

	"descent/dl/datasets"
)

func Example() {
	iris := datasets.Iris()
	fmt.Println(iris)
	train, test, err := iris.SplitStratified(0.2, 1)
	if err != nil {
		log.Fatal(err)
	}
	scale, err := datasets.FitStandard(train.X)
	if err != nil {
		log.Fatal(err)
	}
	Xtest, err := scale.Apply(test.X)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("train", train.ClassCounts(), "test", test.ClassCounts())
	fmt.Printf("%s: mean %.2f, first of the test set %.1f, scaled %.2f\n",
		iris.Features[0], scale.Shift[0], test.X.At(0, 0), Xtest.At(0, 0))
	// Output:
	// iris: 150 samples × 4 features, 3 classes: setosa (50), versicolor (50), virginica (50)
	// train [40 40 40] test [10 10 10]
	// sepal length (cm): mean 5.83, first of the test set 6.4, scaled 0.72
}

func ExampleLine() {
	line := datasets.Line(4, 1, 1)
	fmt.Println(mat.Formatted(line.X))
	fmt.Printf("%.2f\n", mat.Formatted(line.Y))
	// Output:
	// ⎡1  2⎤
	// ⎢2  3⎥
	// ⎢3  4⎥
	// ⎣4  5⎦
	// ⎡ 4.74⎤
	// ⎢ 8.41⎥
	// ⎢10.97⎥
	// ⎣14.65⎦
}

func ExampleMoons() {
	moons := datasets.Moons(200, 0.2, 1)
	fmt.Println(moons)
	fmt.Printf("%.2f is of %s\n", moons.X.RawRowView(0), moons.Classes[int(moons.Y.At(0, 0))])
	// Output:
	// moons: 200 samples × 2 features, 2 classes: class 0 (100), class 1 (100)
	// [0.74 1.15] is of class 0
}

func ExampleSpokenDigits() {
	speech := datasets.SpokenDigits()
	train, test, err := speech.SplitGrouped(0.25, 1)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(speech.Voices), "voices at", speech.Rate, "Hz")
	fmt.Println(train.Len(), "clips to train on,", test.Len(), "by other voices to test on")
	fmt.Printf("the first clip says %s, by %s\n", speech.Classes[int(speech.Y.At(0, 0))], speech.Voices[speech.Groups[0]])
	// Output:
	// 20 voices at 8000 Hz
	// 900 clips to train on, 300 by other voices to test on
	// the first clip says 0, by en-us+m1
}

func ExampleMNISTFirst() {
	train, test, err := datasets.MNISTFirst(1000, 200)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(train.Len(), test.Len(), train.ClassCounts())
	// Output:
	// 1000 200 [97 116 99 93 105 92 94 117 87 100]
}

func ExampleFirstNames() {
	female, male := datasets.FirstNames()
	fmt.Println(len(female), female[0])
	fmt.Println(len(male), male[0])
	// Output:
	// 4275 {mary 2.629}
	// 1219 {james 3.318}
}

func ExampleSplit() {
	train, test, err := datasets.Split(8, 0.25, 1)
	fmt.Println(train, test, err)
	_, _, err = datasets.Split(8, 25, 1)
	fmt.Println(err)
	// Output:
	// [5 7 3 6 4 0] [2 1] <nil>
	// datasets: Split: fraction is 25, want a share between 0 and 1 (0.25 puts a quarter of the rows in the test set)
}

func ExampleKFoldStratified() {
	wine := datasets.Wine()
	folds, err := datasets.KFoldStratified(wine.Y, 3, 1)
	if err != nil {
		log.Fatal(err)
	}
	for _, fold := range folds {
		train, test := wine.Rows(fold.Train), wine.Rows(fold.Test)
		fmt.Println(train.ClassCounts(), test.ClassCounts())
	}
	// Output:
	// [39 47 32] [20 24 16]
	// [39 48 32] [20 23 16]
	// [40 47 32] [19 24 16]
}

func ExampleScaler() {
	X := mat.NewDense(3, 2, []float64{1, 200, 2, 400, 3, 900})
	scale, err := datasets.FitMinMax(X)
	if err != nil {
		log.Fatal(err)
	}
	scaled, err := scale.Apply(X)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%.2f\n", mat.Formatted(scaled))
	// Output:
	// ⎡0.00  0.00⎤
	// ⎢0.50  0.29⎥
	// ⎣1.00  1.00⎦
}

func ExampleOneHot() {
	hot, err := datasets.OneHot(mat.NewDense(3, 1, []float64{2, 0, 1}), 3)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(mat.Formatted(hot))
	// Output:
	// ⎡0  0  1⎤
	// ⎢1  0  0⎥
	// ⎣0  1  0⎦
}

func ExampleBatches() {
	X, Y := mat.NewDense(5, 1, []float64{1, 2, 3, 4, 5}), mat.NewDense(5, 1, []float64{10, 20, 30, 40, 50})
	for epoch := range 2 {
		batches, err := datasets.Batches(X, Y, 2, uint64(epoch))
		if err != nil {
			log.Fatal(err)
		}
		for x, y := range batches {
			fmt.Println("epoch", epoch, "x", x.RawMatrix().Data, "y", y.RawMatrix().Data)
		}
	}
	// Output:
	// epoch 0 x [2 5] y [20 50]
	// epoch 0 x [1 4] y [10 40]
	// epoch 0 x [3] y [30]
	// epoch 1 x [4 1] y [40 10]
	// epoch 1 x [5 2] y [50 20]
	// epoch 1 x [3] y [30]
}

func ExampleAugment() {
	dot := mat.NewDense(1, 9, []float64{
		0, 0, 0,
		0, 1, 0,
		0, 0, 0})
	changed, err := datasets.Augment{H: 3, W: 3, Shift: 1, Seed: 1}.Apply(dot)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%.2f\n", mat.Formatted(mat.NewDense(3, 3, changed.RawRowView(0))))
	// Output:
	// ⎡0.00  0.00  0.00⎤
	// ⎢0.03  0.15  0.00⎥
	// ⎣0.15  0.66  0.00⎦
}

func ExampleVocabulary() {
	vocabulary := datasets.NewVocabulary(".", "anna", "hanna")
	numbers, err := vocabulary.Encode("hanna.")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(numbers, vocabulary.Decode(numbers))
	windows, err := vocabulary.WordWindows([]string{"anna", "hanna"}, 3)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(windows.X.RawRowView(2), "→", windows.Y.At(2, 0))
	// Output:
	// [2 1 3 3 1 0] hanna.
	// [0 1 3] → 3
}

func ExampleVocabulary_Sequences() {
	vocabulary := datasets.NewVocabulary("abracadabra")
	X, Y, err := vocabulary.Sequences("abracadabra", 5)
	if err != nil {
		log.Fatal(err)
	}
	for i := range 2 {
		fmt.Println(X.RawRowView(i), "→", Y.RawRowView(i))
	}
	// Output:
	// [0 1 4 0 2] → [1 4 0 2 0]
	// [0 3 0 1 4] → [3 0 1 4 0]
}
