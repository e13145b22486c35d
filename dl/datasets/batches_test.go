package datasets

import (
	"testing"

	"gonum.org/v1/gonum/mat"
)

func TestBatchesHaveEachRowOnce(t *testing.T) {
	X, Y := mat.NewDense(10, 2, nil), mat.NewDense(10, 1, nil)
	for i := range 10 {
		X.SetRow(i, []float64{float64(i), float64(-i)})
		Y.Set(i, 0, float64(10*i))
	}
	for _, size := range []int{1, 4, 10, 99} {
		batches, err := Batches(X, Y, size, 1)
		if err != nil {
			t.Fatal(err)
		}
		var seen []int
		for x, y := range batches {
			if k := rowsOf(x); k != min(size, 10-len(seen)) || k != rowsOf(y) {
				t.Fatalf("size %d: a batch of %d and %d rows after %d", size, k, rowsOf(y), len(seen))
			}
			for i := range rowsOf(x) {
				v := x.At(i, 0)
				if x.At(i, 1) != -v || y.At(i, 0) != 10*v {
					t.Errorf("size %d: row %v goes with %g", size, x.RawRowView(i), y.At(i, 0))
				}
				seen = append(seen, int(v))
			}
		}
		once(t, "Batches", 10, seen)
	}
}

func TestOneHotMarksTheClass(t *testing.T) {
	for _, test := range []struct {
		classes int
		want    *mat.Dense
	}{
		{0, mat.NewDense(2, 3, []float64{0, 0, 1, 1, 0, 0})},
		{4, mat.NewDense(2, 4, []float64{0, 0, 1, 0, 1, 0, 0, 0})},
	} {
		if hot, err := OneHot(column(2, 0), test.classes); err != nil || !mat.Equal(hot, test.want) {
			t.Errorf("OneHot(…, %d) = %v, %v", test.classes, hot, err)
		}
	}
}
