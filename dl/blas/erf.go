package blas

import "math"

// erfPoly are the coefficients of Q(x) = −ln(1 − erf x)/x on [0, 6]: a minimax fit
// (Remez) of erf's relative error, which is below 0.1 ulp. Q(0) is 2/√π.
var erfPoly = [24]float64{
	1.1283791670955125495, 0.63661977236759096989, 0.10277260330131529475, -0.019128446993091068524,
	-0.00020919485397122034635, 0.0016962076702520917468, -0.00059013243214320776746, 0.000025904506789251967477,
	0.000064420454252288090407, -0.000029575634067638988406, 3.1696228904427003783e-6, 3.1330182901263793072e-6,
	-2.0372395224231727759e-6, 5.7066933789276549342e-7, -1.1729324086751742e-8, -6.5723977957629479977e-8,
	3.4581428469300277609e-8, -1.0772390453649810355e-8, 2.3603061113008983039e-9, -3.7603674360264602503e-10,
	4.3013704313133111695e-11, -3.364003667873807183e-12, 1.6146933525024482673e-13, -3.5917722740260910705e-15,
}

// ErfOne returns the error function of x: 1 − exp(−a·Q(a)) with a = |x|. From 6
// up it is 1. Error below 2 ulp.
func ErfOne(x float64) float64 {
	a := clamp(math.Abs(x), 0, 6)
	q := horner(erfPoly[:], a)
	p := float64(a * q)
	low := math.FMA(a, q, -p) // what rounding took from p
	return withSign(math.Abs(expm1(-p, -low)), x)
}

// Erf sets dst[i] = erf(x[i]).
func Erf(dst, x []float64) {
	if !unary(fErf, dst, x) {
		for i, v := range x {
			dst[i] = ErfOne(v)
		}
	}
}
