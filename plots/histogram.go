package plots

import (
	"math"
	"sort"

	"gonum.org/v1/plot/plotter"
)

// Histogram counts the values in each series' Y in bins of equal width, the same
// for all series. bins is their number; 0 chooses it from the data (Freedman and
// Diaconis, 1981: a width of 2·IQR/n^⅓), between 5 and 60.
func Histogram(xlabel string, bins int, series ...Series) *Figure {
	if f := check("Histogram", series); f != nil {
		return f
	}
	low, high, dropped := extent(series)
	if low > high {
		return failed("Histogram: all %d values are NaN or infinite", dropped)
	}
	if low == high {
		low, high = low-0.5, high+0.5
	}
	if bins <= 0 {
		bins = freedmanDiaconis(series, low, high)
	}
	f := New(xlabel, "count")
	for i, s := range series {
		s = s.styled(i)
		outline := staircase(count(s.Y, low, high, bins), Range{low, high})
		base := plotter.XYs{{X: low, Y: 0}, {X: high, Y: 0}}
		f.Add(band{base, outline, tint(s.Colour, 0.3)}, &plotter.Line{XYs: outline, LineStyle: s.line()})
		f.Name(s.Name, &plotter.Line{LineStyle: s.line(), FillColor: tint(s.Colour, 0.3)})
	}
	f.leftOut(dropped)
	return f
}

// extent returns the range of all drawable Y, and how many are not.
func extent(series []Series) (low, high float64, dropped int) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, s := range series {
		for _, v := range s.Y {
			if !drawable(v) {
				dropped++
				continue
			}
			low, high = min(low, v), max(high, v)
		}
	}
	return low, high, dropped
}

func count(values []float64, low, high float64, bins int) []float64 {
	counts := make([]float64, bins)
	for _, v := range values {
		if drawable(v) && v >= low && v <= high {
			counts[min(bins-1, int((v-low)/(high-low)*float64(bins)))]++
		}
	}
	return counts
}

// staircase is the outline of bars over equal parts of x.
func staircase(heights []float64, x Range) plotter.XYs {
	line := plotter.XYs{{X: x[0], Y: 0}}
	for i, h := range heights {
		left, right := x.at(float64(i)/float64(len(heights))), x.at(float64(i+1)/float64(len(heights)))
		line = append(line, plotter.XY{X: left, Y: h}, plotter.XY{X: right, Y: h})
	}
	return append(line, plotter.XY{X: x[1], Y: 0})
}

func freedmanDiaconis(series []Series, low, high float64) int {
	var all []float64
	for _, s := range series {
		for _, v := range s.Y {
			if drawable(v) {
				all = append(all, v)
			}
		}
	}
	sort.Float64s(all)
	spread := all[len(all)*3/4] - all[len(all)/4]
	width := 2 * spread / math.Cbrt(float64(len(all))/float64(len(series)))
	if width == 0 {
		return 20
	}
	return int(min(60, max(5, math.Ceil((high-low)/width))))
}
