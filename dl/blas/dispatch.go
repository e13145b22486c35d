package blas

// function and operation name the elementwise kernels, so that one dispatcher
// serves all of them. A switch, because calls through a variable make pointers
// escape, and then allocate.

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

type operation int

const (
	fAxpy operation = iota
	fScale
	fAdd
	fSub
	fMul
	fMulAdd
	fReLUGrad
)
