package datasets

import (
	"compress/gzip"
	"fmt"
	"io"
	"strconv"
	"strings"

	"gonum.org/v1/gonum/mat"
)

// A Table is a data set for supervised learning, one sample a row.
type Table struct {
	Name        string     // short: "iris"
	Description string     // what a row is, what is to be predicted, and where the data are from
	X           *mat.Dense // N×D inputs
	Y           *mat.Dense // N×1: a class number 0, 1, … or, in a regression, the value itself
	Features    []string   // D names of the columns of X, with units; nil for the moments of a sound
	Classes     []string   // names of the classes; nil in a regression
	Groups      []int      // N numbers of what a row belongs to (the voice that spoke it); nil where rows stand alone
}

// Len returns the number of samples N.
func (t *Table) Len() int { return t.X.RawMatrix().Rows }

// Rows returns a new table with copies of the given rows, in the given order.
// It panics, as mat does, if a row is out of range or none is given.
func (t *Table) Rows(rows []int) *Table {
	part := *t
	part.X, part.Y = Rows(t.X, rows), Rows(t.Y, rows)
	if t.Groups != nil {
		part.Groups = make([]int, len(rows))
		for i, row := range rows {
			part.Groups[i] = t.Groups[row]
		}
	}
	return &part
}

// ClassCounts returns how many samples each class has; nil in a regression.
func (t *Table) ClassCounts() []int {
	if t.Classes == nil {
		return nil
	}
	counts := make([]int, len(t.Classes))
	for i := range t.Len() {
		counts[int(t.Y.At(i, 0))]++
	}
	return counts
}

// String sums the table up in a line: its size and how many samples each
// class has, or the range of the target.
func (t *Table) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %d samples × %d features", t.Name, t.Len(), t.X.RawMatrix().Cols)
	if t.Classes == nil {
		fmt.Fprintf(&b, ", target from %.4g to %.4g", mat.Min(t.Y), mat.Max(t.Y))
		return b.String()
	}
	fmt.Fprintf(&b, ", %d classes", len(t.Classes))
	separator := ": "
	for c, count := range t.ClassCounts() {
		fmt.Fprintf(&b, "%s%s (%d)", separator, t.Classes[c], count)
		separator = ", "
	}
	return b.String()
}

// Rows returns a new matrix with copies of the given rows of X, in the given
// order. It panics, as mat does, if a row is out of range or none is given.
func Rows(X mat.RawMatrixer, rows []int) *mat.Dense {
	from := X.RawMatrix()
	to := mat.NewDense(len(rows), from.Cols, nil)
	for i, row := range rows {
		if row < 0 || row >= from.Rows {
			panic(fmt.Sprintf("datasets: Rows: row %d of a matrix with %d rows, want 0 to %d", row, from.Rows, from.Rows-1))
		}
		copy(to.RawRowView(i), from.Data[row*from.Stride:][:from.Cols])
	}
	return to
}

// unzip returns an embedded file. What is embedded was tested when it was
// built in, so an error here is a damaged program and panics.
func unzip(zipped string) string {
	r, err := gzip.NewReader(strings.NewReader(zipped))
	if err != nil {
		panic(fmt.Errorf("datasets: embedded data: %w", err))
	}
	var b strings.Builder
	if _, err := io.Copy(&b, r); err != nil {
		panic(fmt.Errorf("datasets: embedded data: %w", err))
	}
	return b.String()
}

// numbers reads lines of numbers, separated by commas or spaces, into a matrix.
func numbers(text string) *mat.Dense {
	var data []float64
	lines := strings.Split(strings.TrimSpace(text), "\n")
	for _, line := range lines {
		for _, field := range strings.FieldsFunc(line, func(r rune) bool { return r == ',' || r == ' ' || r == '\r' }) {
			v, err := strconv.ParseFloat(field, 64)
			if err != nil {
				panic(fmt.Errorf("datasets: embedded data: %w", err))
			}
			data = append(data, v)
		}
	}
	return mat.NewDense(len(lines), len(data)/len(lines), data)
}

// inputsAndLabel cuts a matrix whose last column is the label.
func inputsAndLabel(m *mat.Dense) (X, Y *mat.Dense) {
	n, cols := m.Dims()
	return mat.DenseCopyOf(m.Slice(0, n, 0, cols-1)), mat.DenseCopyOf(m.Slice(0, n, cols-1, cols))
}
