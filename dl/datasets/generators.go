package datasets

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"gonum.org/v1/gonum/mat"

	"descent/dl/blas"
)

// The generators' arguments are mostly literals, so a senseless one is a
// mistake in the program: it panics with an error that says which.

func needPositive(function, name string, n int) {
	if n < 1 {
		panic(fmt.Errorf("datasets: %s: %s is %d, want 1 or more", function, name, n))
	}
}

func needSpread(function, name string, v float64) {
	if !(v >= 0) || math.IsInf(v, 1) {
		panic(fmt.Errorf("datasets: %s: %s is %g, want a standard deviation of 0 or more", function, name, v))
	}
}

// Line returns n rows X = (k, k+1) for k = 1 … n and y = x₁ + 2x₂ + noise·ε
// with standard normal ε. Line(4, 1, seed) is the data of the article the
// course starts from: X = [1 2; 2 3; 3 4; 4 5]. As x₂ = x₁ + 1 in every row,
// the data cannot tell the two weights and a bias apart.
func Line(n int, noise float64, seed uint64) *Table {
	needPositive("Line", "n", n)
	needSpread("Line", "noise", noise)
	r := newRand(seed, generatorStream)
	X, Y := mat.NewDense(n, 2, nil), mat.NewDense(n, 1, nil)
	for i := range n {
		x1, x2 := float64(i+1), float64(i+2)
		X.SetRow(i, []float64{x1, x2})
		Y.Set(i, 0, math.FMA(noise, blas.Normal(r), math.FMA(2, x2, x1)))
	}
	return &Table{Name: "line", Description: "y = x1 + 2·x2 + noise on rows (k, k+1).", X: X, Y: Y, Features: []string{"x1", "x2"}}
}

// Linear returns a linear regression with n samples of standard normal
// features, as many as there are weights: y = X·weights + bias + noise·ε.
func Linear(n int, weights []float64, bias, noise float64, seed uint64) *Table {
	needPositive("Linear", "n", n)
	needPositive("Linear", "number of weights", len(weights))
	needSpread("Linear", "noise", noise)
	r := newRand(seed, generatorStream)
	X, Y := mat.NewDense(n, len(weights), nil), mat.NewDense(n, 1, nil)
	for i := range n {
		x := X.RawRowView(i)
		y := bias
		for j := range x {
			x[j] = blas.Normal(r)
			y = math.FMA(x[j], weights[j], y)
		}
		Y.Set(i, 0, math.FMA(noise, blas.Normal(r), y))
	}
	t := &Table{Name: "linear", Description: "y = X·weights + bias + noise.", X: X, Y: Y}
	for j := range weights {
		t.Features = append(t.Features, fmt.Sprintf("x%d", j+1))
	}
	return t
}

// Sine returns n samples y = sin(2πx) + noise·ε with x drawn uniformly from
// [0, 1) and put in rising order: the usual example of over-fitting
// (C. M. Bishop, Pattern Recognition and Machine Learning, 2006, section 1.1).
func Sine(n int, noise float64, seed uint64) *Table {
	needPositive("Sine", "n", n)
	needSpread("Sine", "noise", noise)
	r := newRand(seed, generatorStream)
	x, y := make([]float64, n), make([]float64, n)
	for i := range x {
		x[i] = r.Float64()
	}
	slices.Sort(x)
	for i := range y {
		y[i] = math.FMA(noise, blas.Normal(r), blas.SinOne(2*math.Pi*x[i]))
	}
	return &Table{Name: "sine", Description: "y = sin(2πx) + noise.",
		X: mat.NewDense(n, 1, x), Y: mat.NewDense(n, 1, y), Features: []string{"x"}}
}

// points builds a table of n points in the plane. The classes take turns: row
// i has class i mod classes, so they are equally large within one. place puts
// a point of a class without noise; noise is the standard deviation of what is
// added to each coordinate.
func points(function string, n, classes int, noise float64, seed uint64, place func(r *rand.Rand, class int) (x1, x2 float64)) *Table {
	needPositive(function, "n", n)
	needPositive(function, "number of classes", classes)
	needSpread(function, "noise", noise)
	r := newRand(seed, generatorStream)
	X, Y := mat.NewDense(n, 2, nil), mat.NewDense(n, 1, nil)
	for i := range n {
		x1, x2 := place(r, i%classes)
		X.SetRow(i, []float64{math.FMA(noise, blas.Normal(r), x1), math.FMA(noise, blas.Normal(r), x2)})
		Y.Set(i, 0, float64(i%classes))
	}
	t := &Table{Name: strings.ToLower(function), Description: "Points in the plane; to predict: the class.", X: X, Y: Y, Features: []string{"x1", "x2"}}
	for c := range classes {
		t.Classes = append(t.Classes, fmt.Sprint("class ", c))
	}
	return t
}

// Moons returns n points of two interleaving half circles of radius 1. A
// straight line separates them badly, a curve well. noise 0.2 is usual.
func Moons(n int, noise float64, seed uint64) *Table {
	return points("Moons", n, 2, noise, seed, func(r *rand.Rand, class int) (x1, x2 float64) {
		x1, x2 = onCircle(1, uniform(r, 0, math.Pi))
		if class == 0 {
			return x1, x2
		}
		return 1 - x1, 0.5 - x2
	})
}

// Circles returns n points of two circles around the origin, the outer of
// radius 1 (class 0) and the inner of radius 0.5 (class 1). noise 0.1 is usual.
func Circles(n int, noise float64, seed uint64) *Table {
	return points("Circles", n, 2, noise, seed, func(r *rand.Rand, class int) (x1, x2 float64) {
		return onCircle(1-0.5*float64(class), uniform(r, 0, 2*math.Pi))
	})
}

// Rings returns n points of several rings around the origin: class c has
// radius c+1. noise 0.15 is usual.
func Rings(n, rings int, noise float64, seed uint64) *Table {
	return points("Rings", n, rings, noise, seed, func(r *rand.Rand, class int) (x1, x2 float64) {
		return onCircle(float64(class+1), uniform(r, 0, 2*math.Pi))
	})
}

// onCircle returns the point at an angle on a circle around the origin. The
// conversions round, so that a sum with the point is not fused with it.
func onCircle(radius, angle float64) (x1, x2 float64) {
	return float64(radius * blas.CosOne(angle)), float64(radius * blas.SinOne(angle))
}

// Spirals returns n points of two, three or more spiral arms, a class each.
// An arm winds once around the origin while its radius grows from 0.1 to 1.
// noise 0.03 is usual.
func Spirals(n, arms int, noise float64, seed uint64) *Table {
	return points("Spirals", n, arms, noise, seed, func(r *rand.Rand, class int) (x1, x2 float64) {
		along := r.Float64()
		return onCircle(math.FMA(0.9, along, 0.1), 2*math.Pi*(along+float64(class)/float64(arms)))
	})
}

// XOR returns n points of four clusters around (±1, ±1) with standard
// deviation noise: class 1 where the signs of x₁ and x₂ differ. noise 0.3 is usual.
func XOR(n int, noise float64, seed uint64) *Table {
	return points("XOR", n, 2, noise, seed, func(r *rand.Rand, class int) (x1, x2 float64) {
		x1 = float64(2*r.IntN(2) - 1)
		return x1, x1 * float64(1-2*class)
	})
}

// Blobs returns n points of normal clusters, a class each, with standard
// deviation sd in each direction. The centres lie in the square from −5 to 5,
// each the one of ten draws that is furthest from the centres before it.
func Blobs(n, clusters int, sd float64, seed uint64) *Table {
	var centres [][2]float64
	return points("Blobs", n, clusters, sd, seed, func(r *rand.Rand, class int) (x1, x2 float64) {
		for len(centres) < clusters {
			centres = append(centres, farDraw(r, centres))
		}
		return centres[class][0], centres[class][1]
	})
}

// farDraw returns the one of ten points of the square from −5 to 5 that is
// furthest from those taken.
func farDraw(r *rand.Rand, taken [][2]float64) (best [2]float64) {
	bestDistance := -1.0
	for range 10 {
		p := [2]float64{uniform(r, -5, 5), uniform(r, -5, 5)}
		nearest := math.Inf(1)
		for _, q := range taken {
			d0, d1 := p[0]-q[0], p[1]-q[1]
			nearest = min(nearest, math.FMA(d0, d0, d1*d1))
		}
		if nearest > bestDistance {
			best, bestDistance = p, nearest
		}
	}
	return best
}

// RingOfGaussians returns n points of normal clusters whose centres are spaced
// evenly on a circle of radius 2, with standard deviation sd: the usual test of
// whether a generative model finds all modes, there with 8 modes and sd 0.02
// (L. Metz et al., Unrolled generative adversarial networks, 2017). The class
// is the cluster's number, counter-clockwise from (2, 0).
func RingOfGaussians(n, modes int, sd float64, seed uint64) *Table {
	t := points("RingOfGaussians", n, modes, sd, seed, func(_ *rand.Rand, class int) (x1, x2 float64) {
		return onCircle(2, 2*math.Pi*float64(class)/float64(modes))
	})
	t.Name = "ring of Gaussians"
	return t
}
