package playground

import (
	"encoding/json"
	"fmt"
	"go/format"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"descent/plots"
)

func TestDefaultsAreThoseOfTheArticle(t *testing.T) {
	r, err := ParseRegression("")
	want := Regression{Data: "article", Rows: 4, Noise: 1, Inputs: "raw", Sample: 1,
		Loss: "MSE", Optimizer: "Adam", Rate: 0.001, Batch: 32, Epochs: 1000, Seed: 1}
	if err != nil || r != want {
		t.Errorf("the default is %+v (%v), want %+v", r, err, want)
	}
	run, err := r.run()
	if err != nil {
		t.Fatal(err)
	}
	// Notebook 04 prints the same weights.
	if got := run.result(); !strings.HasSuffix(got, "θ = [0.116682 0.85793 0.851754]") {
		t.Errorf("the article's program ends at %s", got)
	}
}

// What a board says in a line, it takes back, and values in any order or case.
func TestSettingsTravelAsLines(t *testing.T) {
	b := classifierBoard()
	if err := b.set("RATE=0.0337 data=xor units=3"); err != nil {
		t.Fatal(err)
	}
	again := classifierBoard()
	if err := again.set(b.line()); err != nil || again.line() != b.line() {
		t.Errorf("%s comes back as %s (%v)", b.line(), again.line(), err)
	}
	var c Classifier
	b.fill(&c)
	if c.Data != "XOR" || c.Rate != 0.0337 || c.Units != 3 || c.Activation != "tanh" {
		t.Errorf("the line gives %+v", c)
	}
}

func TestBadLinesAreRefusedWhole(t *testing.T) {
	for line, want := range map[string]string{
		"units=3 speed=2":          `there is no control "speed"; there are data, points`,
		"units=3 data=mouns":       `data is "mouns", want one of moons, circles`,
		"units=3 noise=7":          `noise is "7", want a number from 0 to 1`,
		"units=3 layers=1.5":       `layers is "1.5", want a whole number from 0 to 6`,
		"units=3 rate=fast":        `rate is "fast", want a number from 0.0001 to 10`,
		"units=3 rate=NaN":         `rate is "NaN"`,
		"units=3 layers":           `layers is ""`,
		"units=3 dropout=1e999":    `dropout is "1e999"`,
		"units=3 epochs=-1":        `epochs is "-1"`,
		"units=3 activation=Swish": `activation is "Swish"`,
	} {
		b := classifierBoard()
		before := b.line()
		if err := b.set(line); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: the error is %v, want %q in it", line, err, want)
		}
		if b.line() != before {
			t.Errorf("%s: half of the line was taken: %s", line, b.line())
		}
	}
}

// Each choice of each menu, and each end of each slider, trains and draws.
func TestEveryControlWorks(t *testing.T) {
	each := func(b board, try func(line string)) {
		for _, k := range b.knobs() {
			switch c := k.control.(type) {
			case *plots.Menu:
				for _, o := range c.Options {
					try(k.name + "=" + o)
				}
			case *plots.Slider:
				try(fmt.Sprintf("%s=%g", k.name, c.Min))
				if k.name != "epochs" || !testing.Short() {
					try(fmt.Sprintf("%s=%g", k.name, c.Max))
				}
			}
		}
	}
	each(regressionBoard(), func(line string) {
		r, err := ParseRegression(line)
		if err != nil {
			t.Fatal(line, err)
		}
		run, err := r.run()
		if err != nil {
			t.Fatal(line, err)
		}
		check(t, line, run)
	})
	each(classifierBoard(), func(line string) {
		c, err := ParseClassifier(line)
		if err != nil {
			t.Fatal(line, err)
		}
		run, err := c.run()
		if err != nil {
			t.Fatal(line, err)
		}
		check(t, line, run)
	})
}

func check(t *testing.T, line string, run trained) {
	t.Helper()
	f := run.picture().(*plots.Figure)
	if f.Err() != nil || f.Width != 640 && f.Width != 660 {
		t.Errorf("%s: the picture is %d wide, error %v", line, f.Width, f.Err())
	}
	plots.PNG(f)
	if run.numbers() == "" {
		t.Errorf("%s: no numbers", line)
	}
}

// The cells that Code writes compile, and print what the playground shows. They
// are the functions of one program; each option occurs in one of them.
func TestCodeGivesTheSameNumbers(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program")
	}
	var program, want strings.Builder
	calls := ""
	add := func(code, result string, failure error) {
		head, body, ok := strings.Cut(code, "%%\n")
		if !ok || !strings.HasPrefix(head, "import (") {
			t.Fatalf("the cell is no imports and a %%%%: %s", code)
		}
		if program.Len() == 0 {
			program.WriteString("package main\n\n" + head)
		}
		n := strings.Count(calls, "\n")
		calls += fmt.Sprintf("cell%d()\n", n)
		fmt.Fprintf(&program, "func cell%d() {\n%s}\n", n, body)
		if failure != nil {
			fmt.Fprintln(&want, failure)
		}
		fmt.Fprintln(&want, result)
	}
	for _, line := range regressionLines() {
		r, err := ParseRegression(line)
		if err != nil {
			t.Fatal(line, err)
		}
		run, err := r.run()
		if err != nil {
			t.Fatal(line, err)
		}
		add(r.Code(), run.result(), run.failure)
	}
	for _, line := range classifierLines() {
		c, err := ParseClassifier(line)
		if err != nil {
			t.Fatal(line, err)
		}
		run, err := c.run()
		if err != nil {
			t.Fatal(line, err)
		}
		add(c.Code(), run.result(), run.failure)
	}
	fmt.Fprintf(&program, "func main() {\n%s}\n", calls)
	text, err := format.Source([]byte(program.String()))
	if err != nil {
		t.Fatalf("%v in\n%s", err, &program)
	}
	path := filepath.Join(t.TempDir(), "main.go")
	if err := os.WriteFile(path, text, 0o666); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("go", "run", path).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	got, expected := strings.Split(string(out), "\n"), strings.Split(want.String(), "\n")
	for i := range expected {
		if i >= len(got) || got[i] != expected[i] {
			t.Fatalf("line %d of what the cells print is\n%q, want\n%q", i, got[min(i, len(got)-1)], expected[i])
		}
	}
}

// regressionLines are the presets and lines in which each choice occurs.
func regressionLines() []string { return lines(regressionBoard(), regressionPresets) }

func classifierLines() []string {
	return append(lines(classifierBoard(), classifierPresets),
		"loss=MSE data=blobs noise=1", "dropout=0.3 layers=2 activation=none L2=0.001", "layers=2 activation=LeakyReLU optimizer=SGD rate=3")
}

func lines(b board, presets []Preset) (all []string) {
	for _, p := range presets {
		all = append(all, p.Line)
	}
	for _, k := range b.knobs() {
		if m, ok := k.control.(*plots.Menu); ok {
			for _, o := range m.Options {
				all = append(all, k.name+"="+o+" epochs=20")
			}
		}
	}
	return all
}

// Presets promise what there is to see; it is there.
func TestPresetsShowWhatTheySay(t *testing.T) {
	regression := func(name, more string) (run *regressionRun, train, validation float64) {
		t.Helper()
		r, err := ParseRegression(lineOf(t, regressionPresets, name) + " " + more)
		if err != nil {
			t.Fatal(err)
		}
		if run, err = r.run(); err != nil {
			t.Fatal(err)
		}
		a, b := losses(run.model, run.train, run.validation)
		return run, a["loss"], b["loss"]
	}
	classifier := func(name, more string) (run *classifierRun, train, validation map[string]float64) {
		t.Helper()
		c, err := ParseClassifier(lineOf(t, classifierPresets, name) + " " + more)
		if err != nil {
			t.Fatal(err)
		}
		if run, err = c.run(); err != nil {
			t.Fatal(err)
		}
		train, validation = losses(run.model, run.train, run.validation)
		return run, train, validation
	}
	promise := func(what string, kept bool) {
		t.Helper()
		if !kept {
			t.Error("not so: " + what)
		}
	}

	run, J, _ := regression("The article's program", "")
	promise("the article's program has not arrived", J > 100*run.lowest())
	for j, w := range run.path[len(run.path)-1] {
		promise("no weight has travelled further than 1", math.Abs(w-run.path[0][j]) < 1)
	}
	run, J, _ = regression("The article's program", "rate=0.1")
	promise("a rate of 0.1 arrives", J < 1.001*run.lowest())
	one, J1, _ := regression("Weights that cannot be known", "seed=1")
	two, J2, _ := regression("Weights that cannot be known", "seed=2")
	promise("two starts have one loss", math.Abs(J1-J2) < 1e-6)
	promise("two starts have two ends", math.Abs(one.model.Params.Value[0]-two.model.Params.Value[0]) > 0.1)
	run, J, _ = regression("Rate just below the limit", "")
	promise("below the limit SGD is stable", J < 2*run.lowest() && run.Rate < 2/run.sharpness())
	run, J, _ = regression("Rate just above the limit", "")
	promise("above the limit the loss grows", J > 1e6 && run.Rate > 2/run.sharpness())
	_, J, _ = regression("One row a step", "")
	_, calm, _ := regression("One row a step", "batch=4")
	promise("one row a step wanders", J > 2*calm)
	_, J, _ = regression("Adam without correction", "")
	_, J1, _ = regression("The article's program", "")
	promise("Adam without correction is ahead", J < J1/5)
	_, J, _ = regression("Features of unequal size", "")
	run, J1, _ = regression("Features of unequal size", "inputs=standardised rate=0.1")
	promise("scaling helps", J > 2*run.lowest() && J1 < 1.01*run.lowest())
	_, _, V := regression("Outliers", "")
	for _, loss := range []string{"MAE", "Huber"} {
		run, _, _ := regression("Outliers", "loss="+loss)
		run.model.Compile(run.model.Optimizer, find(distances, "MSE").make)
		_, v := losses(run.model, run.train, run.validation)
		promise(loss+" is closer to the validation points", v["loss"] < V/2)
	}
	_, J, V = regression("Few rows and much noise", "")
	_, J1, V1 := regression("Few rows and much noise", "rows=64")
	promise("four rows are learnt by heart", V > 5*J && V1 < 2*J1)

	_, T, v := classifier("Two moons", "")
	promise("the moons are learnt", T["accuracy"] > 0.97 && v["accuracy"] > 0.94)
	_, _, v = classifier("XOR and one layer", "")
	promise("one layer guesses", v["accuracy"] < 0.6)
	_, _, v = classifier("XOR and one layer", "layers=1")
	promise("a hidden layer solves XOR", v["accuracy"] > 0.97)
	_, _, v = classifier("Layers without activation", "")
	promise("linear layers guess", v["accuracy"] < 0.6)
	_, _, v = classifier("Layers without activation", "activation=tanh")
	promise("with tanh they do not", v["accuracy"] > 0.97)
	c, T, v := classifier("Two spirals", "")
	promise("the validation loss turns", v["loss"] > 2*lowest(c.history.ValLoss) && T["loss"] < 0.01)
	_, T, _ = classifier("Rate too high", "")
	_, better, _ := classifier("Rate too high", "rate=0.1")
	promise("momentum at 1 is too fast", T["loss"] > 5*better["loss"])
	_, T, _ = classifier("Rate too low", "")
	promise("0.0001 hardly moves", T["loss"] > 0.6)
	c, _, v = classifier("Dead ReLUs", "")
	promise("layer 2 is dead", count(c.dead()[1]) == 8 && v["accuracy"] == 0.5)
	c, _, _ = classifier("Dead ReLUs", "epochs=19")
	promise("before epoch 20 it was not", count(c.dead()[1]) < 8)
	c, _, v = classifier("Dead ReLUs", "rate=0.3")
	promise("0.3 keeps it alive", count(c.dead()[1]) == 0 && v["accuracy"] > 0.94)
	c, T, _ = classifier("Vanishing gradient", "")
	_ = c.numbers() // leaves the gradient of all training points
	promise("the gradient vanishes", c.norm("0.Dense", true) < 0.01*c.norm("12.Dense", true) && math.Abs(T["loss"]-0.693) < 0.001)
	_, _, v = classifier("Vanishing gradient", "activation=tanh")
	promise("tanh learns", v["accuracy"] > 0.94)
	c, T, v = classifier("Noise learnt by heart", "")
	promise("noise is learnt by heart", T["accuracy"] == 1 && v["loss"] > 10*lowest(c.history.ValLoss))
	_, _, v = classifier("Inputs not scaled", "")
	_, _, scaled := classifier("Inputs not scaled", "inputs=standardised")
	promise("scaling helps", v["accuracy"] < 0.85 && scaled["accuracy"] > 0.94)
	c, T, _ = classifier("All weights zero", "")
	promise("zeros stay", c.norm("0.Dense", false) == 0 && math.Abs(T["loss"]-0.693) < 0.001)
	c, T, _ = classifier("Weights too small", "")
	_ = c.numbers()
	promise("small weights give a small gradient", c.norm("0.Dense", true) < 1e-6 && math.Abs(T["loss"]-0.693) < 0.001)
	_, _, v = classifier("Weights too small", "init=Glorot")
	promise("Glorot learns", v["accuracy"] > 0.8)
	_, _, v = classifier("Surely wrong, and squared", "")
	_, _, cross := classifier("Surely wrong, and squared", "loss=cross-entropy")
	promise("the squared error is flat", v["accuracy"] < cross["accuracy"]-0.1)
	_, T, _ = classifier("Batches too large", "")
	_, better, _ = classifier("Batches too large", "batch=16")
	promise("one step an epoch is slow", T["loss"] > 2*better["loss"])
	_, T, _ = classifier("Dropout for nothing", "")
	_, better, _ = classifier("Dropout for nothing", "dropout=0")
	promise("dropout keeps it from fitting", T["loss"] > 4*better["loss"])
}

func count(dead []bool) (n int) {
	for _, d := range dead {
		if d {
			n++
		}
	}
	return n
}

func lowest(values []float64) float64 {
	low := math.Inf(1)
	for _, v := range values {
		low = min(low, v)
	}
	return low
}

func lineOf(t *testing.T, presets []Preset, name string) string {
	t.Helper()
	for _, p := range presets {
		if p.Name == name {
			return p.Line
		}
	}
	t.Fatalf("there is no preset %q", name)
	return ""
}

// Each preset names a section that is there, and the notebook lists it with a link.
func TestPresetsPointToTheCourse(t *testing.T) {
	list := prose(t, "../playground.ipynb")
	for _, p := range append(append([]Preset{}, regressionPresets...), classifierPresets...) {
		paths, err := filepath.Glob("../" + p.Notebook + "-*.ipynb")
		if err != nil || len(paths) != 1 {
			t.Errorf("%s: notebook %s is %v", p.Name, p.Notebook, paths)
			continue
		}
		if heading := fmt.Sprintf("\n## %d ", p.Section); !strings.Contains(prose(t, paths[0]), heading) {
			t.Errorf("%s: notebook %s has no section %d", p.Name, p.Notebook, p.Section)
		}
		if row := fmt.Sprintf("| %s | ", p.Name); !strings.Contains(list, row) || !strings.Contains(rest(list, row), fmt.Sprintf("[%s, section %d](%s", p.Notebook, p.Section, filepath.Base(paths[0]))) {
			t.Errorf("playground.ipynb does not list %q with a link to %s, section %d", p.Name, filepath.Base(paths[0]), p.Section)
		}
	}
}

// rest is what follows row on its line.
func rest(text, row string) string {
	_, after, _ := strings.Cut(text, row)
	line, _, _ := strings.Cut(after, "\n")
	return line
}

// The notebook shows the code of the regression as it begins, and what it prints.
func TestNotebookShowsTheCode(t *testing.T) {
	r, err := ParseRegression("")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(cells(t, "../playground.ipynb", "code"), r.Code()) {
		t.Errorf("playground.ipynb has no cell with\n%s", r.Code())
	}
}

func prose(t *testing.T, path string) string {
	t.Helper()
	return cells(t, path, "markdown")
}

// cells is the text of all cells of a kind.
func cells(t *testing.T, path, kind string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var n struct {
		Cells []struct {
			Type   string   `json:"cell_type"`
			Source []string `json:"source"`
		} `json:"cells"`
	}
	if err := json.Unmarshal(text, &n); err != nil {
		t.Fatal(err)
	}
	all := ""
	for _, c := range n.Cells {
		if c.Type == kind {
			all += "\n" + strings.Join(c.Source, "") + "\n"
		}
	}
	return all
}

// The desk does what a learner expects of preset, button, field and controls.
func TestDeskFollowsPresetsLinesAndControls(t *testing.T) {
	trainings := 0
	d := newDesk(classifierBoard(), classifierPresets, "units=3")
	d.train = func(b board) (trained, string, error) {
		trainings++
		return stub{}, "code of " + b.line(), nil
	}
	slider := func(name string) *plots.Slider {
		for _, k := range d.board.knobs() {
			if k.name == name {
				return k.control.(*plots.Slider)
			}
		}
		t.Fatal(name)
		return nil
	}
	want := func(what, line string) {
		t.Helper()
		before := trainings
		d.draw()
		b := classifierBoard()
		if err := b.set(line); err != nil {
			t.Fatal(err)
		}
		if d.line.Value != b.line() || d.code.Text != "code of "+b.line() || trainings != before+1 {
			t.Errorf("%s: the setting is %s, want %s", what, d.line.Value, b.line())
		}
	}
	want("the line of the cell", "units=3")
	if d.look.Text != "" {
		t.Errorf("a setting that is no preset's is said to show %q", d.look.Text)
	}
	slider("units").Value = 5
	want("a slider", "units=5")
	d.preset.Value = 1
	want("a preset", classifierPresets[1].Line)
	slider("noise").Value = 0.5
	want("a slider after a preset", classifierPresets[1].Line+" noise=0.5")
	if !strings.HasPrefix(d.look.Text, classifierPresets[1].Look) {
		t.Errorf("the preset says %q", d.look.Text)
	}
	d.again.Clicks++
	want("back to the preset", classifierPresets[1].Line)
	d.line.Value = "rate=0.0337"
	want("a line", classifierPresets[1].Line+" rate=0.0337")
	d.line.Value = "rate=fast"
	want("a wrong line", classifierPresets[1].Line+" rate=0.0337")
	if !strings.Contains(d.look.Text, `rate is "fast"`) {
		t.Errorf("of a wrong line is said %q", d.look.Text)
	}
	slider("units").Value = 2
	want("a slider after a wrong line", classifierPresets[1].Line+" rate=0.0337 units=2")
	if strings.Contains(d.look.Text, "fast") {
		t.Errorf("the wrong line is still spoken of: %q", d.look.Text)
	}
}

type stub struct{}

func (stub) picture() plots.Drawer { return plots.New("x", "y") }
func (stub) numbers() string       { return "1" }
