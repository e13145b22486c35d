package plots

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"html"
	"image/png"
	"os"
	"os/signal"
	"strings"
	"sync"
	"time"

	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/comms"
	"github.com/janpfeifer/gonb/gonbui/protocol"
)

const (
	helloTime     = 15 * time.Second  // the page must answer in this time,
	helloAgain    = 3 * time.Second   // and is asked again after each of these
	untouchedTime = time.Minute       // a control must be moved in this time
	idleTime      = 5 * time.Minute   // and again in this time
	silence       = 150 * time.Second // a page that is open reports at least every minute
)

// Live draws a picture and controls; each time the learner moves one, it sets the
// control's value and calls draw again. Moves that come while draw is at work are
// skipped, but the last one never is.
//
//	rate := &plots.Slider{Name: "learning rate α", Min: 0.001, Max: 0.1, Value: 0.01, Log: true}
//	plots.Live("Gradient descent on a bowl.", func() plots.Drawer {
//		return plots.Contour(J, x, y, descend(rate.Value))
//	}, rate)
//
// The controls stand below the picture. Where there are Groups, these stand beside
// it, and the controls before the first Group above it. draw may set
// the values of controls itself, and the page follows: so a Menu of presets moves
// sliders, and an Output holds numbers that go with the picture.
//
// The cell runs until the learner presses Done or stops it, or leaves it alone
// (for one minute at the start, five later); then the picture stays as it is,
// without controls. When nobody is there Live draws once and returns. Outside a
// notebook it does nothing.
func Live(alt string, draw func() Drawer, controls ...Control) {
	if !gonbui.IsNotebook {
		return
	}
	picture := combine(alt, []Drawer{draw()})
	all := leaves(controls)
	if bad := checkControls(all); bad != nil {
		display(alt, bad)
		return
	}
	if f, ok := picture.(*Figure); !watched() || (ok && f.err != nil) {
		display(alt, picture, all...)
		return
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	l := live{out: newPlace(), address: "/descent/" + gonbui.UniqueId(), controls: all, wake: make(chan struct{}, 1)}
	l.open(alt, picture, controls)
	picture = l.run(ctx, picture, func() Drawer { return combine(alt, []Drawer{draw()}) })
	last := still(alt, picture, all...)
	last.Data[protocol.MIMETextHTML] = fmt.Sprint(last.Data[protocol.MIMETextHTML], asleep)
	l.out.put(last)
	gonbui.Sync()
}

// asleep says why the controls are gone.
const asleep = `<p style="opacity:.7">The controls have ended. Run the cell again to have them back.</p>`

// live is the exchange with the page of one call of Live.
type live struct {
	out      place
	page     string // picture, controls and script
	alt      string
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
	Seq    int               `json:"seq"`    // rises by one with each report
	Moves  int               `json:"moves"`  // how often a control has been moved
	Near   int               `json:"near"`   // how often the mouse or the keyboard has come near
	Shown  int               `json:"shown"`  // the newest picture that the page shows
	Done   bool              `json:"done"`   // the learner has pressed Done
	Dots   float64           `json:"dots"`   // the screen's pixels for a CSS pixel
	Values []json.RawMessage `json:"values"` // of the controls, in order
}

//go:embed live.js
var liveScript string

//go:embed live.css
var liveStyle string

// open puts picture and controls into the notebook and listens.
func (l *live) open(alt string, picture Drawer, controls []Control) {
	comms.Subscribe(l.address+"/in", func(_ string, text string) { l.receive(text) })
	width, height := size(picture)
	above, below, beside := places(controls)
	l.alt, l.page = alt, fmt.Sprintf(`<style>%s</style><div data-live="%s" role="group" aria-label="%s"><div data-above>%s</div><div data-picture style="max-width:%dpx">%s<div data-below>%s<button type="button" data-done="yes">Done</button></div></div><div data-beside>%s</div><script>%s</script></div>`,
		liveStyle, l.address, html.EscapeString(alt), elements(above), width, imageHTML(alt, PNG(picture), width, height), elements(below), elements(beside),
		strings.ReplaceAll(liveScript, "LIVE_ADDRESS", l.address))
	l.connect()
}

// connect joins the kernel and the page, and shows what there is. GoNB gives the two
// half a second to find each other: on a busy machine it takes another try.
func (l *live) connect() {
	comms.Start()
	l.out.put(&protocol.DisplayData{Data: map[protocol.MIMEType]any{
		protocol.MIMETextHTML: l.page, protocol.MIMETextPlain: l.alt}})
}

// receive takes a report. Each comes on a goroutine of its own, so an older one
// may come later; it is dropped.
func (l *live) receive(text string) {
	var r report
	if json.Unmarshal([]byte(text), &r) != nil || len(r.Values) != len(l.controls) {
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
	touched, sentAt, asked := start, start, start
	drawn, near, sent := 0, 0, 0
	for {
		l.mu.Lock()
		r, seen := l.last, l.seen
		l.mu.Unlock()
		if r.Near > near {
			near, touched = r.Near, time.Now()
		}
		switch {
		case ctx.Err() != nil || r.over(start, seen, touched):
			return picture
		case r.Seq == 0 && time.Since(asked) > helloAgain:
			l.connect()
			asked = time.Now()
		case r.Moves > drawn && (r.Shown >= sent || time.Since(sentAt) > 500*time.Millisecond):
			drawn, touched = r.Moves, time.Now()
			for i, c := range l.controls {
				c.set(r.Values[i])
			}
			before := states(l.controls)
			picture = draw()
			sent, sentAt = sent+1, time.Now()
			l.send(answer{N: sent, Moves: drawn, Set: changes(before, states(l.controls))}, picture, r.Dots)
			continue
		}
		select {
		case <-ctx.Done():
		case <-l.wake:
		case <-tick.C:
		}
	}
}

// over says whether the learner has gone, by the newest report, when it came
// (seen) and when a control was last moved or neared.
func (r report) over(start, seen, touched time.Time) bool {
	switch {
	case r.Done:
		return true
	case r.Seq == 0:
		return time.Since(start) > helloTime
	case time.Since(seen) > silence:
		return true
	case r.Moves+r.Near == 0:
		return time.Since(start) > untouchedTime
	}
	return time.Since(touched) > idleTime
}

// An answer is what the program sends: a picture, and the controls that it has
// set itself.
type answer struct {
	N      int                     `json:"n"`     // rises by one with each picture
	Moves  int                     `json:"moves"` // of the report that it answers
	Set    map[int]json.RawMessage `json:"set"`   // by the control's number
	Width  int                     `json:"width"`
	Height int                     `json:"height"`
	PNG    []byte                  `json:"png"`
}

// send hands the page a picture, with one dot a CSS pixel where the screen has
// no more: a quarter of the work.
func (l *live) send(a answer, picture Drawer, dots float64) {
	a.Width, a.Height = size(picture)
	at := resolution
	if dots > 0 && dots <= 1 {
		at = 1
	}
	a.PNG = compress(small(pixels(picture, at)), png.BestSpeed)
	text, _ := json.Marshal(a) // numbers, bytes, and JSON that states has made
	comms.Send(l.address+"/out", string(text))
}

// states are the values of controls as JSON.
func states(controls []Control) []json.RawMessage {
	all := make([]json.RawMessage, len(controls))
	for i, c := range controls {
		state, err := json.Marshal(c.state())
		if err != nil {
			state = json.RawMessage("null") // NaN or infinite: the page leaves the control alone
		}
		all[i] = state
	}
	return all
}

// changes are the states that are no longer what they were.
func changes(before, after []json.RawMessage) map[int]json.RawMessage {
	set := map[int]json.RawMessage{}
	for i := range after {
		if !bytes.Equal(before[i], after[i]) {
			set[i] = after[i]
		}
	}
	return set
}
