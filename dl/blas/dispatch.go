package blas

// function and operation name the elementwise kernels for the dispatchers. Those
// are switches, because a call through a variable makes its pointers escape.

type function int

const (
	fExp function = iota
	fExpm1
	fSigmoid
	fTanh
	fErf
	fLog
	fLog1p
	fReLU
)

func (f function) String() string {
	return [...]string{"Exp", "Expm1", "Sigmoid", "Tanh", "Erf", "Log", "Log1p", "ReLU"}[f]
}

type operation int

const (
	fAxpy operation = iota
	fScale
	fAdd
	fSub
	fMul
	fMulAdd
	fReLUGrad
	fSigmoidGrad
	fTanhGrad
	fGELU // writes y too
)
