package dl

import (
	"fmt"
	"math"
)

// sameSize panics with a *ShapeError unless y has an element for each of ŷ.
func sameSize(where string, yhat, y *Tensor) {
	if len(y.Data) == len(yhat.Data) {
		return
	}
	panic(&ShapeError{Where: where, Got: fmt.Sprintf("y is %v", y.Shape), Want: fmt.Sprintf("the shape of the predictions, %v", yhat.Shape)})
}

// checkSame checks that y has a target for each of the model's outputs.
func checkSame(where string, out Shape, y *Tensor) error {
	if cols := y.Shape[1:].Size(); cols != out.Size() {
		return &ShapeError{Where: where, Got: "y has " + columns(cols), Want: fmt.Sprintf("%d, as the model's output %v", out.Size(), out)}
	}
	return nil
}

// Classes reads a batch of logits and targets as classes, for losses and
// metrics. Make it with ReadClasses.
type Classes struct {
	Count  int // columns of ŷ, or 2 for a single logit
	where  string
	yhat   *Tensor
	y      *Tensor
	oneHot bool
}

// ReadClasses panics with a *ShapeError, which says where, unless y has one
// element, or a row of one for each class, for each row of ŷ.
func ReadClasses(where string, yhat, y *Tensor) Classes {
	rows, cols := yhat.Rows(), yhat.Cols()
	c := Classes{max(cols, 2), where, yhat, y, cols > 1 && len(y.Data) == rows*cols}
	if len(y.Data) != rows && !c.oneHot {
		panic(&ShapeError{Where: where, Got: fmt.Sprintf("y is %v", y.Shape), Want: fmt.Sprintf("%d class numbers or %d rows of %d probabilities, for logits of %v", rows, rows, cols, yhat.Shape)})
	}
	return c
}

// Target returns the class of row i. Of a one-hot row, or of probabilities, it
// is the largest; of a probability for a single logit it is 1 from 0.5 up.
func (c *Classes) Target(i int) int {
	if c.oneHot {
		return argmax(c.y.Data[i*c.Count : (i+1)*c.Count])
	}
	v := c.y.Data[i]
	k := int(v)
	if float64(k) != v || uint(k) >= uint(c.Count) {
		if c.yhat.Cols() == 1 && v > 0 && v < 1 {
			return int(v + 0.5)
		}
		panic(checkNumbers(c.where, c.Count, c.y))
	}
	return k
}

// Predicted returns the class that the logits of row i predict.
func (c *Classes) Predicted(i int) int {
	z := c.yhat.Row(i)
	if len(z) > 1 {
		return argmax(z)
	}
	if z[0] > 0 {
		return 1
	}
	return 0
}

// argmax returns where x is largest, the first of equals.
func argmax(x []float64) int {
	top := 0
	for i, v := range x {
		if v > x[top] {
			top = i
		}
	}
	return top
}

// CheckClasses checks the targets that go with logits of any kind: one logit a
// row stands for two classes, more for one each.
func CheckClasses(where string, out Shape, y *Tensor) error {
	if out.last() == 1 {
		return checkBinary(where, out, y)
	}
	return checkClasses(where, out, y)
}

// checkClasses checks the targets of a model whose last axis holds C ≥ 2
// logits: class numbers, one for each row of logits, or rows of probabilities.
func checkClasses(where string, out Shape, y *Tensor) error {
	C, steps := out.last(), out.Size()/out.last()
	switch cols := y.Shape[1:].Size(); {
	case cols == out.Size():
		return checkProbabilities(where, C, y)
	case cols == steps:
		return checkNumbers(where, C, y)
	default:
		return &ShapeError{Where: where, Got: "y has " + columns(cols), Want: fmt.Sprintf("%d (class numbers) or %d (one-hot rows or probabilities), for the model's output of %v", steps, out.Size(), out)}
	}
}

// checkNumbers checks that every target is a whole number from 0 to C−1.
func checkNumbers(where string, C int, y *Tensor) error {
	least, most := y.Data[0], y.Data[0]
	for _, v := range y.Data {
		least, most = min(least, v), max(most, v)
	}
	for i, v := range y.Data {
		if v != math.Trunc(v) {
			return fmt.Errorf("dl: %s: y is %v at %s; want whole class numbers 0 to %d", where, v, position(y, i), C-1)
		}
		if v >= 0 && v < float64(C) {
			continue
		}
		cure := "mend the label or drop the sample"
		switch {
		case least == 1 && most == float64(C):
			cure = fmt.Sprintf("the labels are 1 to %d: subtract 1", C)
		case C == 2 && least == -1 && most == 1:
			cure = "the labels are -1 and 1: replace -1 by 0"
		case v > 0:
			cure = "mend the label or give the last layer a unit for each class"
		}
		return fmt.Errorf("dl: %s: y is %v at %s; want class numbers 0 to %d; %s", where, v, position(y, i), C-1, cure)
	}
	return nil
}

// checkProbabilities checks that rows of C targets are one-hot or probabilities:
// from 0 to 1 and with a sum of 1, to a millionth.
func checkProbabilities(where string, C int, y *Tensor) error {
	if err := checkUnit(where, y); err != nil {
		return err
	}
	for lo := 0; lo < len(y.Data); lo += C {
		sum := 0.0
		for _, v := range y.Data[lo : lo+C] {
			sum += v
		}
		if !(math.Abs(sum-1) <= 1e-6) {
			at := fmt.Sprintf("row %d", lo/y.Shape[1:].Size())
			if cols := y.Shape[1:].Size(); cols > C {
				at = fmt.Sprintf("%s, columns %d to %d", at, lo%cols, lo%cols+C-1)
			}
			return fmt.Errorf("dl: %s: y sums to %.6g in %s; want 1, for a class or for probabilities: divide the row by its sum, or pass class numbers", where, sum, at)
		}
	}
	return nil
}

// checkUnit checks that every target is from 0 to 1.
func checkUnit(where string, y *Tensor) error {
	for i, v := range y.Data {
		if !(v >= 0 && v <= 1) {
			return fmt.Errorf("dl: %s: y is %v at %s; want 0 to 1", where, v, position(y, i))
		}
	}
	return nil
}

// checkBinary checks the targets of independent logits: 0, 1 or a probability
// for each.
func checkBinary(where string, out Shape, y *Tensor) error {
	if cols := y.Shape[1:].Size(); cols != out.Size() {
		err := &ShapeError{Where: where, Got: "y has " + columns(cols), Want: fmt.Sprintf("%d, one for each logit", out.Size())}
		if cols == 1 {
			err.Want += "; for class numbers take CrossEntropy"
		}
		return err
	}
	for _, v := range y.Data {
		if v != math.Trunc(v) {
			return checkUnit(where, y)
		}
	}
	return checkNumbers(where, 2, y)
}

func columns(n int) string {
	if n == 1 {
		return "1 column"
	}
	return fmt.Sprintf("%d columns", n)
}

// position is where element i of y stands.
func position(y *Tensor, i int) string {
	if cols := len(y.Data) / y.Shape[0]; cols > 1 {
		return fmt.Sprintf("row %d, column %d", i/cols, i%cols)
	}
	return fmt.Sprintf("row %d", i)
}
