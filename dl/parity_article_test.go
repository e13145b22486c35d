package dl

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"

	"descent/dl/datasets"
)

// kerasArticle is testdata/keras_article.json: the article's model, trained by
// tf.keras.
type kerasArticle struct {
	X              [][]float64
	Y, Noise, W, B []float64
	Runs           []kerasRun
}

type kerasRun struct {
	LR     float64
	Epochs int
	Loss   []struct {
		Epoch int
		Loss  float64
	}
	FinalLoss, PredictionFor5and6 float64
	W, B, Predictions             []float64
}

// TestParityArticle trains the article's model from the start that tf.keras
// had, and compares losses, weights and predictions.
func TestParityArticle(t *testing.T) {
	const tolerance = 1e-4 // Keras computes in float32
	var article kerasArticle
	readFixture(t, "keras_article", &article)
	X, y := mat.NewDense(4, 2, slices.Concat(article.X...)), mat.NewDense(4, 1, article.Y)
	beyond := mat.NewDense(5, 2, slices.Concat(slices.Concat(article.X...), []float64{5, 6}))
	for _, run := range article.Runs {
		m, history := trainArticle(t, article, run, X, y)
		worst := 0.0
		for _, at := range run.Loss { // each by itself: they span four orders of magnitude
			e := math.Abs(history.Loss[at.Epoch]-at.Loss) / at.Loss
			if !(e <= tolerance) {
				t.Errorf("rate %v: loss of epoch %d is %.8g, want %.8g within %g", run.LR, at.Epoch, history.Loss[at.Epoch], at.Loss, tolerance)
			}
			worst = math.Max(worst, e)
		}
		scores, err := m.Evaluate(X, y)
		if err != nil {
			t.Fatal(err)
		}
		if e := math.Abs(scores["loss"]-run.FinalLoss) / run.FinalLoss; !(e <= tolerance) {
			t.Errorf("rate %v: loss after training is %.8g, want %.8g within %g", run.LR, scores["loss"], run.FinalLoss, tolerance)
		}
		yhat, err := m.Predict(beyond)
		if err != nil {
			t.Fatal(err)
		}
		weights := agree(t, "weights", m.Params.Value, append(run.W, run.B...), tolerance)
		predictions := agree(t, "predictions", yhat.RawMatrix().Data, append(run.Predictions, run.PredictionFor5and6), tolerance)
		t.Logf("rate %-5v  losses %.1e  weights %.1e  predictions %.1e", run.LR, worst, weights, predictions)
	}
}

func trainArticle(t *testing.T, article kerasArticle, run kerasRun, X, y mat.Matrix) (*Model, *History) {
	t.Helper()
	dense := &Dense{Units: 1}
	m, err := Sequential(Shape{2}, dense)
	if err != nil {
		t.Fatal(err)
	}
	copy(dense.W.Value, article.W)
	copy(dense.B.Value, article.B)
	m.Compile(NewAdam(run.LR), MSE{})
	history, err := m.Fit(X, y, FitConfig{Epochs: run.Epochs})
	if err != nil {
		t.Fatal(err)
	}
	return m, history
}

// TestArticleStartIsTheDefault keeps the promise that a notebook cell can make
// the start and the noise of the Keras run without copying numbers.
func TestArticleStartIsTheDefault(t *testing.T) {
	var article kerasArticle
	readFixture(t, "keras_article", &article)
	m, err := Sequential(Shape{2}, &Dense{Units: 1})
	if err != nil {
		t.Fatal(err)
	}
	if want := append(article.W, article.B...); !slices.Equal(m.Params.Value, want) {
		t.Errorf("Sequential starts at %v, the Keras run at %v", m.Params.Value, want)
	}
	line := datasets.Line(4, 1, 1)
	if x, y := slices.Concat(article.X...), article.Y; !slices.Equal(line.X.RawMatrix().Data, x) || !slices.Equal(line.Y.RawMatrix().Data, y) {
		t.Errorf("datasets.Line(4, 1, 1) is %v, %v; the Keras run has %v, %v", line.X.RawMatrix().Data, line.Y.RawMatrix().Data, x, y)
	}
}
