package main

import (
	"math"

	"descent/dl"
	"descent/dl/datasets"

	"gonum.org/v1/gonum/mat"
)

const longest = 12 // letters of a name, with its end

// names returns the bits a character that a model of letters needs for names held
// out, and what trigram counts need.
func names(middle ...dl.Layer) (got, want float64, err error) {
	female, male := datasets.FirstNames()
	words := map[string]bool{}
	var list []string
	for _, n := range append(female, male...) {
		if len(n.Name) < longest && !words[n.Name] {
			words[n.Name] = true
			list = append(list, n.Name)
		}
	}
	trainRows, testRows, err := datasets.Split(len(list), 0.1, 1)
	if err != nil {
		return 0, 0, err
	}
	X, Y := sequences(list, trainRows)
	layers := append([]dl.Layer{&dl.Embedding{Vocab: 27, Units: 48}}, middle...)
	m, err := dl.Sequential(dl.Shape{longest}, append(layers, &dl.Dropout{Rate: 0.2}, &dl.Dense{Units: 27})...)
	if err != nil {
		return 0, 0, err
	}
	opt := dl.NewAdam(0.003)
	m.Compile(opt, dl.CrossEntropy{})
	if _, err := m.Fit(X, Y, dl.FitConfig{Epochs: 20, Callbacks: []dl.Callback{dl.Schedule(&opt.LR, dl.CosineDecay{Start: 0.003, Steps: 20 * (len(trainRows)/32 + 1)})}}); err != nil {
		return 0, 0, err
	}
	Xtest, _ := sequences(list, testRows)
	logits, err := m.Predict(Xtest)
	if err != nil {
		return 0, 0, err
	}
	bits, count := 0.0, 0
	for i, row := range testRows {
		for t, letter := range letters(list[row]) {
			bits -= logSoftmax(logits.RawRowView(i)[27*t:27*t+27], letter) / math.Ln2
			count++
		}
	}
	return bits / float64(count), trigram(list, trainRows, testRows), nil
}

// letters are the numbers of a name's characters, 1 to 26, and of its end, 0.
func letters(name string) []int {
	numbers := make([]int, len(name)+1)
	for i := range name {
		numbers[i] = int(name[i]-'a') + 1
	}
	return numbers
}

// sequences returns the characters of names as inputs, and each next one as
// target. Behind its end a name goes on with ends, which are easy to predict and
// not counted in the score.
func sequences(list []string, rows []int) (X, Y *mat.Dense) {
	X, Y = mat.NewDense(len(rows), longest, nil), mat.NewDense(len(rows), longest, nil)
	for i, row := range rows {
		for t, letter := range letters(list[row]) {
			Y.Set(i, t, float64(letter))
			if t+1 < longest {
				X.Set(i, t+1, float64(letter))
			}
		}
	}
	return X, Y
}

// trigram returns the bits a character of a mixture of trigram, bigram and unigram
// counts, the best of some mixtures on the test names themselves.
func trigram(list []string, trainRows, testRows []int) float64 {
	var three [27][27][27]float64
	var two [27][27]float64
	var one [27]float64
	total := 0.0
	for _, row := range trainRows {
		a, b := 0, 0
		for _, c := range letters(list[row]) {
			three[a][b][c]++
			two[b][c]++
			one[c]++
			total++
			a, b = b, c
		}
	}
	best := math.Inf(1)
	for _, k := range []float64{0.5, 1, 2, 4, 8, 16} { // how many counts the shorter context is worth
		bits, count := 0.0, 0.0
		for _, row := range testRows {
			a, b := 0, 0
			for _, c := range letters(list[row]) {
				p := (one[c] + 1) / (total + 27)
				p = (two[b][c] + k*p) / (sum(two[b][:]) + k)
				p = (three[a][b][c] + k*p) / (sum(three[a][b][:]) + k)
				bits -= math.Log2(p)
				count++
				a, b = b, c
			}
		}
		best = min(best, bits/count)
	}
	return best
}

func sum(x []float64) float64 {
	s := 0.0
	for _, v := range x {
		s += v
	}
	return s
}

func logSoftmax(z []float64, k int) float64 {
	top, s := math.Inf(-1), 0.0
	for _, v := range z {
		top = max(top, v)
	}
	for _, v := range z {
		s += math.Exp(v - top)
	}
	return z[k] - top - math.Log(s)
}
