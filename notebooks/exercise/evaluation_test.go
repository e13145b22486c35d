package exercise

var evaluationAnswers = []answerCase{
	{"09.1", func(tp, fp, fn, tn float64) [2]float64 { return [2]float64{-1, -1} }, "○"},
	{"09.1", func(tp, fp, fn, tn float64) [2]float64 { return [2]float64{tp / max(1, tp+fp), tp / max(1, tp+fn)} }, "✓"},
	{"09.1", func(tp, fp, fn, tn float64) [2]float64 { return [2]float64{tp / (tp + fn), tp / (tp + fp)} }, "the two are exchanged"},
	{"09.1", func(tp, fp, fn, tn float64) [2]float64 { return [2]float64{tp / (tp + fp), tp / (tp + fn)} }, "0 is divided by 0"},
	{"09.1", func(tp, fp, fn, tn float64) [2]float64 {
		return [2]float64{(tp + tn) / (tp + fp + fn + tn), tp / (tp + fn)}
	}, "that is the accuracy"},
	{"09.1", func(tp, fp, fn, tn float64) [2]float64 { return [2]float64{tp / (tp + fp), tn / (tn + fp)} }, "the negatives that were left alone"},
	{"09.2", func(miss, alarm float64) float64 { return 0 }, "○"},
	{"09.2", func(miss, alarm float64) float64 { return miss / alarm }, "a threshold is a probability"},
	{"09.2", func(miss, alarm float64) float64 { return 0.5 }, "both mistakes cost the same"},
	{"09.2", func(miss, alarm float64) float64 { return alarm / (alarm + miss) }, "✓"},
	{"09.2", func(miss, alarm float64) float64 { return miss / (alarm + miss) }, "the lower the line"},
	{"09.2", func(miss, alarm float64) float64 { return alarm / miss }, "not with 1"},
	{"09.3", func(score, y []float64) float64 { return 0 }, "○"},
	{"09.3", pairs(1, 0.5), "✓"},
	{"09.3", pairs(1, 0), "it should count half"},
	{"09.3", pairs(1, 1), "counts fully in yours"},
	{"09.3", pairs(-1, 0.5), "the negative is higher"},
	{"09.3", func(score, y []float64) float64 { return 9 * pairs(1, 0.5)(score, y) }, "the number of pairs"},
	{"09.3", func(score, y []float64) float64 { return 9.0 / 36 * pairs(1, 0.5)(score, y) }, "you divide by all pairs"},
	{"09.3", func(score, y []float64) float64 { return 6.5 / 9 }, "for scores [-5 2 7]"},
}

// pairs counts pairs with the positive higher (or lower, for way -1) and ties.
func pairs(way, tie float64) func(score, y []float64) float64 {
	return func(score, y []float64) float64 {
		sum, n := 0.0, 0.0
		for i := range y {
			for j := range y {
				if y[i] == 1 && y[j] == 0 {
					n++
					if d := way * (score[i] - score[j]); d > 0 {
						sum++
					} else if d == 0 {
						sum += tie
					}
				}
			}
		}
		return sum / n
	}
}
