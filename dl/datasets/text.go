package datasets

import (
	"fmt"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// A Vocabulary numbers the characters of a text: a model of language reads and
// predicts these numbers.
type Vocabulary struct {
	Symbols []rune // in rising order; the number of a symbol is its place
}

// NewVocabulary returns the distinct characters of the texts, sorted. Give it
// a mark for the ends of words as well, if you need one: "." sorts before
// the letters and so becomes number 0.
func NewVocabulary(texts ...string) *Vocabulary {
	seen := map[rune]bool{}
	v := &Vocabulary{}
	for _, text := range texts {
		for _, symbol := range text {
			if !seen[symbol] {
				seen[symbol] = true
				v.Symbols = append(v.Symbols, symbol)
			}
		}
	}
	slices.Sort(v.Symbols)
	return v
}

// Len returns the number of symbols.
func (v *Vocabulary) Len() int { return len(v.Symbols) }

// Encode returns the numbers of the text's characters.
func (v *Vocabulary) Encode(text string) ([]int, error) {
	numbers := make([]int, 0, len(text))
	for at, symbol := range text {
		number, found := slices.BinarySearch(v.Symbols, symbol)
		if !found {
			return nil, fmt.Errorf("datasets: Vocabulary.Encode: %q at byte %d is not among the %d symbols %q; build the vocabulary from all texts",
				symbol, at, len(v.Symbols), string(v.Symbols))
		}
		numbers = append(numbers, number)
	}
	return numbers, nil
}

// Decode returns the text of the numbers, with � for what is no symbol's number.
func (v *Vocabulary) Decode(numbers []int) string {
	text := make([]rune, len(numbers))
	for i, number := range numbers {
		text[i] = '\uFFFD'
		if number >= 0 && number < len(v.Symbols) {
			text[i] = v.Symbols[number]
		}
	}
	return string(text)
}

// Windows returns a table with a row for each place of the text that has
// context characters before it: X has their numbers, Y the number of the
// character that follows.
func (v *Vocabulary) Windows(text string, context int) (*Table, error) {
	numbers, err := v.Encode(text)
	if err != nil {
		return nil, err
	}
	if context < 1 || context >= len(numbers) {
		return nil, fmt.Errorf("datasets: Vocabulary.Windows: context is %d, want 1 or more and fewer than the text's %d characters", context, len(numbers))
	}
	starts := make([]int, len(numbers)-context)
	for i := range starts {
		starts[i] = i
	}
	return v.table(numbers, starts, context), nil
}

// WordWindows returns a table with a row for each character of each word and
// one for the word's end: X has the numbers of the context characters before
// it, where symbol 0 stands for what lies before the word, and Y the number of the
// character, or 0 for the end. Groups has the number of the word, so that
// SplitGrouped keeps words whole. Symbol 0 must not occur in a word.
//
// With context 3 and "." as symbol 0, "ada" gives ... → a, ..a → d, .ad → a
// and ada → . (the end).
func (v *Vocabulary) WordWindows(words []string, context int) (*Table, error) {
	if context < 1 || len(words) == 0 {
		return nil, fmt.Errorf("datasets: Vocabulary.WordWindows: %d words with context %d, want at least 1 of each", len(words), context)
	}
	var stream, starts, groups []int // starts: where in the stream a row begins
	for w, word := range words {
		numbers, err := v.Encode(word)
		if err != nil {
			return nil, err
		}
		if slices.Contains(numbers, 0) {
			return nil, fmt.Errorf("datasets: Vocabulary.WordWindows: word %d, %q, contains %q, which marks the ends of words", w, word, v.Symbols[0])
		}
		for i := range len(numbers) + 1 {
			starts = append(starts, len(stream)+i)
			groups = append(groups, w)
		}
		stream = append(append(append(stream, make([]int, context)...), numbers...), 0)
	}
	t := v.table(stream, starts, context)
	t.Groups = groups
	return t, nil
}

// Sequences cuts the text into rows of length characters, one after the other,
// and returns their numbers (N×length) and for each of them the number of the
// character that follows (N×length): Y is X one character later. It is what a
// model that predicts at every step learns from. A last piece that is
// shorter is left out.
func (v *Vocabulary) Sequences(text string, length int) (X, Y *mat.Dense, err error) {
	numbers, err := v.Encode(text)
	if err != nil {
		return nil, nil, err
	}
	if length < 1 || length >= len(numbers) {
		return nil, nil, fmt.Errorf("datasets: Vocabulary.Sequences: length is %d, want 1 or more and fewer than the text's %d characters", length, len(numbers))
	}
	n := (len(numbers) - 1) / length
	X, Y = mat.NewDense(n, length, nil), mat.NewDense(n, length, nil)
	for i := range n * length {
		X.RawMatrix().Data[i], Y.RawMatrix().Data[i] = float64(numbers[i]), float64(numbers[i+1])
	}
	return X, Y, nil
}

// table returns a row for each start: context numbers, and the one after them.
func (v *Vocabulary) table(numbers, starts []int, context int) *Table {
	t := &Table{
		Name: "text", Description: "Characters by number; to predict: the character that follows.",
		X: mat.NewDense(len(starts), context, nil), Y: mat.NewDense(len(starts), 1, nil),
	}
	for i, start := range starts {
		row := t.X.RawRowView(i)
		for j := range row {
			row[j] = float64(numbers[start+j])
		}
		t.Y.Set(i, 0, float64(numbers[start+context]))
	}
	for j := range context {
		t.Features = append(t.Features, fmt.Sprintf("%d before", context-j))
	}
	for _, symbol := range v.Symbols {
		t.Classes = append(t.Classes, string(symbol))
	}
	return t
}
