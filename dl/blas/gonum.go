package blas

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"
)

// Implementation is Gonum's BLAS with this package's kernels in place of the
// float64 routines that matter. Any Gonum program may use it:
//
//	blas64.Use(blas.Implementation{})
//
// dl itself calls the kernels directly and sets nothing global.
type Implementation struct{ gonum.Implementation }

var _ blas.Float64 = Implementation{}
