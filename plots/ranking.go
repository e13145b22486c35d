package plots

import (
	"fmt"
	"sort"

	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"
)

// Scored is what a binary classifier says about data whose classes are known.
type Scored struct {
	Name  string
	Score []float64 // larger means class 1 is likelier; for Calibration a probability
	Y     []float64 // the true class, 0 or 1
}

// check returns what is wrong with a classifier's scores, or nil.
func (s Scored) check(kind string) *Figure {
	if len(s.Score) != len(s.Y) || len(s.Y) == 0 {
		return failed("%s: %d scores and %d classes for %q, want as many, at least 1", kind, len(s.Score), len(s.Y), s.Name)
	}
	ones := 0
	for i, y := range s.Y {
		if y != 0 && y != 1 {
			return failed("%s: class %d of %q is %g, want 0 or 1", kind, i, s.Name, y)
		}
		if !drawable(s.Score[i]) {
			return failed("%s: score %d of %q is %g, want a finite number", kind, i, s.Name, s.Score[i])
		}
		ones += int(y)
	}
	if ones == 0 || ones == len(s.Y) {
		return failed("%s: all %d samples of %q are of class %g, want both classes", kind, len(s.Y), s.Name, s.Y[0])
	}
	return nil
}

// thresholds walks the samples from the highest score down and reports, after
// each group of equal scores, how many of class 1 and of class 0 are above.
func (s Scored) thresholds(report func(hits, falseAlarms float64)) (ones, zeros float64) {
	order := make([]int, len(s.Y))
	for i := range order {
		order[i] = i
		ones += s.Y[i]
	}
	sort.Slice(order, func(a, b int) bool { return s.Score[order[a]] > s.Score[order[b]] })
	hits, falseAlarms := 0.0, 0.0
	for i, k := range order {
		hits += s.Y[k]
		falseAlarms += 1 - s.Y[k]
		if i+1 == len(order) || s.Score[order[i+1]] != s.Score[k] {
			report(hits, falseAlarms)
		}
	}
	return ones, float64(len(s.Y)) - ones
}

// ROC draws receiver operating characteristics: for every threshold, the share
// of class 1 that is found against the share of class 0 that is taken for it.
// The legend gives the area under each curve (AUC); guessing is the diagonal.
func ROC(classifiers ...Scored) *Figure {
	f := square("false positive rate", "true positive rate (recall)")
	f.addGuess(plotter.XYs{{X: 0, Y: 0}, {X: 1, Y: 1}}, "guessing: 0.500")
	for i, s := range classifiers {
		if bad := s.check("ROC"); bad != nil {
			return bad
		}
		var x, y []float64
		ones, zeros := s.thresholds(func(h, f float64) { y, x = append(y, h), append(x, f) })
		x, y = append([]float64{0}, x...), append([]float64{0}, y...)
		area := 0.0
		for k := range x {
			x[k], y[k] = x[k]/zeros, y[k]/ones
			if k > 0 {
				area += (x[k] - x[k-1]) * (y[k] + y[k-1]) / 2
			}
		}
		f.addLine(Series{Name: fmt.Sprintf("%s: AUC %.3f", s.Name, area), X: x, Y: y}.styled(i))
	}
	if len(classifiers) == 0 {
		return failed("ROC: no classifier given")
	}
	return f
}

// PrecisionRecall draws, for every threshold, the share of samples above it that
// are of class 1 (precision) against the share of class 1 above it (recall). The
// legend gives the average precision; guessing has the precision of class 1's share.
func PrecisionRecall(classifiers ...Scored) *Figure {
	if len(classifiers) == 0 {
		return failed("PrecisionRecall: no classifier given")
	}
	f := square("recall", "precision")
	for i, s := range classifiers {
		if bad := s.check("PrecisionRecall"); bad != nil {
			return bad
		}
		var recall, precision []float64
		ones, zeros := s.thresholds(func(h, f float64) { recall, precision = append(recall, h), append(precision, h/(h+f)) })
		if i == 0 {
			share := ones / (ones + zeros)
			f.addGuess(plotter.XYs{{X: 0, Y: share}, {X: 1, Y: share}}, fmt.Sprintf("guessing: %.3f", share))
		}
		average, before := 0.0, 0.0
		for k := range recall {
			recall[k] /= ones
			average += (recall[k] - before) * precision[k]
			before = recall[k]
		}
		recall, precision = append([]float64{0}, recall...), append(precision[:1:1], precision...)
		f.addLine(Series{Name: fmt.Sprintf("%s: AP %.3f", s.Name, average), X: recall, Y: precision}.styled(i))
	}
	return f
}

// Calibration compares predicted probabilities with what happened: samples are
// put into ten bins by their probability, and each bin is a point, the mean
// probability against the share that are of class 1. A calibrated classifier
// lies on the diagonal.
func Calibration(classifiers ...Scored) *Figure {
	if len(classifiers) == 0 {
		return failed("Calibration: no classifier given")
	}
	f := square("predicted probability", "share of class 1")
	f.addGuess(plotter.XYs{{X: 0, Y: 0}, {X: 1, Y: 1}}, "calibrated")
	for i, s := range classifiers {
		if bad := s.check("Calibration"); bad != nil {
			return bad
		}
		const bins = 10
		var n, sum, ones [bins]float64
		for k, p := range s.Score {
			if p < 0 || p > 1 {
				return failed("Calibration: score %d of %q is %g, want a probability", k, s.Name, p)
			}
			b := min(bins-1, int(p*bins))
			n[b]++
			sum[b] += p
			ones[b] += s.Y[k]
		}
		line := Series{Name: s.Name, Points: true}
		for b := range n {
			if n[b] > 0 {
				line.X, line.Y = append(line.X, sum[b]/n[b]), append(line.Y, ones[b]/n[b])
			}
		}
		f.addLine(line.styled(i))
	}
	return f
}

// square is a plot of two shares.
func square(xlabel, ylabel string) *Figure {
	f := New(xlabel, ylabel)
	f.Width, f.Height = 560, 400
	f.X.Min, f.X.Max, f.Y.Min, f.Y.Max = 0, 1, 0, 1
	return f
}

// addGuess adds a thin reference line.
func (f *Figure) addGuess(line plotter.XYs, name string) {
	style := draw.LineStyle{Color: faint, Width: 0.8, Dashes: Dashes[2]}
	f.Add(&plotter.Line{XYs: line, LineStyle: style})
	f.Name(name, &plotter.Line{LineStyle: style})
}
