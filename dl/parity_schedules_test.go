package dl

import (
	"reflect"
	"testing"
)

func init() { // files do not hold schedules; fixtures do
	for _, s := range []any{ConstantRate(0), StepDecay{}, ExponentialDecay{}, CosineDecay{}, OneCycle{}, WarmUp{}} {
		Register(s)
	}
}

// TestParitySchedules compares the rate of every step with that of PyTorch's
// schedulers and Keras's schedules.
func TestParitySchedules(t *testing.T) {
	var fixture struct {
		Cases []struct {
			Name, From string
			Schedule   any
			Rates      *Tensor
		}
	}
	readFixture(t, "parity/schedules", &fixture)
	seen, worst := map[string]bool{}, 0.0
	for _, c := range fixture.Cases {
		t.Run(c.Name, func(t *testing.T) {
			v := described[RateSchedule](t, c.Schedule)
			rates := make([]float64, len(c.Rates.Data))
			for step := range rates {
				rates[step] = v.Rate(step)
			}
			e := agree(t, "rates", rates, c.Rates.Data, parityTolerance)
			t.Logf("%-50s %-5s %d steps %7.1e", c.Name, c.From, len(rates), e)
			worst = max(worst, e)
		})
		seenTypes(c.Schedule, seen)
	}
	t.Logf("%d cases, largest relative error %.1e", len(fixture.Cases), worst)
	checkAllSeen(t, seen, reflect.TypeFor[RateSchedule]())
}
