package playground

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"descent/dl"
	"descent/dl/datasets"
	"descent/plots"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"
)

// A Classifier is a network for points in the plane, its data and how it is
// trained.
type Classifier struct {
	Data   string  // "moons", "circles", "XOR", "spirals", "three-spirals", "blobs" or "rings"
	Points int     // half of them to train on, half to validate
	Noise  float64 // standard deviation of what is added to each coordinate
	Inputs string  // "raw", "standardised", or "stretched": x₂ ×50
	Sample int     // seed of the data and of their split

	Layers     int // hidden ones
	Units      int // in each
	Activation string
	Init       string // how all weights begin: "Glorot", "He", "small", "large" or "zero"

	Loss      string // "cross-entropy", "smoothed" or "MSE" (of probabilities)
	Optimizer string
	Rate      float64
	Batch     int
	Epochs    int
	L2        float64
	Dropout   float64 // after each hidden layer
	Seed      int     // of the first weights, of dropout and of the order of batches
}

func classifierBoard() board {
	l2 := logSlider("L2", 1e-5, 0.1, 0, 0)
	l2.control.(*plots.Slider).Zero = true
	epochs := logSlider("epochs", 1, 1000, 1, 100)
	epochs.control.(*plots.Slider).Play = true
	return board{
		{"Data", []knob{
			menu("data", namesOf(classifications), "moons"), slider("points", 40, 600, 20, 300), slider("noise", 0, 1, 0.01, 0.2),
			menu("inputs", inputs, "raw"), slider("sample", 1, 20, 1, 1)}},
		{"Network", []knob{
			slider("layers", 0, 6, 1, 1), slider("units", 1, 16, 1, 8), menu("activation", namesOf(activations), "tanh"),
			menu("init", namesOf(starts), "Glorot")}},
		{"Training", []knob{
			menu("loss", namesOf(surprises), "cross-entropy"), menu("optimizer", namesOf(optimizers), "Adam"),
			logSlider("rate", 1e-4, 10, 0, 0.02), slider("batch", 4, 300, 1, 32), epochs, l2,
			slider("dropout", 0, 0.9, 0.05, 0), slider("seed", 1, 20, 1, 1)}},
	}
}

// ParseClassifier reads a setting; what the line leaves out has its default.
func ParseClassifier(line string) (Classifier, error) {
	var c Classifier
	err := classifierBoard().parse(line, &c)
	return c, err
}

// A classifierRun is a trained classifier.
type classifierRun struct {
	Classifier
	train, validation   *datasets.Table // with targets as the loss wants them
	classes, valClasses *mat.Dense      // class numbers
	model               *dl.Model
	hidden              []string // names of the layers that give the hidden units' activations
	dense               []string // names of the weights, the output's last
	history             *dl.History
	failure             error // of Fit
}

// run trains. An error means that the setting makes no model; what goes wrong
// in training is kept in the run.
func (c Classifier) run() (*classifierRun, error) {
	run := &classifierRun{Classifier: c}
	var err error
	all := find(classifications, c.Data).make(c.Points, c.Noise, uint64(c.Sample))
	if run.train, run.validation, err = all.SplitStratified(0.5, uint64(c.Sample)); err != nil {
		return nil, err
	}
	run.classes, run.valClasses = run.train.Y, run.validation.Y
	if err := prepare(c.Inputs, 50, run.train, run.validation); err != nil {
		return nil, err
	}
	if c.Loss == "MSE" {
		for _, t := range []*datasets.Table{run.train, run.validation} {
			if t.Y, err = datasets.OneHot(t.Y, len(all.Classes)); err != nil {
				return nil, err
			}
		}
	}
	if run.model, err = dl.Sequential(dl.Shape{2}, run.layers(len(all.Classes))...); err != nil {
		return nil, err
	}
	run.model.Reset(uint64(c.Seed))
	run.model.Compile(find(optimizers, c.Optimizer).make(c.Rate), find(surprises, c.Loss).make, dl.Accuracy)
	if c.L2 > 0 {
		run.model.Penalties = []dl.Penalty{dl.L2(c.L2)}
	}
	run.history, run.failure = run.model.Fit(run.train.X, run.train.Y, dl.FitConfig{Epochs: c.Epochs, BatchSize: c.Batch, Seed: uint64(c.Seed),
		ValX: run.validation.X, ValY: run.validation.Y})
	return run, nil
}

// layers makes the network and notes where its hidden units are.
func (c *classifierRun) layers(classes int) (layers []dl.Layer) {
	activation, start := find(activations, c.Activation).make, find(starts, c.Init).make
	for range c.Layers {
		c.dense = append(c.dense, fmt.Sprintf("%d.Dense", len(layers)))
		layers = append(layers, &dl.Dense{Units: c.Units, Init: start()})
		c.hidden = append(c.hidden, c.dense[len(c.dense)-1])
		if activation != nil {
			layers = append(layers, activation())
			c.hidden[len(c.hidden)-1] = fmt.Sprintf("%d.%s", len(layers)-1, strings.TrimPrefix(fmt.Sprintf("%T", layers[len(layers)-1]), "*dl."))
		}
		if c.Dropout > 0 {
			layers = append(layers, &dl.Dropout{Rate: c.Dropout})
		}
	}
	c.dense = append(c.dense, fmt.Sprintf("%d.Dense", len(layers)))
	layers = append(layers, &dl.Dense{Units: classes, Init: start()})
	if c.Loss == "MSE" {
		layers = append(layers, &dl.Softmax{})
	}
	return layers
}

// result is the line that the Code of the setting prints.
func (c *classifierRun) result() string {
	t, v := losses(c.model, c.train, c.validation)
	return fmt.Sprintf("training loss %.6g, accuracy %.4f; validation loss %.6g, accuracy %.4f", t["loss"], t["accuracy"], v["loss"], v["accuracy"])
}

// numbers are what there is to read.
func (c *classifierRun) numbers() string {
	var b strings.Builder
	t, v := losses(c.model, c.train, c.validation)
	fmt.Fprintf(&b, "            loss       accuracy\ntraining    %-10.6g %.4f\nvalidation  %-10.6g %.4f", t["loss"], t["accuracy"], v["loss"], v["accuracy"])
	if h := c.history.ValLoss; len(h) > 0 {
		best := 0
		for e, loss := range h {
			if loss < h[best] {
				best = e
			}
		}
		fmt.Fprintf(&b, "     lowest %.6g, in epoch %d", h[best], best+1)
	}
	dead := c.dead()
	c.model.Gradient(dl.FromMat(c.train.X, c.model.In), dl.FromMat(c.train.Y, dl.Shape{c.train.Y.RawMatrix().Cols}))
	b.WriteString("\nlayer       |∇W|       |W|        dead units")
	for l, name := range c.dense {
		title, units := fmt.Sprint(l+1), ""
		if l < c.Layers {
			count := 0
			for _, d := range dead[l] {
				if d {
					count++
				}
			}
			units = fmt.Sprintf("%d of %d", count, c.Units)
		} else {
			title = "output"
		}
		fmt.Fprintf(&b, "\n%-11s %-10.3g %-10.3g %s", title, c.norm(name, true), c.norm(name, false), units)
	}
	if c.failure != nil {
		fmt.Fprintf(&b, "\nFit says: %v", c.failure)
	}
	return b.String()
}

// norm is the length of a layer's weights or of their gradient.
func (c *classifierRun) norm(layer string, gradient bool) float64 {
	for _, p := range c.model.Params.List {
		if p.Name == layer+".W" {
			v := p.Value
			if gradient {
				v = p.Grad
			}
			return mat.Norm(mat.NewVecDense(len(v), v), 2)
		}
	}
	return math.NaN()
}

// dead says of each unit of each hidden layer whether it gives the same for all
// training points.
func (c *classifierRun) dead() [][]bool {
	dead := make([][]bool, c.Layers)
	for l, a := range c.activations(c.train.X) {
		for u := range c.Units {
			low, high := math.Inf(1), math.Inf(-1)
			for i := range a.Rows() {
				low, high = min(low, a.Row(i)[u]), max(high, a.Row(i)[u])
			}
			dead[l] = append(dead[l], !(high-low > 1e-9))
		}
	}
	return dead
}

// activations are those of each hidden layer, for the rows of X.
func (c *classifierRun) activations(X *mat.Dense) (all []*dl.Tensor) {
	c.model.Forward(dl.FromMat(X, c.model.In), false)
	for _, name := range c.hidden {
		if a, err := c.model.Activation(name); err == nil {
			all = append(all, a)
		}
	}
	return all
}

// picture shows the plane, the loss and the hidden units.
func (c *classifierRun) picture() plots.Drawer {
	t, v := losses(c.model, c.train, c.validation)
	plane, curves := c.plane(), lossCurves(c.history, t["loss"], v["loss"])
	plane.Title.Text = fmt.Sprintf("Accuracy %.3f, validation %.3f", t["accuracy"], v["accuracy"])
	plane.Width, plane.Height, curves.Width, curves.Height = 320, 330, 320, 330
	top := plots.Grid(2, plane, curves)
	if c.Layers == 0 {
		return top
	}
	return plots.Stack(top, c.units())
}

// plane shows what the model says everywhere, training points full and
// validation points hollow.
func (c *classifierRun) plane() *plots.Figure {
	p := plots.Regions(c.model.Predict, c.train.X, c.classes)
	if p.Err() != nil {
		return p
	}
	for k := range c.train.Classes {
		var points plotter.XYs
		for i := range c.validation.Len() {
			if int(c.valClasses.At(i, 0)) == k {
				points = append(points, plotter.XY{X: c.validation.X.At(i, 0), Y: c.validation.X.At(i, 1)})
			}
		}
		p.Add(&plotter.Scatter{XYs: points, GlyphStyle: draw.GlyphStyle{Color: plots.Colour(k), Radius: 2.2, Shape: draw.RingGlyph{}}})
	}
	return p
}

// side is how many places a picture of a hidden unit has each way.
const side = 24

// units shows what each hidden unit answers over the plane, a layer a row.
func (c *classifierRun) units() *plots.Figure {
	x1, x2 := spread(mat.Col(nil, 0, c.train.X)), spread(mat.Col(nil, 1, c.train.X))
	places := mat.NewDense(side*side, 2, nil)
	for i := range side * side {
		across, down := (float64(i%side)+0.5)/side, (float64(i/side)+0.5)/side
		places.SetRow(i, []float64{x1[0] + across*(x1[1]-x1[0]), x2[1] - down*(x2[1]-x2[0])})
	}
	shown, dead := min(c.Units, 8), c.dead()
	var images []plots.Image
	for l, a := range c.activations(places) {
		for u := range shown {
			pixels, largest := make([]float64, side*side), 0.0
			for i := range pixels {
				pixels[i] = a.Row(i)[u]
				largest = max(largest, math.Abs(pixels[i]))
			}
			label := fmt.Sprintf("%d·%d", l+1, u+1)
			if dead[l][u] {
				label += " dead"
			}
			for i := range pixels {
				pixels[i] /= max(largest, 1e-300)
			}
			images = append(images, plots.Image{Pixels: pixels, Height: side, Width: side, Label: label})
		}
	}
	p := plots.Filters(shown, images...)
	p.Width, p.Height = 640, c.Layers*82+24
	p.Note = "Layer·unit: what each hidden unit answers over the plane, in parts of its own largest answer."
	if shown < c.Units {
		p.Note = fmt.Sprintf("The first %d of %d units a layer. ", shown, c.Units) + p.Note
	}
	return p
}

// spread is the range of values with a tenth more on both sides, as in plots.Regions.
func spread(values []float64) plots.Range {
	low, high := slices.Min(values), slices.Max(values)
	margin := (high - low) / 10
	return plots.Range{low - margin, high + margin}
}
