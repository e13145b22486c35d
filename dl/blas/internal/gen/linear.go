package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// binary generates dst[i] = f(α, x[i], y[i], dst[i]).
func binary(s isa, name string, f func(s isa, alpha vec, at at, x, y, dst reg.GPVirtual) vec) {
	s.text(name, "func(dst, x, y *float64, alpha float64, n int)", "is the loop of the function of that name.")
	dst, x, y := arg("dst"), arg("x"), arg("y")
	a, _ := Param("alpha").Resolve()
	alpha := s.all(a.Addr)
	s.elementwise(arg("n"), func(at at) { at.store(dst, f(at.isa, alpha, at, x, y, dst)) })
}

func binaries(s isa) {
	binary(s, "axpy", func(s isa, alpha vec, at at, x, y, _ reg.GPVirtual) vec {
		return s.fma(at.load(y), alpha, at.load(x))
	})
	binary(s, "scale", func(s isa, alpha vec, at at, x, _, _ reg.GPVirtual) vec {
		return s.mul(at.load(x), alpha)
	})
	binary(s, "add", func(s isa, _ vec, at at, x, y, _ reg.GPVirtual) vec {
		return s.add(at.load(x), at.load(y))
	})
	binary(s, "sub", func(s isa, _ vec, at at, x, y, _ reg.GPVirtual) vec {
		return s.sub(at.load(x), at.load(y))
	})
	binary(s, "mul", func(s isa, _ vec, at at, x, y, _ reg.GPVirtual) vec {
		return s.mul(at.load(x), at.load(y))
	})
	binary(s, "mulAdd", func(s isa, _ vec, at at, x, y, dst reg.GPVirtual) vec {
		return s.fma(at.load(x), at.load(y), at.load(dst))
	})
	binary(s, "reluGrad", func(s isa, _ vec, at at, x, y, _ reg.GPVirtual) vec {
		zero := s.zero()
		return s.choose(s.compare(greater, at.load(y), zero), at.load(x), zero)
	})
	binary(s, "sigmoidGrad", func(s isa, _ vec, at at, x, y, _ reg.GPVirtual) vec {
		v := at.load(y)
		return s.mul(s.mul(at.load(x), v), s.sub(s.all(number(1)), v))
	})
	binary(s, "tanhGrad", func(s isa, _ vec, at at, x, y, _ reg.GPVirtual) vec {
		v := at.load(y)
		return s.mul(at.load(x), s.fnma(v, v, s.all(number(1))))
	})
}

func optimizers(s isa) {
	momentum(s, "momentum", false)
	momentum(s, "nesterov", true)
	adam(s, "adam", false)
	adam(s, "adamW", true)
}

// gelu generates the loop of GELU, whose y is an output.
func gelu(s isa) {
	s.abreast = 2
	if s.wide() {
		s.abreast = 3
	}
	binary(s, "gelu", func(s isa, _ vec, at at, x, y, _ reg.GPVirtual) vec {
		v := at.load(x)
		phi := s.add(erf(s, s.mul(v, number(1/math.Sqrt2))), number(1))
		phi = s.mul(phi, number(0.5))
		density := s.exp(s.atLeast(s.mul(s.mul(v, v), number(-0.5)), -760))
		density = s.mul(density, number(0.3989422804014327))
		at.store(y, s.fma(density, v, phi))
		return s.mul(v, phi)
	})
}

// momentum generates the pass of Momentum.
func momentum(s isa, name string, nesterov bool) {
	s.text(name, "func(theta, grad, v *float64, lr, mu float64, n int)", "is the pass of Momentum.")
	theta, grad, v := arg("theta"), arg("grad"), arg("v")
	lrAt, _ := Param("lr").Resolve()
	muAt, _ := Param("mu").Resolve()
	lr, mu := s.all(lrAt.Addr), s.all(muAt.Addr)
	s.elementwise(arg("n"), func(at at) {
		step := s.mul(at.load(grad), lr)
		speed := s.flush(s.fms(at.load(v), mu, step))
		at.store(v, speed)
		if nesterov {
			speed = s.fms(speed, mu, step)
		}
		at.store(theta, s.add(at.load(theta), speed))
	})
}

// adam generates the pass of Adam; its constants are fields of adamConstants.
func adam(s isa, name string, decay bool) {
	s.text(name, "func(theta, grad, m, v *float64, c *float64, n int)", "is the pass of Adam.")
	theta, grad, mean, square, c := arg("theta"), arg("grad"), arg("m"), arg("v"), arg("c")
	constant := func(i int) vec { return s.all(Mem{Base: c, Disp: 8 * i}) }
	const (
		rate = iota
		beta1
		rest1
		beta2
		rest2
		eps
		shrink
		c1
		c2
	)
	s.elementwise(arg("n"), func(at at) {
		g := at.load(grad)
		m := s.flush(s.fma(at.load(mean), constant(beta1), s.mul(g, constant(rest1))))
		at.store(mean, m)
		v := s.fma(at.load(square), constant(beta2), s.mul(s.mul(g, constant(rest2)), g))
		at.store(square, v)
		root := s.add(s.sqrt(s.mul(v, constant(c2))), constant(eps))
		step := s.div(s.mul(m, constant(c1)), root)
		x := at.load(theta)
		if decay {
			x = s.fma(x, constant(shrink), x)
		}
		at.store(theta, s.fma(step, constant(rate), x))
	})
}
