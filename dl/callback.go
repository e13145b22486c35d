package dl

import (
	"context"
	"fmt"
	"io"
	"math"
	"time"

	"github.com/schollz/progressbar/v3"
)

// Score judges an epoch; smaller is better. nil means the validation loss
// where there is validation data, else the training loss. For a metric that
// should rise, return its negative.
type Score func(t *Training) float64

func (s Score) of(t *Training) float64 {
	if s != nil {
		return s(t)
	}
	h := t.History
	if len(h.ValLoss) > 0 {
		return h.ValLoss[len(h.ValLoss)-1]
	}
	return h.Loss[len(h.Loss)-1]
}

// EarlyStopping stops training when the score has not improved for patience
// epochs, and at the end of training puts back the parameters of the best
// epoch (Prechelt 1998).
func EarlyStopping(patience int, score Score) Callback {
	best, waited := math.Inf(1), 0
	var kept []float64
	return func(t *Training) error {
		switch t.Moment {
		case Start:
			best, waited, kept = math.Inf(1), 0, kept[:0]
		case AfterEpoch:
			waited++
			if s := score.of(t); s < best {
				best, waited = s, 0
				kept = append(kept[:0], t.Model.Params.Value...)
			}
			if waited >= patience {
				t.Stop()
			}
		case End:
			copy(t.Model.Params.Value, kept)
		}
		return nil
	}
}

// Checkpoint saves the model with SaveTraining after each epoch whose score is
// the best so far.
func Checkpoint(path string, score Score) Callback {
	best := math.Inf(1)
	return func(t *Training) error {
		if t.Moment != AfterEpoch {
			return nil
		}
		if s := score.of(t); s < best {
			best = s
			return t.Model.SaveTraining(path)
		}
		return nil
	}
}

// StopWhenDone stops training after the batch in which ctx ends: on a signal
// (signal.NotifyContext), after a time (context.WithTimeout), or on request.
// Fit then returns what it has, without an error.
func StopWhenDone(ctx context.Context) Callback {
	return func(t *Training) error {
		if ctx.Err() != nil {
			t.Stop()
		}
		return nil
	}
}

// Throttle passes on Start and End, and AfterEpoch where interval has gone by
// since the last one, for callbacks that draw.
func Throttle(interval time.Duration, callback Callback) Callback {
	var last time.Time
	return func(t *Training) error {
		if t.Moment == AfterBatch || t.Moment == AfterEpoch && time.Since(last) < interval {
			return nil
		}
		last = time.Now()
		return callback(t)
	}
}

// Progress draws a progress bar for a terminal: epochs, loss, speed and the
// time that is left. Notebooks have plots.Progress.
func Progress(w io.Writer) Callback {
	var bar *progressbar.ProgressBar
	return func(t *Training) error {
		switch t.Moment {
		case Start:
			bar = progressbar.NewOptions(t.Config.Epochs, progressbar.OptionSetWriter(w), progressbar.OptionShowIts(),
				progressbar.OptionSetItsString("epoch"), progressbar.OptionThrottle(100*time.Millisecond),
				progressbar.OptionSetWidth(30), progressbar.OptionSetPredictTime(true), progressbar.OptionShowCount())
		case AfterEpoch:
			bar.Describe(fmt.Sprintf("loss %.4g", t.History.Loss[len(t.History.Loss)-1]))
			return bar.Add(1)
		case End:
			_, err := fmt.Fprintln(w)
			return err
		}
		return nil
	}
}
