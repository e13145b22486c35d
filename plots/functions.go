package plots

// A Range is an interval of an axis, from its first value to its second.
type Range [2]float64

func (r Range) valid() bool { return drawable(r[0], r[1]) && r[0] < r[1] }

// at returns the point a fraction t along the range.
func (r Range) at(t float64) float64 { return r[0] + t*(r[1]-r[0]) }

// within is the part of the range between low and high.
func (r Range) within(low, high float64) Range { return Range{max(r[0], low), min(r[1], high)} }

// A Function is a curve y = F(x), with its derivative if that is to be drawn too.
type Function struct {
	Name       string
	F          func(x float64) float64
	Derivative func(x float64) float64 // nil draws none
}

// Functions draws functions over a range of x: each as a line and, in the same
// colour and dash but thinner, its derivative. Where a function is NaN or
// infinite it leaves a gap.
func Functions(xlabel string, x Range, functions ...Function) *Figure {
	if !x.valid() {
		return failed("Functions: the range is from %v to %v, want two finite numbers that rise", x[0], x[1])
	}
	if len(functions) == 0 {
		return failed("Functions: no function given")
	}
	f := New(xlabel, "")
	for i, fn := range functions {
		if fn.F == nil {
			return failed("Functions: function %d (%s) has no F", i+1, fn.Name)
		}
		f.addLine(Series{Name: fn.Name}.sampled(fn.F, x).styled(i))
		if fn.Derivative != nil {
			f.addLine(Series{Name: derivativeName(fn.Name), width: lineWidth / 2}.sampled(fn.Derivative, x).styled(i))
		}
	}
	return f
}

func derivativeName(name string) string {
	if name == "" {
		return ""
	}
	return "derivative of " + name
}

// sampled evaluates fn at 401 places, enough for a line as wide as the picture.
func (s Series) sampled(fn func(float64) float64, x Range) Series {
	const n = 401
	s.X, s.Y = make([]float64, n), make([]float64, n)
	for i := range s.X {
		s.X[i] = x.at(float64(i) / (n - 1))
		s.Y[i] = fn(s.X[i])
	}
	return s
}
