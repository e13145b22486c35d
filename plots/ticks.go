package plots

import (
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
)

// Ticks places few, round numbers on an axis: about five steps of 1, 2, 2.5 or 5
// times a power of ten. It is the plot.Ticker of every linear axis in the theme.
type Ticks struct {
	Count int  // the number of labels aimed at; 0 means 5
	Whole bool // only whole numbers, as for epochs
}

// Ticks implements plot.Ticker.
func (t Ticks) Ticks(low, high float64) (ticks []plot.Tick) {
	if !(high > low) || math.IsInf(high-low, 0) {
		return nil
	}
	if t.Count <= 0 {
		t.Count = 5
	}
	step := roundStep((high - low) / float64(t.Count))
	if t.Whole {
		step = max(1, math.Floor(step)) // 2 for 2.5
	}
	first := math.Ceil(low/step - 1e-9)
	for i := 0.0; i < 50; i++ {
		v := (first + i) * step
		if v > high+step*1e-9 {
			break
		}
		if first+i == 0 {
			v = 0 // not −0
		}
		ticks = append(ticks, plot.Tick{Value: v, Label: number(v, step)})
	}
	return ticks
}

// roundStep returns the round number nearest to step from above or just below.
func roundStep(step float64) float64 {
	scale := math.Pow(10, math.Floor(math.Log10(step)))
	for _, m := range []float64{1, 2, 2.5, 5, 10} {
		if step <= m*scale*1.2 {
			return m * scale
		}
	}
	return 10 * scale
}

// number writes v with the decimals that a step needs: 0.05, 2,000, 3·10⁶, 2·10⁻⁵.
func number(v, step float64) string {
	if v == 0 {
		return "0"
	}
	size := max(math.Abs(v), step)
	if size >= 1e6 || size < 1e-3 {
		exponent := int(math.Floor(math.Log10(math.Abs(v)) + 1e-9))
		if step < 1e-3*math.Abs(v) && size < 1e12 { // far from zero: digits matter more than length
			return minus(thousands(strconv.FormatFloat(v, 'f', decimals(step), 64)))
		}
		m := strconv.FormatFloat(v/math.Pow(10, float64(exponent)), 'f', decimals(step/math.Pow(10, float64(exponent))), 64)
		return minus(m) + "·" + power(exponent)
	}
	return minus(thousands(strconv.FormatFloat(v, 'f', decimals(step), 64)))
}

// decimals is how many decimals tell multiples of step apart.
func decimals(step float64) int {
	for d := 0; d < 9; d++ {
		if scaled := step * math.Pow(10, float64(d)); math.Abs(scaled-math.Round(scaled)) < 1e-6*scaled {
			return d
		}
	}
	return 9
}

// power writes a power of ten: 10⁻³.
func power(exponent int) string {
	return "10" + strings.NewReplacer(pairs("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")...).Replace(strconv.Itoa(exponent))
}

func minus(s string) string { return strings.Replace(s, "-", "−", 1) }

// thousands groups the digits before the point: 12,500.
func thousands(s string) string {
	point := strings.IndexByte(s, '.')
	if point < 0 {
		point = len(s)
	}
	for i := point - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// logScale is a logarithmic axis that puts what is not positive at its low end.
type logScale struct{}

// Normalize implements plot.Normalizer.
func (logScale) Normalize(low, high, x float64) float64 {
	low, high = positiveRange(low, high)
	if x <= 0 {
		return 0
	}
	return clean(math.Log(x/low) / math.Log(high/low))
}

// clean keeps a position finite: the drawing library hangs or panics on others.
func clean(position float64) float64 {
	if math.IsNaN(position) {
		return 0.5
	}
	return min(1e4, max(-1e4, position))
}

func positiveRange(low, high float64) (float64, float64) {
	if !(high > 0) {
		return 0.1, 1
	}
	if !(low > 0) {
		low = high / 1e6
	}
	if low >= high {
		low = high / 10
	}
	return low, high
}

// logTicks labels powers of ten, every n-th when there are many, and 1, 2, 5
// when there are few.
type logTicks struct{}

// Ticks implements plot.Ticker.
func (logTicks) Ticks(low, high float64) (ticks []plot.Tick) {
	low, high = positiveRange(low, high)
	first, last := int(math.Ceil(math.Log10(low)-1e-9)), int(math.Floor(math.Log10(high)+1e-9))
	if last-first < 1 {
		return fewLogTicks(low, high, first-1, last+1)
	}
	every := int(math.Ceil(roundStep(float64(last-first) / 5)))
	plain := first >= -3 && last <= 5
	for e := first; e <= last; e++ {
		tick := plot.Tick{Value: math.Pow(10, float64(e))}
		if e%every == 0 {
			tick.Label = power(e)
			if plain {
				tick.Label = number(tick.Value, tick.Value)
			}
		}
		if tick.Label != "" || last-first <= 24 {
			ticks = append(ticks, tick)
		}
		for m := 2.0; m < 10 && last-first <= 4; m++ {
			ticks = append(ticks, plot.Tick{Value: m * tick.Value}, plot.Tick{Value: m * tick.Value / 10})
		}
	}
	return ticks
}

func fewLogTicks(low, high float64, first, last int) (ticks []plot.Tick) {
	for e := first; e <= last; e++ {
		for _, m := range []float64{1, 2, 5} {
			if v := m * math.Pow(10, float64(e)); v >= low*(1-1e-9) && v <= high*(1+1e-9) {
				ticks = append(ticks, plot.Tick{Value: v, Label: number(v, v)})
			}
		}
	}
	if len(ticks) < 2 {
		return Ticks{}.Ticks(low, high)
	}
	return ticks
}
