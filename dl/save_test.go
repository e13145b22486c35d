package dl

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"descent/dl/safetensors"
	"gonum.org/v1/gonum/mat"
)

func TestLoadIsTheInverseOfSave(t *testing.T) {
	for _, c := range layerCases {
		t.Run(c.name, func(t *testing.T) {
			m, x, _ := c.model(t, 3)
			m.Reset(7)
			path := filepath.Join(t.TempDir(), "m.safetensors")
			if err := m.Save(path); err != nil {
				t.Fatal(err)
			}
			loaded, err := Load(path)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := loaded.Forward(x, false).Data, m.Forward(x, false).Data; !slices.Equal(got, want) {
				t.Errorf("the loaded model predicts %v, the saved one %v", got, want)
			}
			if got, want := loaded.String(), m.String(); got != want {
				t.Errorf("the loaded model is\n%s\nthe saved one\n%s", got, want)
			}
			clone, err := m.Clone()
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(clone.Params.Value, m.Params.Value) {
				t.Error("a clone's parameters differ from the model's")
			}
		})
	}
}

// trainable is a small model with an optimizer that has a memory, and its data.
func trainable(t testing.TB, optimizer Optimizer) (m *Model, X, y *mat.Dense) {
	t.Helper()
	m, err := Sequential(Shape{3}, &Dense{Units: 8}, &Dense{Units: 2})
	if err != nil {
		t.Fatal(err)
	}
	m.Compile(optimizer, MSE{})
	return m, normalTensor(3, 50, 3).Mat(), normalTensor(4, 50, 2).Mat()
}

func TestTrainingGoesOnFromAFileToTheSameBits(t *testing.T) {
	for name, optimizer := range map[string]func() Optimizer{
		"Adam":                   func() Optimizer { return NewAdam(0.01) },
		"SGD with momentum":      func() Optimizer { return &SGD{LR: 0.01, Momentum: 0.9} },
		"RMSProp in ClipNorm":    func() Optimizer { return &ClipNorm{Max: 0.1, Optimizer: NewRMSProp(0.01)} },
		"Lion in two containers": func() Optimizer { return &ClipValue{Max: 1, Optimizer: &ClipNorm{Max: 1, Optimizer: NewLion(0.01)}} },
		"AdaGrad with a penalty": func() Optimizer { return NewAdaGrad(0.01) },
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "m.safetensors")
			once, X, y := trainable(t, optimizer())
			once.Penalties = []Penalty{L2(0.01)}
			if _, err := once.Fit(X, y, FitConfig{Epochs: 10, Seed: 5}); err != nil {
				t.Fatal(err)
			}
			first, _, _ := trainable(t, optimizer())
			first.Penalties = []Penalty{L2(0.01)}
			if _, err := first.Fit(X, y, FitConfig{Epochs: 4, Seed: 5}); err != nil {
				t.Fatal(err)
			}
			if err := first.SaveTraining(path); err != nil {
				t.Fatal(err)
			}
			second, err := Load(path)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := second.Fit(X, y, FitConfig{Epochs: 6, Seed: 5, FirstEpoch: 4}); err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(second.Params.Value, once.Params.Value) {
				t.Error("training in two parts gave other parameters than training at once")
			}
		})
	}
}

func TestClassWeightsOfALossAreSaved(t *testing.T) {
	m, _, _ := trainable(t, NewSGD(0.1))
	m.Loss = CrossEntropy{ClassWeights: []float64{1, 3}}
	path := filepath.Join(t.TempDir(), "m.safetensors")
	if err := m.SaveTraining(path); err != nil {
		t.Fatal(err)
	}
	loaded, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if got, ok := loaded.Loss.(CrossEntropy); !ok || !slices.Equal(got.ClassWeights, []float64{1, 3}) {
		t.Errorf("the loss came back as %+v", loaded.Loss)
	}
}

func TestSavingAgainGivesTheSameBytes(t *testing.T) {
	m, X, y := trainable(t, NewAdam(0.01))
	if _, err := m.Fit(X, y, FitConfig{}); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	var files [2][]byte
	for i := range files {
		path := filepath.Join(dir, "m.safetensors")
		if err := m.SaveTraining(path); err != nil {
			t.Fatal(err)
		}
		files[i], _ = os.ReadFile(path)
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Error("two saves of one model differ")
	}
}

// TestAKilledSaveLeavesAWholeFile kills a process that saves without end, many
// times, and loads what is there.
func TestAKilledSaveLeavesAWholeFile(t *testing.T) {
	if path := os.Getenv("DL_TEST_SAVE_FOREVER"); path != "" {
		m, _, _ := trainable(t, NewAdam(0.01))
		for {
			if err := m.Save(path); err != nil {
				t.Fatal(err)
			}
		}
	}
	if testing.Short() || runtime.GOOS == "windows" {
		t.Skip("starts and kills processes")
	}
	path := filepath.Join(t.TempDir(), "m.safetensors")
	m, _, _ := trainable(t, NewAdam(0.01))
	if err := m.Save(path); err != nil {
		t.Fatal(err)
	}
	for i := range 20 {
		child := exec.Command(os.Args[0], "-test.run", "^TestAKilledSaveLeavesAWholeFile$")
		child.Env = append(os.Environ(), "DL_TEST_SAVE_FOREVER="+path)
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(20+7*i) * time.Millisecond)
		child.Process.Kill()
		child.Wait()
		if _, err := Load(path); err != nil {
			t.Fatalf("after kill %d: %v", i, err)
		}
	}
}

func TestLoadRefusesBadFiles(t *testing.T) {
	dir := t.TempDir()
	m, _, _ := trainable(t, NewAdam(0.01))
	whole := filepath.Join(dir, "whole")
	if err := m.Save(whole); err != nil {
		t.Fatal(err)
	}
	good, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	file := func(header string, data int) []byte {
		b := []byte{byte(len(header)), byte(len(header) >> 8), 0, 0, 0, 0, 0, 0}
		return append(append(b, header...), make([]byte, data)...)
	}
	replace := func(old, new string) []byte { // keeps the header's length
		return bytes.Replace(good, []byte(old), []byte(new), 1)
	}
	for _, c := range []struct {
		name string
		file []byte
		want string
	}{
		{"cut off", good[:len(good)-1], "cut off"},
		{"tensors of another program", file(`{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}`, 8), "no model of this package"},
		{"unknown layer", replace(`\"type\":\"Dense`, `\"type\":\"Tense`), `"Tense"`},
		{"unknown field", replace("Units", "Unity"), `"Unity"`},
		{"field of the wrong kind", replace(`\"Units\":8`, `\"Units\":[`), "description of the model"},
		{"another shape", replace(`\"Units\":8`, `\"Units\":9`), "no tensor of shape 3×9"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(dir, "bad")
			if err := os.WriteFile(path, c.file, 0o644); err != nil {
				t.Fatal(err)
			}
			_, err := Load(path)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got error %v, want one with %q", err, c.want)
			}
		})
	}
}

func TestSaveRefusesParametersThatAreNotFinite(t *testing.T) {
	m, _, _ := trainable(t, NewAdam(0.01))
	m.Params.Value[3] /= 0
	m.Params.Value[3] *= 0
	path := filepath.Join(t.TempDir(), "m.safetensors")
	if err := m.Save(path); err == nil || !strings.Contains(err.Error(), "NaN") {
		t.Errorf("got error %v", err)
	}
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Error("a file was written")
	}
}

// FuzzLoad looks for files that make the loader panic, or take memory beyond a
// small multiple of their size.
func FuzzLoad(f *testing.F) {
	dir := f.TempDir()
	for i, c := range layerCases {
		m, _, _ := c.model(f, 1)
		path := filepath.Join(dir, "seed")
		save := m.Save
		if i%2 == 0 {
			save = m.SaveTraining
		}
		if err := save(path); err != nil {
			f.Fatal(err)
		}
		b, _ := os.ReadFile(path)
		if len(b) < 8000 {
			f.Add(b)
		}
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		tensors, metadata, err := safetensors.Decode(file)
		if err == nil {
			decodeModel(tensors, metadata)
		}
		runtime.ReadMemStats(&after)
		if used := after.TotalAlloc - before.TotalAlloc; used > 1<<20+100*uint64(len(file)) {
			t.Errorf("%d bytes of file took %d bytes of memory", len(file), used)
		}
	})
}
