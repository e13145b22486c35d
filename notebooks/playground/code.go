package playground

import (
	"fmt"
	"strings"
)

// imports are those of every cell of Code.
const imports = `import (
	"fmt"

	"descent/dl"
	"descent/dl/datasets"
	"descent/plots"
	"github.com/janpfeifer/must"
)

%%
`

// Code is a cell that trains the setting with dl, prints its result and draws it.
func (r Regression) Code() string {
	var b strings.Builder
	make := find(regressions, r.Data).code
	b.WriteString(imports)
	fmt.Fprintf(&b, "train, validation := "+make+", "+make+"\n", r.Rows, r.Noise, r.Sample, r.Rows, r.Noise, r.Sample+1000)
	if r.Data == "outliers" {
		b.WriteString("for i := 0; i < train.Len(); i += 8 {\n\ttrain.Y.Set(i, 0, train.Y.At(i, 0)+15)\n}\n")
	}
	features := 2
	if r.Data == "line" || r.Data == "outliers" {
		features = 1
	}
	b.WriteString(prepareCode(r.Inputs, features-1, 10))
	fmt.Fprintf(&b, "model := must.M1(dl.Sequential(dl.Shape{%d}, &dl.Dense{Units: 1}))\n", features)
	b.WriteString(fitCode(r.Seed, fmt.Sprintf(find(optimizers, r.Optimizer).code, r.Rate), find(distances, r.Loss).code, r.L2, r.Epochs, r.Batch))
	b.WriteString(`fmt.Printf("training loss %.6g, validation loss %.6g, θ = %.6g\n",
	must.M1(model.Evaluate(train.X, train.Y))["loss"], must.M1(model.Evaluate(validation.X, validation.Y))["loss"], model.Params.Value)
plots.Show("Training and validation loss over the epochs.", plots.Curves(history))
`)
	return b.String()
}

// Code is a cell that trains the setting with dl, prints its result and draws it.
func (c Classifier) Code() string {
	var b strings.Builder
	b.WriteString(imports)
	fmt.Fprintf(&b, "data := "+find(classifications, c.Data).code+"\n", c.Points, c.Noise, c.Sample)
	fmt.Fprintf(&b, "train, validation, err := data.SplitStratified(0.5, %d)\nmust.M(err)\n", c.Sample)
	b.WriteString(prepareCode(c.Inputs, 1, 50))
	labels := "train.Y"
	if c.Loss == "MSE" {
		labels = "labels"
		b.WriteString("labels := train.Y\nfor _, t := range []*datasets.Table{train, validation} {\n\tt.Y = must.M1(datasets.OneHot(t.Y, len(data.Classes)))\n}\n")
	}
	b.WriteString("model := must.M1(dl.Sequential(dl.Shape{2},\n")
	start := find(starts, c.Init).code
	if start != "" {
		start = ", Init: " + start
	}
	for range c.Layers {
		fmt.Fprintf(&b, "\t&dl.Dense{Units: %d%s}", c.Units, start)
		if activation := find(activations, c.Activation).code; activation != "" {
			b.WriteString(", " + activation)
		}
		if c.Dropout > 0 {
			fmt.Fprintf(&b, ", &dl.Dropout{Rate: %g}", c.Dropout)
		}
		b.WriteString(",\n")
	}
	fmt.Fprintf(&b, "\t&dl.Dense{Units: len(data.Classes)%s}", start)
	if c.Loss == "MSE" {
		b.WriteString(", &dl.Softmax{}")
	}
	b.WriteString("))\n")
	fit := fitCode(c.Seed, fmt.Sprintf(find(optimizers, c.Optimizer).code, c.Rate), find(surprises, c.Loss).code+", dl.Accuracy", c.L2, c.Epochs, c.Batch)
	b.WriteString(fit)
	fmt.Fprintf(&b, `t, v := must.M1(model.Evaluate(train.X, train.Y)), must.M1(model.Evaluate(validation.X, validation.Y))
fmt.Printf("training loss %%.6g, accuracy %%.4f; validation loss %%.6g, accuracy %%.4f\n", t["loss"], t["accuracy"], v["loss"], v["accuracy"])
plots.Show("What the model says in the plane.", plots.Regions(model.Predict, train.X, %s))
plots.Show("Loss and accuracy over the epochs.", plots.Curves(history))
`, labels)
	return b.String()
}

// prepareCode is what the function prepare does.
func prepareCode(inputs string, last int, stretch float64) string {
	switch inputs {
	case "stretched":
		return fmt.Sprintf(`for _, t := range []*datasets.Table{train, validation} {
	for i := range t.Len() {
		t.X.Set(i, %d, %g*t.X.At(i, %[1]d))
	}
}
`, last, stretch)
	case "standardised":
		return `scale := must.M1(datasets.FitStandard(train.X))
train.X, validation.X = must.M1(scale.Apply(train.X)), must.M1(scale.Apply(validation.X))
`
	}
	return ""
}

// fitCode compiles and trains.
func fitCode(seed int, optimizer, loss string, l2 float64, epochs, batch int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "model.Reset(%d)\nmodel.Compile(%s, %s)\n", seed, optimizer, loss)
	if l2 > 0 {
		fmt.Fprintf(&b, "model.Penalties = []dl.Penalty{dl.L2(%g)}\n", l2)
	}
	fmt.Fprintf(&b, `history, err := model.Fit(train.X, train.Y, dl.FitConfig{Epochs: %d, BatchSize: %d, Seed: %d,
	ValX: validation.X, ValY: validation.Y})
if err != nil {
	fmt.Println(err)
}
`, epochs, batch, seed)
	return b.String()
}
