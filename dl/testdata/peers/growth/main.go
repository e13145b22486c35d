// Command growth draws how fast two networks of package dl train as they grow, W3 and W4 of the table in dl's
// documentation: with the size of the batch, with their width, on one core and on all.
//
//	go run ./dl/testdata/peers/growth dl/testdata/peers/growth.png
//
// It takes a minute, on a machine that does nothing else. A step is counted as three Forwards, less one of the first
// layer, whose input needs no gradient; a multiply-add is two operations.
package main

import (
	"fmt"
	"log"
	"math"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"time"

	"descent/dl"
	"descent/plots"

	"github.com/janpfeifer/must"
)

// network is a workload with a width to vary.
type network struct {
	name       string
	in         dl.Shape
	layers     func(width int) []dl.Layer
	first      int // multiply-adds of the first layer, for each of its units or filters
	batch      int // as in the table
	width      int // as in the table
	widthLabel string
	batches    []int
	widths     []int
}

var networks = []network{
	{"W3, MLP 784-512-256-10", dl.Shape{784}, func(width int) []dl.Layer {
		return []dl.Layer{&dl.Dense{Units: width}, &dl.ReLU{}, &dl.Dense{Units: width / 2}, &dl.ReLU{}, &dl.Dense{Units: 10}}
	}, 784, 128, 512, "units in the first layer", []int{1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024}, []int{16, 32, 64, 128, 256, 512, 1024, 2048}},
	{"W4, convnet 28×28", dl.Shape{28, 28, 1}, func(width int) []dl.Layer {
		return []dl.Layer{&dl.Conv2D{Filters: width, Kernel: 3}, &dl.ReLU{}, &dl.MaxPool2D{}, &dl.Conv2D{Filters: 2 * width, Kernel: 3}, &dl.ReLU{}, &dl.MaxPool2D{},
			&dl.Flatten{}, &dl.Dense{Units: 128}, &dl.ReLU{}, &dl.Dense{Units: 10}}
	}, 26 * 26 * 9, 64, 32, "filters in the first layer", []int{1, 2, 4, 8, 16, 32, 64, 128, 256}, []int{2, 4, 8, 16, 32, 64, 128}},
}

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: go run ./dl/testdata/peers/growth PICTURE.png")
	}
	var figures []plots.Drawer
	for _, n := range networks {
		batch := figure(n, n.name, fmt.Sprintf("batch size (%d %s)", n.width, n.widthLabel), n.batches, func(batch int) (int, int) { return batch, n.width })
		width := figure(n, n.name, fmt.Sprintf("%s (batch of %d)", n.widthLabel, n.batch), n.widths, func(width int) (int, int) { return n.batch, width })
		figures = append(figures, batch, width)
	}
	must.M(plots.Save(os.Args[1], plots.Grid(2, figures...)))
}

// figure measures a network at each size, on one core and on all.
func figure(n network, title, label string, sizes []int, at func(size int) (batch, width int)) *plots.Figure {
	cores := []int{1, runtime.NumCPU()}
	if cores[1] == 1 {
		cores = cores[:1]
	}
	var lines []plots.Series
	for _, procs := range cores {
		runtime.GOMAXPROCS(procs)
		s := plots.Series{Name: fmt.Sprintf("%d cores", procs)}
		if procs == 1 {
			s.Name = "1 core"
		}
		for _, size := range sizes {
			batch, width := at(size)
			speed := n.speed(batch, width)
			fmt.Printf("%s: batch %d, width %d, %s: %.1f GFLOP/s\n", n.name, batch, width, s.Name, speed)
			s.X, s.Y = append(s.X, float64(size)), append(s.Y, speed)
		}
		lines = append(lines, s)
	}
	f := plots.Lines(label, "GFLOP/s", lines...)
	f.Title.Text = title
	f.LogX()
	f.Y.Min = 0
	return f
}

// speed is the median of five measurements, in GFLOP/s.
func (n network) speed(batch, width int) float64 {
	m := must.M1(dl.Sequential(n.in, n.layers(width)...))
	m.Compile(dl.NewAdam(0.001), dl.CrossEntropy{})
	rng := rand.New(rand.NewPCG(1, 1))
	x, y := dl.NewTensor(append(dl.Shape{batch}, n.in...)...), dl.NewTensor(batch, 1)
	for i := range x.Data {
		x.Data[i] = rng.Float64()
	}
	for i := range y.Data {
		y.Data[i] = float64(rng.IntN(10))
	}
	m.Step(x, y) // makes its buffers
	speeds := make([]float64, 5)
	for i := range speeds {
		steps, start := 0, time.Now()
		for steps == 0 || time.Since(start) < 80*time.Millisecond {
			m.Step(x, y)
			steps++
		}
		speeds[i] = 2 * float64((3*m.MultiplyAdds()-n.first*width)*batch*steps) / time.Since(start).Seconds() / 1e9
	}
	slices.Sort(speeds)
	return math.Round(10*speeds[2]) / 10
}
