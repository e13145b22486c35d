// Command golibraries is what run.py measures of other libraries in Go: W2, in float32. It answers as workloads.py's serve
// does. It is a module of its own, so that Descent needs none of them.
//
//	go run . gorgonia 2
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log"
	"math/rand"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"time"
)

// The workload, as in workloads.py.
const samples, batch, epochs = 1792, 32, 10

var sizes = []int{64, 128, 64, 10}

// library is a peer: train returns a function that takes one step on a batch, x row by row and y class numbers.
type library struct {
	name, module, backend string
	train                 func() func(x []float32, y []int32)
}

var libraries = map[string]library{
	"gorgonia": {"Gorgonia", "gorgonia.org/gorgonia", "Go, gonum's BLAS", gorgonia},
	"gomlx":    {"GoMLX", "github.com/gomlx/gomlx", "simplego", gomlx},
}

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: golibraries LIBRARY THREADS")
	}
	lib, ok := libraries[os.Args[1]]
	if !ok {
		log.Fatalf("golibraries: no library %q, want gorgonia or gomlx", os.Args[1])
	}
	threads, err := strconv.Atoi(os.Args[2])
	check(err)
	runtime.GOMAXPROCS(threads)
	answer := json.NewEncoder(os.Stdout)
	check(answer.Encode(map[string]any{"name": lib.name, "version": version(lib.module), "backend": lib.backend, "variants": []string{"float32"}}))
	var run func()
	for in := bufio.NewScanner(os.Stdin); in.Scan(); {
		var ask struct {
			Workload string
			Seconds  float64
		}
		check(json.Unmarshal(in.Bytes(), &ask))
		if ask.Workload != "W2" {
			check(answer.Encode(map[string]any{"rate": nil}))
			continue
		}
		if run == nil {
			run = workload(lib.train())
			run()
		}
		calls, start := 0, time.Now()
		for calls < 3 || time.Since(start).Seconds() < ask.Seconds {
			run()
			calls++
		}
		check(answer.Encode(map[string]any{"rate": float64(calls*samples*epochs) / time.Since(start).Seconds()}))
	}
}

// workload returns what trains for the epochs of W2.
func workload(step func(x []float32, y []int32)) func() {
	rng := rand.New(rand.NewSource(1))
	x, y := make([]float32, samples*sizes[0]), make([]int32, samples)
	for i := range x {
		x[i] = rng.Float32()
	}
	for i := range y {
		y[i] = int32(rng.Intn(sizes[3]))
	}
	return func() {
		for range epochs {
			order := rng.Perm(samples)
			for lo := 0; lo < samples; lo += batch {
				xb, yb := make([]float32, 0, batch*sizes[0]), make([]int32, 0, batch)
				for _, k := range order[lo : lo+batch] {
					xb, yb = append(xb, x[k*sizes[0]:(k+1)*sizes[0]]...), append(yb, y[k])
				}
				step(xb, yb)
			}
		}
	}
}

// version is that of a module in this binary.
func version(module string) string {
	info, _ := debug.ReadBuildInfo()
	for _, m := range info.Deps {
		if m.Path == module {
			return m.Version
		}
	}
	return "unknown"
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
