package blas

import "math"

// SGD sets θ ← θ − lr·g, fused: θ = FMA(−lr, g, θ).
func SGD(theta, g []float64, lr float64) {
	Axpy(-lr, g, theta)
}

// Momentum is SGD with momentum (Polyak 1964; Nesterov 1983 in the form of
// Bengio et al. 2013, sec. 3.5). For each element, rounded once per line:
//
//	v ← FMA(μ, v, −(lr·g))      with lr·g rounded first; 0 if subnormal
//	θ ← θ + v                   plain
//	θ ← θ + FMA(μ, v, −(lr·g))  with nesterov
func Momentum(theta, g, v []float64, lr, mu float64, nesterov bool) {
	sameLength("Momentum", len(g), len(theta))
	sameLength("Momentum", len(v), len(theta))
	if len(theta) < 2*optimizerChunk {
		momentumPass(theta, g, v, lr, mu, nesterov)
	} else {
		shareOptimizer(optimizer{theta: theta, g: g, v: v, lr: lr, mu: mu, nesterov: nesterov})
	}
}

func momentumPass(theta, g, v []float64, lr, mu float64, nesterov bool) {
	if momentum(theta, g, v, lr, mu, nesterov) {
		return
	}
	for i := range theta {
		step := -(lr * g[i])
		v[i] = flush(math.FMA(mu, v[i], step))
		if nesterov {
			theta[i] += math.FMA(mu, v[i], step)
		} else {
			theta[i] += v[i]
		}
	}
}

// Adam is one step of Adam over flat vectors, with decoupled weight decay (AdamW,
// Loshchilov and Hutter 2019). c1 and c2 carry the bias correction, so that one
// kernel serves every form of the algorithm; t counts steps from 1:
//
//	paper (Kingma and Ba 2015, algorithm 1)  c1 = 1/(1−β₁ᵗ), c2 = 1/(1−β₂ᵗ)
//	Keras (ε̂, end of the paper's section 2)  c1 = √(1−β₂ᵗ)/(1−β₁ᵗ), c2 = 1
//	without correction                       c1 = c2 = 1
//
// For each element, where FMA(a, b, c) = a·b + c rounded once and every other
// operation is rounded as it stands, 1−β and lr·decay once outside the loop:
//
//	θ ← FMA(−(lr·decay), θ, θ)            only if lr·decay ≠ 0
//	m ← FMA(β₁, m, (1−β₁)·g)                     0 if subnormal
//	v ← FMA(β₂, v, ((1−β₂)·g)·g)
//	θ ← FMA(−lr, (m·c1)/(√(v·c2) + ε), θ)
//
// The m of a weight whose gradient stays 0 would be stuck at a few units of 2⁻¹⁰⁷⁴,
// where each step is up to twice as slow; so numbers below 2⁻¹⁰²² become 0.
func Adam(theta, g, m, v []float64, lr, beta1, beta2, eps, decay, c1, c2 float64) {
	sameLength("Adam", len(g), len(theta))
	sameLength("Adam", len(m), len(theta))
	sameLength("Adam", len(v), len(theta))
	c := adamConstants{-lr, beta1, 1 - beta1, beta2, 1 - beta2, eps, -(lr * decay), c1, c2}
	if len(theta) < 2*optimizerChunk {
		adamPass(theta, g, m, v, &c)
	} else {
		shareOptimizer(optimizer{theta: theta, g: g, m: m, v: v, adam: c})
	}
}

func adamPass(theta, g, m, v []float64, c *adamConstants) {
	if adam(theta, g, m, v, c) {
		return
	}
	for i, gi := range g {
		x := theta[i]
		if c.shrink != 0 {
			x = math.FMA(c.shrink, x, x)
		}
		m[i] = flush(math.FMA(c.beta1, m[i], c.rest1*gi))
		v[i] = math.FMA(c.beta2, v[i], c.rest2*gi*gi)
		theta[i] = math.FMA(c.rate, m[i]*c.c1/(math.Sqrt(v[i]*c.c2)+c.eps), x)
	}
}

// flush returns x, but 0 where it is subnormal.
func flush(x float64) float64 {
	if math.Abs(x) < 0x1p-1022 {
		return 0
	}
	return x
}

// adamConstants are what the kernels of Adam read, in this order.
type adamConstants struct {
	rate         float64 // −lr
	beta1, rest1 float64 // β₁ and 1−β₁
	beta2, rest2 float64
	eps          float64
	shrink       float64 // −lr·decay
	c1, c2       float64
}

// optimizer is a pass of Adam or, where m is nil, of Momentum, as a task: each
// chunk is a part of the vectors.
type optimizer struct {
	theta, g, m, v []float64
	adam           adamConstants
	lr, mu         float64
	nesterov       bool
}

// optimizerChunk is how many weights are worth a chunk, and twice as many are worth
// sharing.
const optimizerChunk = 1 << 14

func shareOptimizer(o optimizer) {
	w := takeWorkspace()
	w.optimizer = o
	Parallel(&w.optimizer, (len(o.theta)+optimizerChunk-1)/optimizerChunk)
	w.optimizer = optimizer{} // keep nobody's memory alive
	giveWorkspace(w)
}

// Run implements Task.
func (o *optimizer) Run(chunk int) {
	from := chunk * optimizerChunk
	to := min(from+optimizerChunk, len(o.theta))
	if o.m == nil {
		momentumPass(o.theta[from:to], o.g[from:to], o.v[from:to], o.lr, o.mu, o.nesterov)
	} else {
		adamPass(o.theta[from:to], o.g[from:to], o.m[from:to], o.v[from:to], &o.adam)
	}
}
