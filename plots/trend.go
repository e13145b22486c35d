package plots

import "fmt"

// Trend proposes alt text for a curve: "loss falls from 14.2 to 0.31 over 1,000
// epochs". unit names one step, in the plural.
func Trend(quantity string, values []float64, unit string) string {
	first, last, n := 0.0, 0.0, 0
	for _, v := range values {
		if !drawable(v) {
			continue
		}
		if n == 0 {
			first = v
		}
		last, n = v, n+1
	}
	if n == 0 {
		return fmt.Sprintf("%s has no values", quantity)
	}
	verb := "stays at"
	switch {
	case short(first) == short(last):
		return fmt.Sprintf("%s %s %s over %s %s", quantity, verb, short(last), thousands(fmt.Sprint(len(values))), unit)
	case last < first:
		verb = "falls"
	case last > first:
		verb = "rises"
	}
	text := fmt.Sprintf("%s %s from %s to %s over %s %s", quantity, verb, short(first), short(last), thousands(fmt.Sprint(len(values))), unit)
	if n < len(values) {
		text += ", with values that are not numbers"
	}
	return text
}
