package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// TestModelsAreWhatTheirRecipesMake makes the quick files again and compares the
// bytes. With DESCENT_TRAIN=all it makes the slow ones too.
func TestModelsAreWhatTheirRecipesMake(t *testing.T) {
	if testing.Short() {
		t.Skip("trains models")
	}
	for _, r := range recipes {
		t.Run(r.name, func(t *testing.T) {
			committed, err := os.ReadFile(filepath.Join("..", "models", r.name+".safetensors"))
			if err != nil {
				t.Fatal(err)
			}
			if !r.quick && os.Getenv("DESCENT_TRAIN") != "all" {
				t.Skip("takes minutes; DESCENT_TRAIN=all makes it")
			}
			m, err := r.make()
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(t.TempDir(), "model")
			if err := m.Save(path); err != nil {
				t.Fatal(err)
			}
			if again, _ := os.ReadFile(path); !bytes.Equal(again, committed) {
				t.Errorf("the recipe makes another file: go run ./notebooks/train %s, look at what changed, and commit it", r.name)
			}
		})
	}
}
