package dl

import (
	"math"

	"descent/dl/blas"
)

// RateSchedule gives the learning rate for the update after step others.
type RateSchedule interface {
	Rate(step int) float64
}

// Schedule is a callback that sets a learning rate before every update:
//
//	opt := dl.NewAdam(0.01)
//	dl.FitConfig{Callbacks: []dl.Callback{dl.Schedule(&opt.LR, dl.CosineDecay{Start: 0.01, Steps: 1000})}}
func Schedule(lr *float64, s RateSchedule) Callback {
	return func(t *Training) error {
		if t.Moment == Start || t.Moment == AfterBatch {
			*lr = s.Rate(t.Step)
		}
		return nil
	}
}

// ConstantRate is the same rate throughout.
type ConstantRate float64

// StepDecay multiplies the rate by Factor after every Every steps.
type StepDecay struct {
	Start  float64
	Factor float64 // such as 0.5
	Every  int     // steps, at least 1
}

// ExponentialDecay is Start·Factor^(step/Every), without stairs.
type ExponentialDecay struct {
	Start  float64
	Factor float64
	Every  int // steps, at least 1
}

// CosineDecay falls from Start to End along half a cosine over Steps and then
// stays there (Loshchilov and Hutter 2017, equation 5, without restarts).
type CosineDecay struct {
	Start, End float64
	Steps      int
}

// OneCycle rises from Max/25 to Max over the first 30 % of Steps and falls to
// Max/250,000 over the rest, both along half a cosine (Smith and Topin 2018,
// in the form and with the defaults of PyTorch).
type OneCycle struct {
	Max   float64
	Steps int
}

// WarmUp rises in a straight line from 0 to the first rate of Then over Steps,
// and goes on with Then.
type WarmUp struct {
	Steps int
	Then  RateSchedule
}

func (c ConstantRate) Rate(int) float64 { return float64(c) }

func (s StepDecay) Rate(step int) float64 { return s.Start * power(s.Factor, step/max(s.Every, 1)) }

func (e ExponentialDecay) Rate(step int) float64 {
	return e.Start * blas.ExpOne(float64(step)/float64(max(e.Every, 1))*blas.LogOne(e.Factor))
}

func (c CosineDecay) Rate(step int) float64 {
	return halfCosine(c.Start, c.End, float64(step)/float64(max(c.Steps, 1)))
}

func (o OneCycle) Rate(step int) float64 {
	start, last := o.Max/25, float64(o.Steps-1)
	top := float64(0.3*float64(o.Steps)) - 1
	if s := float64(step); s < top {
		return halfCosine(start, o.Max, s/top)
	} else if last > top {
		return halfCosine(o.Max, start/1e4, (s-top)/(last-top))
	}
	return start / 1e4
}

func (w WarmUp) Rate(step int) float64 {
	if step < w.Steps {
		return w.Then.Rate(0) * float64(step) / float64(w.Steps)
	}
	return w.Then.Rate(step - w.Steps)
}

// halfCosine goes from a to b as x goes from 0 to 1, and stays there.
func halfCosine(a, b, x float64) float64 {
	x = math.Min(math.Max(x, 0), 1)
	return math.FMA((a-b)/2, 1+blas.CosOne(math.Pi*x), b)
}
