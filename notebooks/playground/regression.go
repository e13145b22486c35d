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
)

// A Regression is a linear model ŷ = X·w + b, its data and how it is trained.
type Regression struct {
	Data   string  // "article", "plane", "line" or "outliers"
	Rows   int     // of the training data, and as many to validate
	Noise  float64 // standard deviation of what is added to y
	Inputs string  // "raw", "standardised", or "stretched": the last feature ×10
	Sample int     // seed of the data; the validation data have Sample+1000

	Loss      string // "MSE", "MAE" or "Huber"
	Optimizer string
	Rate      float64
	Batch     int
	Epochs    int
	L2        float64
	Seed      int // of the first weights and of the order of batches
}

func regressionBoard() board {
	l2 := logSlider("L2", 1e-4, 10, 0, 0)
	l2.control.(*plots.Slider).Zero = true
	epochs := logSlider("epochs", 1, 20000, 1, 1000)
	epochs.control.(*plots.Slider).Play = true
	return board{
		{"Data", []knob{
			menu("data", namesOf(regressions), "article"), slider("rows", 4, 64, 1, 4), slider("noise", 0, 5, 0.1, 1),
			menu("inputs", inputs, "raw"), slider("sample", 1, 20, 1, 1)}},
		{"Training", []knob{
			menu("loss", namesOf(distances), "MSE"), menu("optimizer", namesOf(optimizers), "Adam"),
			logSlider("rate", 1e-4, 10, 0, 0.001), slider("batch", 1, 64, 1, 32), epochs, l2, slider("seed", 1, 20, 1, 1)}},
	}
}

// ParseRegression reads a setting; what the line leaves out is as in the article.
func ParseRegression(line string) (Regression, error) {
	var r Regression
	err := regressionBoard().parse(line, &r)
	return r, err
}

// A regressionRun is a trained regression.
type regressionRun struct {
	Regression
	train, validation *datasets.Table
	model             *dl.Model
	history           *dl.History
	path              [][]float64 // parameters before training and after each epoch
	failure           error       // of Fit
}

// tables makes the training and validation data.
func (r Regression) tables() (train, validation *datasets.Table, err error) {
	make := find(regressions, r.Data).make
	train, validation = make(r.Rows, r.Noise, uint64(r.Sample)), make(r.Rows, r.Noise, uint64(r.Sample+1000))
	if r.Data == "outliers" {
		for i := 0; i < train.Len(); i += 8 {
			train.Y.Set(i, 0, train.Y.At(i, 0)+15)
		}
	}
	return train, validation, prepare(r.Inputs, 10, train, validation)
}

// prepare scales the inputs, by what it finds in the training data.
func prepare(inputs string, stretch float64, train, validation *datasets.Table) error {
	switch inputs {
	case "stretched":
		for _, t := range []*datasets.Table{train, validation} {
			_, d := t.X.Dims()
			for i := range t.Len() {
				t.X.Set(i, d-1, stretch*t.X.At(i, d-1))
			}
		}
	case "standardised":
		scale, err := datasets.FitStandard(train.X)
		if err != nil {
			return err
		}
		for _, t := range []*datasets.Table{train, validation} {
			if t.X, err = scale.Apply(t.X); err != nil {
				return err
			}
		}
	}
	return nil
}

// run trains. An error means that the setting makes no model; what goes wrong
// in training is kept in the run.
func (r Regression) run() (*regressionRun, error) {
	run := &regressionRun{Regression: r}
	var err error
	if run.train, run.validation, err = r.tables(); err != nil {
		return nil, err
	}
	_, d := run.train.X.Dims()
	if run.model, err = dl.Sequential(dl.Shape{d}, &dl.Dense{Units: 1}); err != nil {
		return nil, err
	}
	run.model.Reset(uint64(r.Seed))
	run.model.Compile(find(optimizers, r.Optimizer).make(r.Rate), find(distances, r.Loss).make)
	if r.L2 > 0 {
		run.model.Penalties = []dl.Penalty{dl.L2(r.L2)}
	}
	note := func(t *dl.Training) error {
		if t.Moment == dl.Start || t.Moment == dl.AfterEpoch {
			run.path = append(run.path, slices.Clone(run.model.Params.Value))
		}
		return nil
	}
	run.history, run.failure = run.model.Fit(run.train.X, run.train.Y, dl.FitConfig{Epochs: r.Epochs, BatchSize: r.Batch, Seed: uint64(r.Seed),
		ValX: run.validation.X, ValY: run.validation.Y, Callbacks: []dl.Callback{note}})
	return run, nil
}

// losses are J on the training and on the validation data, after training.
func losses(model *dl.Model, train, validation *datasets.Table) (t, v map[string]float64) {
	t, _ = model.Evaluate(train.X, train.Y) // the data have been checked by Fit
	v, _ = model.Evaluate(validation.X, validation.Y)
	return t, v
}

// result is the line that the Code of the setting prints.
func (r *regressionRun) result() string {
	t, v := losses(r.model, r.train, r.validation)
	return fmt.Sprintf("training loss %.6g, validation loss %.6g, θ = %.6g", t["loss"], v["loss"], r.model.Params.Value)
}

// numbers are what there is to read.
func (r *regressionRun) numbers() string {
	var b strings.Builder
	t, v := losses(r.model, r.train, r.validation)
	fmt.Fprintf(&b, "loss      training %.6g   validation %.6g", t["loss"], v["loss"])
	w := r.model.Params.Value
	if r.Loss == "MSE" && r.L2 == 0 {
		fmt.Fprintf(&b, "   lowest possible %.6g", r.lowest())
	}
	fmt.Fprintf(&b, "\nweights   w = %.6g   b = %.6g", w[:len(w)-1], w[len(w)-1])
	r.model.Gradient(dl.FromMat(r.train.X, r.model.In), dl.FromMat(r.train.Y, dl.Shape{1}))
	fmt.Fprintf(&b, "\ngradient  |∇J| = %.3g", mat.Norm(mat.NewVecDense(len(w), r.model.Params.Grad), 2))
	if r.Loss == "MSE" {
		fmt.Fprintf(&b, "   SGD on all rows is stable below α = %.4g", 2/r.sharpness())
	}
	if r.failure != nil {
		fmt.Fprintf(&b, "\nFit says  %v", r.failure)
	}
	return b.String()
}

// design is X with a column of ones, the matrix A of J = ‖Aθ − y‖²/n.
func (r *regressionRun) design() *mat.Dense {
	n, d := r.train.X.Dims()
	A := mat.NewDense(n, d+1, nil)
	for i := range n {
		copy(A.RawRowView(i), r.train.X.RawRowView(i))
		A.Set(i, d, 1)
	}
	return A
}

// optimum is the θ of least squares that is nearest to the start: where gradient
// descent would arrive.
func (r *regressionRun) optimum() []float64 {
	A, theta := r.design(), mat.NewVecDense(len(r.path[0]), slices.Clone(r.path[0]))
	var residual, step mat.VecDense
	residual.MulVec(A, theta)
	residual.SubVec(r.train.Y.ColView(0), &residual)
	var svd mat.SVD
	if !svd.Factorize(A, mat.SVDThin) {
		return r.path[0]
	}
	svd.SolveVecTo(&step, &residual, svd.Rank(1e-9))
	theta.AddVec(theta, &step)
	return theta.RawVector().Data
}

// lowest is the mean squared error at the optimum.
func (r *regressionRun) lowest() float64 {
	var residual mat.VecDense
	residual.MulVec(r.design(), mat.NewVecDense(len(r.path[0]), r.optimum()))
	residual.SubVec(r.train.Y.ColView(0), &residual)
	return max(0, mat.Dot(&residual, &residual)/float64(residual.Len()))
}

// sharpness is the largest eigenvalue of J's Hessian 2AᵀA/n + 2λ on w.
func (r *regressionRun) sharpness() float64 {
	A := r.design()
	n, d := A.Dims()
	var H mat.SymDense
	H.SymOuterK(2/float64(n), A.T())
	for j := range d - 1 {
		H.SetSym(j, j, H.At(j, j)+2*r.L2)
	}
	var eigen mat.EigenSym
	eigen.Factorize(&H, false)
	return slices.Max(eigen.Values(nil))
}

// picture shows fit, loss, surface and weights.
func (r *regressionRun) picture() plots.Drawer {
	t, v := losses(r.model, r.train, r.validation)
	panels := []plots.Drawer{r.fit(), lossCurves(r.history, t["loss"], v["loss"]), r.surface(), r.weights()}
	for _, p := range panels {
		p.(*plots.Figure).Width, p.(*plots.Figure).Height = 320, 270
	}
	return plots.Grid(2, panels...)
}

// fit shows data and model: along the line on which the inputs lie, or, where
// they fill a plane, predictions against targets.
func (r *regressionRun) fit() *plots.Figure {
	t, v := r.train, r.validation
	yhat, _ := r.model.Predict(t.X)
	vhat, _ := r.model.Predict(v.X)
	data, fresh := column(t.Y), column(v.Y)
	var p *plots.Figure
	if r.Data == "plane" {
		low, high := min(slices.Min(data), slices.Min(fresh)), max(slices.Max(data), slices.Max(fresh))
		p = plots.Scatter("target y", "prediction ŷ", plots.Series{Name: "training", X: data, Y: column(yhat)}, ring("validation", fresh, column(vhat)))
		addLine(p, plots.Series{X: []float64{low, high}, Y: []float64{low, high}})
	} else {
		x := column(t.X)
		p = plots.Scatter("x₁", "y", plots.Series{Name: "training", X: x, Y: data}, ring("validation", column(v.X), fresh))
		low, high := p.Y.Min, p.Y.Max
		addLine(p, plots.Series{Name: "model", X: x, Y: column(yhat)})
		p.Y.Min, p.Y.Max = low-(high-low)/2, high+(high-low)/4 // also when the model has run away
	}
	p.Title.Text = r.formula()
	return p
}

func (r *regressionRun) formula() string {
	w := r.model.Params.Value
	text := "ŷ = " + digits(w[0]) + "·x₁"
	for _, v := range w[1:] {
		sign := " + "
		if v < 0 {
			sign = " − "
		}
		text += sign + digits(math.Abs(v))
		if len(w) == 3 && !strings.Contains(text, "x₂") {
			text += "·x₂"
		}
	}
	return text
}

// weights shows the parameters over the epochs.
func (r *regressionRun) weights() *plots.Figure {
	epochs := every(len(r.path), 300)
	series := make([]plots.Series, len(r.path[0]))
	for j := range series {
		series[j].Name = parameterNames(len(series))[j]
		for _, e := range epochs {
			series[j].X, series[j].Y = append(series[j].X, float64(e)), append(series[j].Y, r.path[e][j])
		}
	}
	p := plots.Lines("epoch", "weight", series...)
	p.Title.Text = "The weights on their way"
	return p
}

func parameterNames(n int) []string {
	if n == 2 {
		return []string{"w", "b"}
	}
	return []string{"w₁", "w₂", "b"}
}

// surface is the loss over w₁ and w₂, at each place with the b that suits it best,
// or over w and b. The ranges hold the path, but not where it runs away.
func (r *regressionRun) surface() *plots.Figure {
	best := r.optimum()
	var path plots.Series
	for _, e := range every(len(r.path), 400) {
		path.X, path.Y = append(path.X, r.path[e][0]), append(path.Y, r.path[e][1])
	}
	p := plots.Contour(r.loss, around(best[0], path.X), around(best[1], path.Y), path)
	names := parameterNames(len(best))
	p.X.Label.Text, p.Y.Label.Text = names[0], names[1]
	p.Title.Text = fmt.Sprintf("Loss over %s and %s", names[0], names[1])
	if len(best) == 3 {
		p.Title.Text += ", with the best b"
	}
	return p
}

// around is a range about a centre that holds the values, as long as they do
// not end further away than they began.
func around(centre float64, values []float64) plots.Range {
	start := math.Abs(values[0] - centre)
	reach := 0.0
	for _, v := range values {
		reach = max(reach, math.Abs(v-centre))
	}
	reach = 1.2 * max(1, min(reach, 2.5*max(start, 1)))
	return plots.Range{centre - reach, centre + reach}
}

// loss is the objective on the training data at two parameters.
func (r *regressionRun) loss(p, q float64) float64 {
	n, d := r.train.X.Dims()
	residuals := make([]float64, n)
	for i := range residuals {
		x := r.train.X.RawRowView(i)
		residuals[i] = r.train.Y.At(i, 0) - p*x[0] - q
		if d == 2 {
			residuals[i] += q - q*x[1]
		}
	}
	penalty := r.L2 * p * p
	if d == 2 {
		penalty += r.L2 * q * q
		b := r.bestBias(residuals)
		for i := range residuals {
			residuals[i] -= b
		}
	}
	sum := 0.0
	for _, v := range residuals {
		sum += r.distance(v)
	}
	return sum/float64(n) + penalty
}

func (r *regressionRun) distance(v float64) float64 {
	switch v = math.Abs(v); {
	case r.Loss == "MSE":
		return v * v
	case r.Loss == "MAE":
		return v
	case v <= 1:
		return v * v / 2
	}
	return v - 0.5
}

// bestBias is the b for which the residuals less b have the lowest loss: their
// mean, a median, or for Huber where as much pulls up as down.
func (r *regressionRun) bestBias(residuals []float64) float64 {
	if r.Loss == "MSE" {
		sum := 0.0
		for _, v := range residuals {
			sum += v
		}
		return sum / float64(len(residuals))
	}
	low, high := slices.Min(residuals), slices.Max(residuals)
	for range 25 {
		b, pull := (low+high)/2, 0.0
		for _, v := range residuals {
			if r.Loss == "MAE" {
				pull += math.Copysign(1, v-b)
			} else {
				pull += min(1, max(-1, v-b))
			}
		}
		if pull > 0 {
			low = b
		} else {
			high = b
		}
	}
	return (low + high) / 2
}
