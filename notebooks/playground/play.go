package playground

import (
	"fmt"
	"strings"

	"descent/plots"
)

// A trained setting says what there is to see.
type trained interface {
	picture() plots.Drawer
	numbers() string
}

// Regress shows the article's regression with controls: the fit, the loss, the
// loss surface with the path of the weights, and the weights. It begins with the
// setting of a line.
func Regress(line string) {
	play("Four panels: the data with the fitted model, the loss over the epochs, the loss over the weights with the path that training took, and the weights over the epochs.",
		regressionBoard(), regressionPresets, line, func(b board) (trained, string, error) {
			var r Regression
			b.fill(&r)
			run, err := r.run()
			return run, r.Code(), err
		})
}

// Classify shows a classifier of points in the plane with controls: its regions,
// the loss, and what each hidden unit sees. It begins with the setting of a line.
func Classify(line string) {
	play("The plane in the colours of the classes that the network gives its places, the loss over the epochs on training and validation data, and one small map for each hidden unit.",
		classifierBoard(), classifierPresets, line, func(b board) (trained, string, error) {
			var c Classifier
			b.fill(&c)
			run, err := c.run()
			return run, c.Code(), err
		})
}

// play joins a board to the picture of what it says.
func play(alt string, b board, presets []Preset, line string, train func(board) (trained, string, error)) {
	d := newDesk(b, presets, line)
	d.train = train
	plots.Live(alt, d.draw, d.controls()...)
}

// A desk is a board with what stands around it.
type desk struct {
	board
	train    func(board) (trained, string, error)
	defaults string
	presets  []Preset
	preset   *plots.Menu
	again    *plots.Button // back to the preset
	look     *plots.Output // what the preset shows
	numbers  *plots.Output
	line     *plots.Field // the setting, to pass on and to paste
	code     *plots.Output

	chosen, clicks int    // the preset and the clicks that have been seen
	shown          string // the line that has been seen
	wrong          error  // what is wrong with a line from outside
	own            bool   // the setting is still the cell's, and no preset's
}

// newDesk begins with a line; what is wrong with it stands where presets say
// what to look at.
func newDesk(b board, presets []Preset, line string) *desk {
	d := &desk{board: b, defaults: b.line(), presets: presets,
		preset:  &plots.Menu{Name: "preset"},
		again:   &plots.Button{Name: "Back to the preset"},
		look:    &plots.Output{},
		numbers: &plots.Output{Name: "Numbers", Code: true},
		line:    &plots.Field{Name: "setting"},
		code:    &plots.Output{Name: "This setting in Go", Code: true},
	}
	for _, p := range presets {
		d.preset.Options = append(d.preset.Options, p.Name)
	}
	d.wrong, d.own = b.set(line), line != "" && line != presets[0].Line
	d.shown = b.line()
	d.line.Value = d.shown
	return d
}

func (d *desk) controls() []plots.Control {
	all := []plots.Control{d.preset, d.again, d.look}
	for _, g := range d.board {
		group := &plots.Group{Name: g.heading}
		for _, k := range g.knobs {
			group.Controls = append(group.Controls, k.control)
		}
		all = append(all, group)
	}
	return append(all, d.numbers, d.line, d.code)
}

// draw takes what has been moved, trains and shows.
func (d *desk) draw() plots.Drawer {
	switch {
	case d.preset.Value != d.chosen, d.again.Clicks != d.clicks:
		d.chosen, d.clicks, d.own = d.preset.Value, d.again.Clicks, false
		d.wrong = d.set(d.defaults + " " + d.presets[d.chosen].Line)
	case d.line.Value != d.shown:
		d.wrong = d.set(d.line.Value)
	default:
		if d.line.Value != d.board.line() {
			d.wrong = nil // a control has been moved: what was wrong with a line is past
		}
	}
	d.shown = d.board.line()
	d.line.Value = d.shown
	p := d.presets[d.chosen]
	d.look.Text = fmt.Sprintf("%s Notebook %s explains it, in section %d.", p.Look, p.Notebook, p.Section)
	if d.own {
		d.look.Text = ""
	}
	if d.wrong != nil {
		d.look.Text = "The setting was not taken: " + strings.TrimPrefix(d.wrong.Error(), "playground: ") + "."
	}
	run, code, err := d.train(d.board)
	d.code.Text = code
	if err != nil {
		d.numbers.Text = fmt.Sprint(err)
		return plots.New("", "")
	}
	d.numbers.Text = run.numbers()
	return run.picture()
}
