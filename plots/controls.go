package plots

import (
	"encoding/json"
	"fmt"
	"html"
	"math"
	"strconv"
	"strings"
)

// A Control is a *Slider, *Menu, *Button, *Sheet or *Field, which the learner
// moves, an *Output, or a *Group of them.
type Control interface {
	element() string            // as HTML
	state() any                 // what the learner or the program changes
	set(report json.RawMessage) // takes the state that the page reports; nonsense changes nothing
}

// A Slider holds a number that the learner moves.
type Slider struct {
	Name     string
	Min, Max float64
	Value    float64 // to begin with; while Live runs, where the slider is
	Step     float64 // 0 means three significant digits
	Log      bool    // equal ways multiply by equal factors; Min must be positive
	Zero     bool    // with Log: the lowest place means 0, not Min
	Play     bool    // a button moves the slider up, a step with each picture
}

// A Menu holds a choice.
type Menu struct {
	Name    string
	Options []string
	Value   int // the index of the chosen option
}

// A Button counts how often it has been pressed.
type Button struct {
	Name   string
	Clicks int
}

// A Sheet is paper to draw on with the mouse or a finger, or with the arrow keys
// and space: Rows×Cols pixels of ink from 0 to 1.
type Sheet struct {
	Name       string
	Rows, Cols int
	Value      []float64 // row by row; nil begins with an empty sheet
}

// A Field is a line of text that the learner writes or pastes; Enter ends it.
type Field struct {
	Name  string
	Value string
}

// An Output is text that belongs to the picture; draw sets it. It stays when the
// controls have ended.
type Output struct {
	Name string
	Text string
	Code bool // letters of equal width, and a button that copies the text
}

// A Group is controls in a column under a heading, beside the picture where the
// page is wide enough.
type Group struct {
	Name     string
	Controls []Control
}

// places says which controls stand above the picture, below it and beside it.
func places(controls []Control) (above, below, beside []Control) {
	for _, c := range controls {
		if _, ok := c.(*Group); ok {
			if beside == nil {
				above, below = below, nil // so far
			}
			beside = append(beside, c)
		} else {
			below = append(below, c)
		}
	}
	return above, below, beside
}

// leaves are the controls, those in groups too, in the order of the page.
func leaves(controls []Control) (all []Control) {
	above, below, beside := places(controls)
	all = append(above, below...)
	for _, c := range beside {
		all = append(all, leaves(c.(*Group).Controls)...)
	}
	return all
}

func elements(controls []Control) string {
	var b strings.Builder
	for _, c := range controls {
		b.WriteString(c.element())
	}
	return b.String()
}

func checkControls(controls []Control) *Figure {
	for i, c := range controls {
		switch c := c.(type) {
		case *Slider:
			if !drawable(c.Min, c.Max, c.Value) || c.Min >= c.Max || (c.Log && c.Min <= 0) {
				return failed("Live: slider %q goes from %g to %g, want finite numbers that rise (above 0 with Log)", c.Name, c.Min, c.Max)
			}
		case *Menu:
			if c.Value < 0 || c.Value >= len(c.Options) {
				return failed("Live: menu %q has %d options and chooses %d", c.Name, len(c.Options), c.Value)
			}
		case *Sheet:
			if c.Value == nil {
				c.Value = make([]float64, max(0, c.Rows*c.Cols))
			}
			if c.Rows < 1 || c.Cols < 1 || len(c.Value) != c.Rows*c.Cols || !drawable(c.Value...) {
				return failed("Live: sheet %q is %d×%d and has %d values, want at least one pixel and a finite number for each", c.Name, c.Rows, c.Cols, len(c.Value))
			}
		case nil:
			return failed("Live: control %d is nil", i)
		}
	}
	return nil
}

// positions is how many steps a slider has.
func (s *Slider) positions() int {
	switch {
	case s.Log: // 40 for a factor of 10, so that round numbers are among them
		return max(1, int(math.Round(40*math.Log10(s.Max/s.Min))))
	case s.Step > 0:
		return max(1, int(math.Round((s.Max-s.Min)/s.Step)))
	}
	return 400
}

func (s *Slider) element() string {
	n, kind, play := s.positions(), "linear", ""
	at := (s.Value - s.Min) / (s.Max - s.Min)
	if s.Log {
		kind = "log"
		at = math.Log(max(s.Value, s.Min)/s.Min) / math.Log(s.Max/s.Min)
	}
	if s.Play {
		play = fmt.Sprintf(`<button type="button" data-play="yes" aria-label="play %s">▶</button>`, html.EscapeString(s.Name))
	}
	position := int(math.Round(min(1, max(0, at)) * float64(n)))
	return fmt.Sprintf(`<label><span>%s</span> <input type="range" aria-label="%[1]s" data-control="%s" data-min="%s" data-max="%s" data-step="%s" data-zero="%t" data-value="%s" min="0" max="%d" value="%d" step="1"> <output>%s</output>%s</label>`,
		html.EscapeString(s.Name), kind, exact(s.Min), exact(s.Max), exact(s.Step), s.Zero, exact(s.Value), n, position, short(s.Value), play)
}

func (s *Slider) state() any                 { return s.Value }
func (s *Slider) set(report json.RawMessage) { _ = json.Unmarshal(report, &s.Value) }

func (m *Menu) element() string {
	var b strings.Builder
	fmt.Fprintf(&b, `<label><span>%s</span> <select aria-label="%[1]s" data-control="menu">`, html.EscapeString(m.Name))
	for i, option := range m.Options {
		chosen := ""
		if i == m.Value {
			chosen = " selected"
		}
		fmt.Fprintf(&b, "<option%s>%s</option>", chosen, html.EscapeString(option))
	}
	b.WriteString("</select></label>")
	return b.String()
}

func (m *Menu) state() any { return m.Value }
func (m *Menu) set(report json.RawMessage) {
	_ = json.Unmarshal(report, &m.Value)
	m.Value = min(len(m.Options)-1, max(0, m.Value))
}

func (b *Button) element() string {
	return fmt.Sprintf(`<button type="button" data-control="button" data-clicks="%d">%s</button>`, b.Clicks, html.EscapeString(b.Name))
}

func (b *Button) state() any                 { return b.Clicks }
func (b *Button) set(report json.RawMessage) { _ = json.Unmarshal(report, &b.Clicks) }

func (s *Sheet) element() string {
	ink, _ := json.Marshal(s.Value) // finite numbers: checkControls has seen them
	return fmt.Sprintf(`<span data-sheet>%s <canvas data-control="sheet" data-ink="%s" width="%d" height="%d" tabindex="0" role="img" aria-label="%s: draw here with the mouse, or with the arrow keys and space" style="height:%dpx"></canvas><button type="button" data-clear="yes">Clear</button></span>`,
		html.EscapeString(s.Name), ink, s.Cols, s.Rows, html.EscapeString(s.Name), 224*s.Rows/s.Cols)
}

func (s *Sheet) state() any { return s.Value }
func (s *Sheet) set(report json.RawMessage) {
	var ink []float64
	if json.Unmarshal(report, &ink) == nil {
		copy(s.Value, ink)
	}
}

func (f *Field) element() string {
	return fmt.Sprintf(`<span data-line><label><span>%s</span> <input type="text" aria-label="%[1]s" data-control="field" value="%s" spellcheck="false" autocomplete="off"></label><button type="button" data-copy="yes">Copy</button></span>`,
		html.EscapeString(f.Name), html.EscapeString(f.Value))
}

func (f *Field) state() any                 { return f.Value }
func (f *Field) set(report json.RawMessage) { _ = json.Unmarshal(report, &f.Value) }

func (o *Output) element() string {
	if o.Code {
		return fmt.Sprintf(`<div data-text><b>%s</b><button type="button" data-copy="yes">Copy</button><pre data-control="output" tabindex="0">%s</pre></div>`,
			html.EscapeString(o.Name), html.EscapeString(o.Text))
	}
	return fmt.Sprintf(`<div data-text><b>%s</b> <span data-control="output" role="status">%s</span></div>`,
		html.EscapeString(o.Name), html.EscapeString(o.Text))
}

func (o *Output) state() any          { return o.Text }
func (o *Output) set(json.RawMessage) {} // the page has nothing to say

func (g *Group) element() string {
	return fmt.Sprintf("<fieldset><legend>%s</legend>%s</fieldset>", html.EscapeString(g.Name), elements(leaves(g.Controls)))
}

func (g *Group) state() any          { return nil }
func (g *Group) set(json.RawMessage) {}

// texts are the words among controls, as HTML that needs no style sheet.
func texts(controls []Control) string {
	var b strings.Builder
	write := func(name, text, style string) {
		if text != "" {
			fmt.Fprintf(&b, `<div><b>%s</b><pre style="margin:2px 0 8px;word-break:normal;overflow-wrap:break-word;%s">%s</pre></div>`, html.EscapeString(name), style, html.EscapeString(text))
		}
	}
	for _, c := range controls {
		switch c := c.(type) {
		case *Field:
			write(c.Name, c.Value, "white-space:pre-wrap")
		case *Output:
			if c.Code {
				write(c.Name, c.Text, "")
			} else {
				write(c.Name, c.Text, "white-space:pre-wrap;font-family:inherit")
			}
		}
	}
	return b.String()
}

func exact(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
