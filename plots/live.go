package plots

import (
	"context"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"math"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/comms"
	"github.com/janpfeifer/gonb/gonbui/protocol"
)

// A Control is a *Slider, a *Menu, a *Button or a *Sheet.
type Control interface {
	element() string     // as HTML
	set(state []float64) // takes what the element reports
}

// A Slider holds a number that the learner moves.
type Slider struct {
	Name     string
	Min, Max float64
	Value    float64 // to begin with; while Live runs, where the slider is
	Step     float64 // 0 means three significant digits
	Log      bool    // equal ways multiply by equal factors; Min must be positive
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

const (
	helloTime     = 15 * time.Second  // the page must answer in this time
	untouchedTime = time.Minute       // a control must be moved in this time
	idleTime      = 5 * time.Minute   // and again in this time
	silence       = 150 * time.Second // a page that is open reports at least every minute
)

// Live draws a picture and, below it, controls; each time the learner moves one,
// it sets the control's value and calls draw again. Moves that come while draw is
// at work are skipped, but the last one never is.
//
//	rate := &plots.Slider{Name: "learning rate α", Min: 0.001, Max: 0.1, Value: 0.01, Log: true}
//	plots.Live("Gradient descent on a bowl.", func() plots.Drawer {
//		return plots.Contour(J, x, y, descend(rate.Value))
//	}, rate)
//
// The cell runs until the learner presses Done or stops it, or leaves the
// controls alone (for one minute at the start, five later); then the picture stays
// as it is, without controls. When nobody is there Live draws once and returns.
// Outside a notebook it does nothing.
func Live(alt string, draw func() Drawer, controls ...Control) {
	if !gonbui.IsNotebook {
		return
	}
	picture := combine(alt, []Drawer{draw()})
	if bad := checkControls(controls); bad != nil {
		display(alt, bad)
		return
	}
	if f, ok := picture.(*Figure); !watched() || (ok && f.err != nil) {
		display(alt, picture)
		return
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	l := live{out: newPlace(), address: "/descent/" + gonbui.UniqueId(), controls: controls, wake: make(chan struct{}, 1)}
	l.open(alt, picture)
	picture = l.run(ctx, picture, func() Drawer { return combine(alt, []Drawer{draw()}) })
	l.out.put(still(alt, picture))
	gonbui.Sync()
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

// live is the exchange with the page of one call of Live.
type live struct {
	out      place
	address  string
	controls []Control
	wake     chan struct{} // something has come from the page

	mu   sync.Mutex
	last report    // the newest
	seen time.Time // when it came
}

// A report is what the page sends: the state of all controls, so that an older
// report can always be skipped.
type report struct {
	Seq    int         `json:"seq"`    // rises by one with each report
	Moves  int         `json:"moves"`  // how often a control has been moved
	Shown  int         `json:"shown"`  // the newest picture that the page shows
	Done   bool        `json:"done"`   // the learner has pressed Done
	Values [][]float64 `json:"values"` // of the controls, in order
}

//go:embed live.js
var liveScript string

// open puts picture and controls into the notebook and listens.
func (l *live) open(alt string, picture Drawer) {
	comms.Start()
	comms.Subscribe(l.address+"/in", func(_ string, text string) { l.receive(text) })
	width, height := size(picture)
	var b strings.Builder
	fmt.Fprintf(&b, `<div data-live="%s" role="group" aria-label="%s">`, l.address, html.EscapeString(alt))
	b.WriteString(imageHTML(alt, PNG(picture), width, height))
	fmt.Fprintf(&b, `<div style="display:flex;flex-wrap:wrap;align-items:center;gap:6px 18px;margin:4px 0;max-width:%dpx">`, width)
	for _, c := range l.controls {
		b.WriteString(c.element())
	}
	b.WriteString(`<button type="button" data-done="yes" style="` + buttonStyle + `">Done</button></div>`)
	fmt.Fprintf(&b, "<script>%s</script></div>", strings.ReplaceAll(liveScript, "LIVE_ADDRESS", l.address))
	l.out.put(&protocol.DisplayData{Data: map[protocol.MIMEType]any{
		protocol.MIMETextHTML: b.String(), protocol.MIMETextPlain: alt}})
}

// receive takes a report. Each comes on a goroutine of its own, so an older one
// may come later; it is dropped.
func (l *live) receive(text string) {
	var r report
	if json.Unmarshal([]byte(text), &r) != nil || len(r.Values) != len(l.controls) {
		return
	}
	if slices.ContainsFunc(r.Values, func(v []float64) bool { return len(v) == 0 }) {
		return
	}
	l.mu.Lock()
	if r.Seq > l.last.Seq {
		l.last, l.seen = r, time.Now()
	}
	l.mu.Unlock()
	select {
	case l.wake <- struct{}{}:
	default: // run will look anyway
	}
}

// run redraws until the learner has gone and returns the last picture. It sends
// a picture only when the page shows the one before, so that none pile up.
func (l *live) run(ctx context.Context, picture Drawer, draw func() Drawer) Drawer {
	tick := time.NewTicker(250 * time.Millisecond)
	defer tick.Stop()
	start := time.Now()
	touched, sentAt := start, start
	drawn, sent := 0, 0
	for {
		l.mu.Lock()
		r, seen := l.last, l.seen
		l.mu.Unlock()
		switch {
		case ctx.Err() != nil, r.Done,
			r.Seq == 0 && time.Since(start) > helloTime,
			r.Seq > 0 && time.Since(seen) > silence,
			r.Moves == 0 && time.Since(start) > untouchedTime,
			r.Moves > 0 && time.Since(touched) > idleTime:
			return picture
		case r.Moves > drawn && (r.Shown >= sent || time.Since(sentAt) > 500*time.Millisecond):
			drawn, touched = r.Moves, time.Now()
			for i, c := range l.controls {
				c.set(r.Values[i])
			}
			picture = draw()
			sent, sentAt = sent+1, time.Now()
			l.send(sent, picture)
			continue
		}
		select {
		case <-ctx.Done():
		case <-l.wake:
		case <-tick.C:
		}
	}
}

// send hands the page picture number n.
func (l *live) send(n int, picture Drawer) {
	width, height := size(picture)
	comms.Send(l.address+"/out", fmt.Sprintf(`{"n":%d,"width":%d,"height":%d,"png":"%s"}`,
		n, width, height, base64.StdEncoding.EncodeToString(PNG(picture))))
}

// buttonStyle suits light and dark pages.
const buttonStyle = "font:inherit;color:inherit;background:transparent;border:1px solid currentColor;border-radius:4px;padding:2px 10px;cursor:pointer"

// steps is how many positions a slider has where Step does not say.
const steps = 400

func (s *Slider) element() string {
	n, kind := steps, "linear"
	if s.Step > 0 && !s.Log {
		n = max(1, int(math.Round((s.Max-s.Min)/s.Step)))
	}
	at := (s.Value - s.Min) / (s.Max - s.Min)
	if s.Log {
		kind = "log"
		at = math.Log(s.Value/s.Min) / math.Log(s.Max/s.Min)
	}
	position := int(math.Round(min(1, max(0, at)) * float64(n)))
	return fmt.Sprintf(`<label style="display:inline-flex;align-items:center;gap:6px">%s <input type="range" data-control="%s" data-min="%s" data-max="%s" data-step="%s" min="0" max="%d" value="%d" step="1" style="width:180px"> <output style="min-width:4em;font-variant-numeric:tabular-nums">%s</output></label>`,
		html.EscapeString(s.Name), kind, exact(s.Min), exact(s.Max), exact(s.Step), n, position, short(s.Value))
}

func (s *Slider) set(state []float64) { s.Value = state[0] }

func (m *Menu) element() string {
	var b strings.Builder
	fmt.Fprintf(&b, `<label style="display:inline-flex;align-items:center;gap:6px">%s <select data-control="menu">`, html.EscapeString(m.Name))
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

func (m *Menu) set(state []float64) { m.Value = min(len(m.Options)-1, max(0, int(state[0]))) }

func (b *Button) element() string {
	return fmt.Sprintf(`<button type="button" data-control="button" data-clicks="%d" style="%s">%s</button>`, b.Clicks, buttonStyle, html.EscapeString(b.Name))
}

func (b *Button) set(state []float64) { b.Clicks = int(state[0]) }

func (s *Sheet) element() string {
	ink, _ := json.Marshal(s.Value) // finite numbers: checkControls has seen them
	return fmt.Sprintf(`<span style="display:inline-flex;flex-direction:column;gap:4px">%s <canvas data-control="sheet" data-ink="%s" width="%d" height="%d" tabindex="0" role="img" aria-label="%s: draw here with the mouse, or with the arrow keys and space" style="width:224px;height:%dpx;border:1px solid #888;background:#000;image-rendering:pixelated;touch-action:none;cursor:crosshair"></canvas><button type="button" data-clear="yes" style="%s">Clear</button></span>`,
		html.EscapeString(s.Name), ink, s.Cols, s.Rows, html.EscapeString(s.Name), 224*s.Rows/s.Cols, buttonStyle)
}

func (s *Sheet) set(state []float64) { copy(s.Value, state) }

func exact(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
