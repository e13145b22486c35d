package datasets

import (
	"slices"
	"testing"
)

func TestVocabularyRoundTrip(t *testing.T) {
	text := Opticks()[:5000]
	v := NewVocabulary(text)
	numbers, err := v.Encode(text)
	if err != nil || v.Decode(numbers) != text {
		t.Errorf("decoding does not undo encoding; error %v", err)
	}
	if got := NewVocabulary("ba", "cæ").Decode([]int{-1, 0, 3, 4}); got != "\uFFFDaæ\uFFFD" {
		t.Errorf("decoded %q", got)
	}
}

func TestWindowsShowWhatComesBefore(t *testing.T) {
	v := NewVocabulary(".", "ad")
	text, err := v.Windows("adda", 2)
	if err != nil {
		t.Fatal(err)
	}
	words, err := v.WordWindows([]string{"ada", ""}, 3)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		table  *Table
		want   []string
		groups []int
	}{
		{text, []string{"ad→d", "dd→a"}, nil},
		{words, []string{"...→a", "..a→d", ".ad→a", "ada→.", "...→."}, []int{0, 0, 0, 0, 1}},
	} {
		var got []string
		for i := range test.table.Len() {
			var before []int
			for _, number := range test.table.X.RawRowView(i) {
				before = append(before, int(number))
			}
			got = append(got, v.Decode(before)+"→"+v.Decode([]int{int(test.table.Y.At(i, 0))}))
		}
		if !slices.Equal(got, test.want) || !slices.Equal(test.table.Groups, test.groups) {
			t.Errorf("windows %q of groups %v, want %q and %v", got, test.table.Groups, test.want, test.groups)
		}
	}
}

func TestSequencesAreShiftedByOne(t *testing.T) {
	v := NewVocabulary("abc")
	for _, test := range []struct {
		text string
		X, Y []float64
	}{
		{"abcab", []float64{0, 1, 2, 0}, []float64{1, 2, 0, 1}},
		{"abcabc", []float64{0, 1, 2, 0}, []float64{1, 2, 0, 1}},
		{"abc", []float64{0, 1}, []float64{1, 2}},
	} {
		X, Y, err := v.Sequences(test.text, 2)
		if err != nil || !slices.Equal(X.RawMatrix().Data, test.X) || !slices.Equal(Y.RawMatrix().Data, test.Y) {
			t.Errorf("%q: X %v, Y %v, error %v; want %v and %v", test.text, X, Y, err, test.X, test.Y)
		}
	}
}
