//go:build unix

package setup

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progress shows one step: on a terminal a bar while it is going on, elsewhere a line every 10 seconds, and at the end
// a line with the time it took.
type progress struct {
	out   io.Writer
	title string
	start time.Time
	bar   *progressbar.ProgressBar // nil if out is no terminal
	said  time.Time                // when the last line was written, if out is no terminal
}

func newProgress(out io.Writer, title string) *progress {
	p := &progress{out: out, title: title, start: time.Now(), said: time.Now()}
	if IsTerminal(out) {
		p.bar = progressbar.NewOptions(-1, progressbar.OptionSetWriter(out), progressbar.OptionSetDescription("  "+title),
			progressbar.OptionClearOnFinish(), progressbar.OptionSetWidth(20), progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionSetElapsedTime(true), progressbar.OptionSetPredictTime(false),
			progressbar.OptionSetRenderBlankState(true))
		p.bar.Set(0)
	}
	return p
}

// at shows that done of total things are finished; a total of 0 means that it is unknown.
func (p *progress) at(done, total int, unit string) {
	if p.bar != nil {
		if total > 0 && p.bar.GetMax() != total {
			p.bar.ChangeMax(total)
		}
		p.bar.Set(done)
		return
	}
	if time.Since(p.said) < 10*time.Second {
		return
	}
	p.said = time.Now()
	of := ""
	if total > 0 {
		of = fmt.Sprintf(" of %d", total)
	}
	fmt.Fprintf(p.out, "  %s: %d%s %s after %.0f s\n", p.title, done, of, unit, time.Since(p.start).Seconds())
}

// end finishes the display.
func (p *progress) end(err error) {
	if p.bar != nil {
		p.bar.Finish() // which also ends the goroutine that turns its spinner
	}
	how := fmt.Sprintf("%6.1f s", time.Since(p.start).Seconds())
	if err != nil {
		how = "  failed"
	}
	fmt.Fprintf(p.out, "  %-50s %s\n", p.title, how)
}

// IsTerminal reports whether w is a terminal.
func IsTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}
