package plots

import (
	"fmt"
	"os"
	"time"

	"descent/dl"

	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/protocol"
)

// Watch returns a callback for Fit that draws the training curves while it runs,
// in place, and leaves the last picture in the notebook. Drawing takes at most a
// fortieth of the time. When nobody is there (a notebook run by a program) it
// draws once, at the end; outside a notebook it does nothing.
func Watch() dl.Callback {
	out := newPlace()
	var next time.Time
	return func(t *dl.Training) error {
		switch t.Moment {
		case dl.Start:
			next = time.Now().Add(time.Second)
		case dl.AfterEpoch:
			if start := time.Now(); watched() && start.After(next) {
				out.put(still(trendOf(t.History), Curves(t.History)))
				next = time.Now().Add(max(200*time.Millisecond, 40*time.Since(start)))
			}
		case dl.End:
			out.put(still(trendOf(t.History), Curves(t.History)))
			gonbui.Sync()
		}
		return nil
	}
}

func trendOf(h *dl.History) string {
	text := Trend("Training loss", h.Loss, "epochs")
	if len(h.ValLoss) > 0 {
		text += "; " + Trend("validation loss", h.ValLoss, "epochs")
	}
	return text + "."
}

// Progress returns a callback for Fit that shows a bar with epochs, loss, speed
// and the time that is left; at the end it leaves epochs and loss. In a terminal
// it is dl.Progress.
func Progress() dl.Callback {
	if !gonbui.IsNotebook {
		return dl.Progress(os.Stderr)
	}
	out := newPlace()
	var start, next time.Time
	return func(t *dl.Training) error {
		switch t.Moment {
		case dl.Start:
			start, next = time.Now(), time.Now()
		case dl.AfterEpoch:
			if now := time.Now(); watched() && now.After(next) {
				out.put(textBar(t, now.Sub(start)))
				next = now.Add(100 * time.Millisecond)
			}
		case dl.End:
			n := len(t.History.Loss)
			text := fmt.Sprintf("%s epochs", thousands(fmt.Sprint(n)))
			if n > 0 {
				text += ", loss " + short(t.History.Loss[n-1])
			}
			out.put(&protocol.DisplayData{Data: map[protocol.MIMEType]any{
				protocol.MIMETextHTML: "<div>" + text + "</div>", protocol.MIMETextPlain: text}})
			gonbui.Sync()
		}
		return nil
	}
}

// textBar is a progress bar after the epochs done in a time.
func textBar(t *dl.Training, spent time.Duration) *protocol.DisplayData {
	done, all := t.Epoch+1, t.Config.Epochs
	speed := float64(done) / max(1e-9, spent.Seconds())
	left := time.Duration(float64(all-done) / speed * float64(time.Second))
	text := fmt.Sprintf("epoch %s of %s, loss %s, %s epochs/s, %s left",
		thousands(fmt.Sprint(done)), thousands(fmt.Sprint(all)), short(t.History.Loss[len(t.History.Loss)-1]), short(speed), roundTime(left))
	return &protocol.DisplayData{Data: map[protocol.MIMEType]any{
		protocol.MIMETextHTML:  fmt.Sprintf(`<div><progress max="%d" value="%d" aria-label="epochs" style="width:220px"></progress> %s</div>`, all, done, text),
		protocol.MIMETextPlain: text,
	}}
}

// roundTime keeps what a reader of a progress bar needs.
func roundTime(d time.Duration) time.Duration {
	if d < 10*time.Second {
		return d.Round(100 * time.Millisecond)
	}
	return d.Round(time.Second)
}

// A place is an output that is overwritten.
type place struct{ id string }

// newPlace names a place; the name is new in each run, since the notebook shows
// nothing under a name it has seen.
func newPlace() place { return place{"descent-" + gonbui.UniqueId()} }

func (p place) put(d *protocol.DisplayData) {
	if !gonbui.IsNotebook {
		return
	}
	d.DisplayID = p.id
	gonbui.SendData(d)
}

// watched says whether a person may be looking: a notebook server has started
// the kernel for a notebook, and no program that runs notebooks says otherwise.
func watched() bool {
	return gonbui.IsNotebook && os.Getenv("JPY_SESSION_NAME") != "" && os.Getenv("DESCENT_UNATTENDED") == ""
}
