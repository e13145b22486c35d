package playground

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"descent/plots"
)

// A knob is a control with its name in a line of text. It holds its default
// until it is moved.
type knob struct {
	name    string
	control plots.Control // a *plots.Slider or *plots.Menu
}

// A board is all knobs of a playground, in groups under headings.
type board []struct {
	heading string
	knobs   []knob
}

func (b board) knobs() (all []knob) {
	for _, g := range b {
		all = append(all, g.knobs...)
	}
	return all
}

// line is the setting of all knobs.
func (b board) line() string {
	var words []string
	for _, k := range b.knobs() {
		words = append(words, k.name+"="+k.value())
	}
	return strings.Join(words, " ")
}

func (k knob) value() string {
	switch c := k.control.(type) {
	case *plots.Menu:
		return c.Options[c.Value]
	case *plots.Slider:
		return strconv.FormatFloat(c.Value, 'g', -1, 64)
	}
	panic(fmt.Sprintf("playground: %s is a %T", k.name, k.control))
}

// set moves the knobs that a line names and leaves the others. If something in
// the line is wrong it moves none.
func (b board) set(line string) error {
	knobs := b.knobs()
	moves := make([]func(), 0, len(knobs))
	for _, word := range strings.Fields(line) {
		name, value, _ := strings.Cut(word, "=")
		i := slices.IndexFunc(knobs, func(k knob) bool { return strings.EqualFold(k.name, name) })
		if i < 0 {
			return fmt.Errorf("playground: there is no control %q; there are %s", name, names(knobs))
		}
		move, err := knobs[i].to(value)
		if err != nil {
			return err
		}
		moves = append(moves, move)
	}
	for _, move := range moves {
		move()
	}
	return nil
}

// to returns what moves the knob to a value.
func (k knob) to(value string) (move func(), err error) {
	switch c := k.control.(type) {
	case *plots.Menu:
		i := slices.IndexFunc(c.Options, func(o string) bool { return strings.EqualFold(o, value) })
		if i < 0 {
			return nil, fmt.Errorf("playground: %s is %q, want one of %s", k.name, value, strings.Join(c.Options, ", "))
		}
		return func() { c.Value = i }, nil
	case *plots.Slider:
		v, err := strconv.ParseFloat(value, 64)
		low := c.Min
		if c.Zero {
			low = 0
		}
		if err != nil || !(v >= low && v <= c.Max) || (c.Step == 1 && v != math.Trunc(v)) {
			return nil, fmt.Errorf("playground: %s is %q, want %s from %g to %g", k.name, value, kindOf(c), low, c.Max)
		}
		return func() { c.Value = v }, nil
	}
	panic(fmt.Sprintf("playground: %s is a %T", k.name, k.control))
}

func kindOf(s *plots.Slider) string {
	if s.Step == 1 {
		return "a whole number"
	}
	return "a number"
}

func names(knobs []knob) string {
	var all []string
	for _, k := range knobs {
		all = append(all, k.name)
	}
	return strings.Join(all, ", ")
}

// fill sets the fields of a setting, a pointer to a struct, that are named as
// the knobs are.
func (b board) fill(setting any) {
	s := reflect.ValueOf(setting).Elem()
	for _, k := range b.knobs() {
		field := s.FieldByNameFunc(func(name string) bool { return strings.EqualFold(name, k.name) })
		switch c := k.control.(type) {
		case *plots.Menu:
			field.SetString(c.Options[c.Value])
		case *plots.Slider:
			if field.CanInt() {
				field.SetInt(int64(c.Value))
			} else {
				field.SetFloat(c.Value)
			}
		}
	}
}

// parse reads a line into a setting, with the board's defaults for the rest.
func (b board) parse(line string, setting any) error {
	if err := b.set(line); err != nil {
		return err
	}
	b.fill(setting)
	return nil
}

func menu(name string, options []string, chosen string) knob {
	return knob{name, &plots.Menu{Name: name, Options: options, Value: max(0, slices.Index(options, chosen))}}
}

func slider(name string, low, high, step, value float64) knob {
	return knob{name, &plots.Slider{Name: name, Min: low, Max: high, Step: step, Value: value}}
}

func logSlider(name string, low, high, step, value float64) knob {
	return knob{name, &plots.Slider{Name: name, Min: low, Max: high, Step: step, Value: value, Log: true}}
}
