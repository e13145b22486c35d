package plots

import (
	"fmt"

	"gonum.org/v1/plot/plotter"
)

// Scatter draws each series as a cloud of points, in its own colour and shape.
func Scatter(xlabel, ylabel string, series ...Series) *Figure {
	if f := check("Scatter", series); f != nil {
		return f
	}
	f := New(xlabel, ylabel)
	dropped := 0
	for i, s := range series {
		dropped += f.addPoints(s.styled(i), len(series))
	}
	f.leftOut(dropped)
	return f
}

// addPoints adds a styled series as points; clouds is how many series share the
// picture. It returns how many values could not be drawn.
func (f *Figure) addPoints(s Series, clouds int) (dropped int) {
	parts, dropped := s.segments()
	var points plotter.XYs
	for _, part := range parts {
		points = append(points, part...)
	}
	if len(points) == 0 {
		return dropped
	}
	f.seen(points)
	if most := dense / clouds; len(points) > most {
		every := (len(points) + most - 1) / most
		kept := plotter.XYs{}
		for i := 0; i < len(points); i += every {
			kept = append(kept, points[i])
		}
		f.note(fmt.Sprintf("%sOne point in %d is drawn of %s.", prefix(s.Name), every, thousands(fmt.Sprint(len(points)))))
		points = kept
	}
	style := s.glyph()
	if len(points) > 300 {
		style.Radius = 1.8
	}
	f.Add(&plotter.Scatter{XYs: points, GlyphStyle: style})
	f.Name(s.Name, &plotter.Scatter{GlyphStyle: s.glyph()})
	return dropped
}

func prefix(name string) string {
	if name == "" {
		return ""
	}
	return name + ": "
}
