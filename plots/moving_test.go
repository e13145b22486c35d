package plots

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"image/png"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// thirty frames of a path on a contour map, the costliest usual scrubber.
func thirtyFrames() (frames []*Figure) {
	s := descent("gradient descent", 0.28)
	for n := 1; n <= 30; n++ {
		f := Contour(bowl, Range{-4, 4}, Range{-2, 2}, Series{Name: s.Name, X: s.X[:n], Y: s.Y[:n]})
		f.Title.Text = fmt.Sprintf("step %d", n-1)
		frames = append(frames, f)
	}
	return frames
}

func TestScrubberIsOneSmallElement(t *testing.T) {
	s := Scrubber{Alt: `A path "zigzags" < down.`, Frames: thirtyFrames()}
	h := s.HTML()
	if len(h) >= 400_000 {
		t.Errorf("30 frames take %d bytes, want less than 400,000", len(h))
	}
	few := Scrubber{Alt: s.Alt, Frames: s.Frames[:2]}
	if once, again := few.HTML(), few.HTML(); once != again {
		t.Error("the same frames give another element")
	}
	if links := regexp.MustCompile(`(src|href)="?[^d"]|https?:|@import|url\(`).FindAllString(h, -1); links != nil {
		t.Errorf("the element refers to something outside: %q", links)
	}
	if !strings.Contains(h, `alt="A path &#34;zigzags&#34; &lt; down."`) {
		t.Error("the still frame has no alt text, or it is not escaped")
	}
	if strings.Count(h, "<img") != 1 || strings.Index(h, "<img") > strings.Index(h, "<script") {
		t.Error("without scripts there is not just the still frame")
	}
}

func TestScrubberFramesDifferFromTheStillOne(t *testing.T) {
	pictures := together(thirtyFrames())
	d := difference(pictures[0], pictures[29])
	for i, c := range d.Pix {
		if int(c) == len(d.Palette)-1 {
			c = pictures[29].Pix[i] // what lies under a transparent pixel
		}
		if c != pictures[0].Pix[i] {
			t.Fatalf("pixel %d of the layered frame is colour %d, want %d", i, c, pictures[0].Pix[i])
		}
	}
	if b := write(d); len(b) > len(write(pictures[0]))/3 {
		t.Errorf("a difference takes %d bytes, want less than a third of the %d of its frame", len(b), len(write(pictures[0])))
	}
}

func TestScrubberSaysWhatIsWrong(t *testing.T) {
	small := Lines("x", "y", Series{Y: []float64{1, 2}})
	small.Width = 300
	usual := Lines("x", "y", Series{Y: []float64{1, 2}})
	for _, c := range []struct {
		s    Scrubber
		want string
	}{
		{Scrubber{Frames: []*Figure{usual}}, "alt text is empty"},
		{Scrubber{Alt: "A line."}, "no frame"},
		{Scrubber{Alt: "A line.", Frames: []*Figure{usual}, Still: 2}, "still frame is 2 of 1"},
		{Scrubber{Alt: "A line.", Frames: []*Figure{usual, small}}, "frame 2 is 300×380, want 600×380"},
	} {
		if bad := c.s.check(); bad == nil || !strings.Contains(bad.Err().Error(), c.want) {
			t.Errorf("the message is %v, want %q", bad, c.want)
		}
		if !strings.Contains(c.s.HTML(), "<img") {
			t.Error("the message is not shown")
		}
	}
}

// The page reports faster than pictures are drawn: some are skipped, not the last.
func TestLiveDrawsTheLastMove(t *testing.T) {
	slider := &Slider{Name: "α", Min: 0, Max: 1}
	l := live{controls: []Control{slider}, wake: make(chan struct{}, 1)}
	var drawn []float64
	draw := func() Drawer {
		time.Sleep(3 * time.Millisecond)
		drawn = append(drawn, slider.Value)
		return New("x", "y")
	}
	go func() {
		for k := 1; k <= 100; k++ {
			report, _ := json.Marshal(report{Seq: k, Moves: k, Shown: k, Values: []json.RawMessage{fmt.Appendf(nil, "%g", float64(k)/100)}})
			go l.receive(string(report))
			time.Sleep(time.Millisecond / 2)
		}
		time.Sleep(200 * time.Millisecond)
		l.receive(`{"seq": 101, "moves": 100, "shown": 100, "done": true, "values": [1]}`)
	}()
	l.run(context.Background(), New("x", "y"), draw)
	if n := len(drawn); n == 0 || drawn[n-1] != 1 {
		t.Errorf("the last picture is for %v, want 1", drawn)
	}
	if len(drawn) >= 100 {
		t.Errorf("all %d moves are drawn, want those skipped that came while drawing", len(drawn))
	}
}

func TestLiveEnds(t *testing.T) {
	for name, end := range map[string]func(l *live, cancel func()){
		"on interrupt": func(_ *live, cancel func()) { cancel() },
		"on Done":      func(l *live, _ func()) { l.receive(`{"seq": 1, "done": true, "values": []}`) },
	} {
		l := live{wake: make(chan struct{}, 1)}
		ctx, cancel := context.WithCancel(context.Background())
		go func() {
			time.Sleep(5 * time.Millisecond)
			end(&l, cancel)
		}()
		start := time.Now()
		still := New("x", "y")
		if got := l.run(ctx, still, nil); got != Drawer(still) {
			t.Errorf("%s: the last picture is another", name)
		}
		if time.Since(start) > 2*time.Second {
			t.Errorf("%s: it took %v", name, time.Since(start))
		}
		cancel()
	}
}

func TestLiveIgnoresNonsense(t *testing.T) {
	l := live{controls: []Control{&Button{}}, wake: make(chan struct{}, 1)}
	for _, text := range []string{"", "{", `{"seq": 9, "values": []}`, `{"seq": 9, "values": [1, 2]}`, `{"seq": "9", "values": [1]}`, `[]`} {
		l.receive(text)
	}
	if l.last.Seq != 0 {
		t.Errorf("a report of nonsense was taken: %+v", l.last)
	}
}

func TestASheetTakesInkAndKeepsItsSize(t *testing.T) {
	sheet := &Sheet{Name: "draw", Rows: 2, Cols: 3}
	if bad := checkControls([]Control{sheet}); bad != nil {
		t.Fatal(bad.Err())
	}
	sheet.set([]byte(`[0, 0.5, 1, 0, 0, 0, 9, 9]`))
	if want := []float64{0, 0.5, 1, 0, 0, 0}; !slices.Equal(sheet.Value, want) {
		t.Errorf("the sheet holds %v, want %v", sheet.Value, want)
	}
	if h := sheet.element(); !strings.Contains(h, `data-ink="[0,0.5,1,0,0,0]"`) || !strings.Contains(h, `width="3" height="2"`) {
		t.Errorf("the element is %s", h)
	}
	for _, bad := range []*Sheet{{}, {Rows: 2, Cols: 2, Value: make([]float64, 3)}, {Rows: 1, Cols: 1, Value: []float64{math.NaN()}}} {
		if checkControls([]Control{bad}) == nil {
			t.Errorf("a sheet of %d×%d with %v was taken", bad.Rows, bad.Cols, bad.Value)
		}
	}
}

func TestControlsKeepTheirLimits(t *testing.T) {
	menu := &Menu{Options: []string{"SGD", "Adam"}}
	menu.set([]byte("7"))
	if menu.Value != 1 {
		t.Errorf("a menu of two chooses %d", menu.Value)
	}
	for _, c := range []Control{
		&Slider{Min: 1, Max: 1}, &Slider{Min: 0, Max: 1, Log: true}, &Slider{Min: math.NaN(), Max: 1},
		&Menu{}, &Menu{Options: []string{"a"}, Value: 1}, nil,
	} {
		if checkControls([]Control{c}) == nil {
			t.Errorf("%+v is accepted", c)
		}
	}
	for element, want := range map[string]string{
		(&Slider{Name: "α < 1", Min: 0.001, Max: 1, Value: 0.0316227766, Log: true}).element(): `aria-label="α &lt; 1" data-control="log" data-min="0.001" data-max="1" data-step="0" data-zero="false" data-value="0.0316227766" min="0" max="120" value="60"`,
		(&Slider{Name: "units", Min: 1, Max: 9, Value: 3, Step: 2}).element():                  `min="0" max="4" value="1"`,
		(&Menu{Name: "optimizer", Options: []string{"SGD", "Adam"}, Value: 1}).element():       `<option>SGD</option><option selected>Adam</option>`,
		(&Button{Name: "Again"}).element():                                                     `data-clicks="0">Again`,
	} {
		if !strings.Contains(element, want) {
			t.Errorf("the element is %s, want %s in it", element, want)
		}
	}
}

// A state that is no such thing, or none at all, leaves the control as it was.
func TestControlsIgnoreNonsense(t *testing.T) {
	controls := []Control{
		&Slider{Value: 2}, &Menu{Options: []string{"a", "b"}, Value: 1}, &Button{Clicks: 3},
		&Sheet{Rows: 1, Cols: 2, Value: []float64{0, 1}}, &Field{Value: "noise=0.2"}, &Output{Text: "loss 0.1"},
	}
	before := states(controls)
	for _, text := range []string{`null`, `{}`, `[[1]]`, `true`} {
		for _, c := range controls {
			c.set([]byte(text))
		}
		if set := changes(before, states(controls)); len(set) > 0 {
			t.Errorf("%s changes controls: %v", text, set)
		}
	}
}

// What draw sets goes to the page with the picture, and nothing else does.
func TestLiveSendsWhatDrawHasSet(t *testing.T) {
	preset, rate, numbers := &Menu{Options: []string{"calm", "wild"}}, &Slider{Min: 0, Max: 3, Value: 1}, &Output{Text: "loss 1"}
	controls := leaves([]Control{&Group{Controls: []Control{preset, rate}}, numbers})
	before := states(controls)
	rate.Value, numbers.Text = 2.5, "loss 7"
	got, _ := json.Marshal(changes(before, states(controls)))
	if want := `{"0":"loss 7","2":2.5}`; string(got) != want {
		t.Errorf("the page is told %s, want %s", got, want)
	}
	rate.Value = math.NaN()
	if got := changes(before, states(controls))[2]; string(got) != "null" {
		t.Errorf("the page is told that a slider is at %s, want null", got)
	}
}

// The page counts controls in its own order: above, below and beside the picture.
func TestControlsHaveTheirPlaces(t *testing.T) {
	a, b, c, d, e := &Menu{}, &Slider{}, &Slider{}, &Output{}, &Button{}
	for _, test := range []struct{ given, above, below, order []Control }{
		{[]Control{b, e}, nil, []Control{b, e}, []Control{b, e}},
		{[]Control{a, &Group{Controls: []Control{b}}, d, &Group{Controls: []Control{c}}, e}, []Control{a}, []Control{d, e}, []Control{a, d, e, b, c}},
		{[]Control{&Group{Controls: []Control{b, &Group{Controls: []Control{c}}}}, d}, nil, []Control{d}, []Control{d, b, c}},
	} {
		above, below, _ := places(test.given)
		if !slices.Equal(above, test.above) || !slices.Equal(below, test.below) || !slices.Equal(leaves(test.given), test.order) {
			t.Errorf("%v: above %v, below %v, in order %v", test.given, above, below, leaves(test.given))
		}
	}
}

// What controls say in words stays when they have gone.
func TestStillKeepsTexts(t *testing.T) {
	d := still("A line.", Lines("x", "y", Series{Y: []float64{2, 1}}), &Slider{}, &Output{Name: "code", Text: "a < b", Code: true}, &Field{Name: "setting", Value: "a=1"}, &Output{Name: "empty"})
	h := d.Data["text/html"].(string)
	for _, want := range []string{`<b>code</b>`, `a &lt; b</pre>`, `<b>setting</b>`, `a=1`} {
		if !strings.Contains(h, want) {
			t.Errorf("the element has no %s: …%s", want, h[strings.Index(h, ">"):])
		}
	}
	if strings.Contains(h, "empty") || strings.Contains(h, "<input") {
		t.Error("the element has an empty text or a control")
	}
}

func TestAudioIsAWaveFile(t *testing.T) {
	b := wav([]float64{0, 2, -1, math.NaN()}, 8000) // too loud: scaled by a half
	if len(b) != 44+8 || string(b[:4]) != "RIFF" || string(b[8:16]) != "WAVEfmt " || string(b[36:40]) != "data" {
		t.Fatalf("the file is %q", b)
	}
	var head struct {
		Format, Channels    uint16
		Rate, BytesASecond  uint32
		BytesAFrame, BitsIn uint16
	}
	if err := binary.Read(bytes.NewReader(b[20:36]), binary.LittleEndian, &head); err != nil || head.Rate != 8000 || head.BytesASecond != 16000 || head.BitsIn != 16 {
		t.Errorf("the header is %+v (%v)", head, err)
	}
	var pcm [4]int16
	if err := binary.Read(bytes.NewReader(b[44:]), binary.LittleEndian, &pcm); err != nil || pcm != [4]int16{0, 32767, -16384, 0} {
		t.Errorf("the samples are %v (%v), want 0, 32767, −16384, 0", pcm, err)
	}
	for _, c := range []struct {
		text    string
		samples []float64
		rate    int
	}{{"", []float64{1}, 8000}, {"a", nil, 8000}, {"a", []float64{1}, 0}} {
		if _, err := audioHTML(c.text, c.samples, c.rate); err == nil {
			t.Errorf("%+v gives a player", c)
		}
	}
}

func TestTableIsEscapedAndAligned(t *testing.T) {
	h := Table{Caption: "a < b", Header: []string{"name", "n"}, Rows: [][]any{{"<script>", -1200}, {"x", 0.31}}}.HTML()
	for _, want := range []string{"a &lt; b", "&lt;script&gt;", `text-align:right">−1,200</td>`, `text-align:left">x</td>`, `scope="col"`} {
		if !strings.Contains(h, want) {
			t.Errorf("the table has no %s: %s", want, h)
		}
	}
	if strings.Contains(h, "<style") || strings.Contains(h, "class=") {
		t.Error("the table uses a style sheet, which an untrusted notebook drops")
	}
}

func TestTrendReadsACurve(t *testing.T) {
	for _, c := range []struct {
		values []float64
		want   string
	}{
		{nil, "loss has no values"},
		{[]float64{14.2, 0.31}, "loss falls from 14.2 to 0.31 over 2 epochs"},
		{[]float64{0.5, 0.9, 0.97}, "loss rises from 0.5 to 0.97 over 3 epochs"},
		{[]float64{2, 2.0001}, "loss stays at 2 over 2 epochs"},
		{[]float64{1, math.Inf(1), 3e-6}, "loss falls from 1 to 3·10⁻⁶ over 3 epochs, with values that are not numbers"},
	} {
		if got := Trend("loss", c.values, "epochs"); got != c.want {
			t.Errorf("the trend of %v is %q, want %q", c.values, got, c.want)
		}
	}
}

// What is shown is a picture with alt text in all the places where viewers look.
func TestStillCarriesAltTextAndSize(t *testing.T) {
	d := still(`Loss "falls".`, Lines("x", "y", Series{Y: []float64{2, 1}}))
	if h := d.Data["text/html"].(string); !strings.HasPrefix(h, `<img alt="Loss &#34;falls&#34;." width="600" height="380"`) {
		t.Errorf("the element starts %.80s", h)
	}
	if d.Data["text/plain"] != `Loss "falls".` || d.Metadata["alt"] != `Loss "falls".` {
		t.Error("the alt text is not in plain text and metadata")
	}
	if size := d.Metadata["image/png"].(map[string]int); size["width"] != 600 || size["height"] != 380 {
		t.Errorf("the size is %v", size)
	}
	if _, err := png.Decode(bytes.NewReader(d.Data["image/png"].([]byte))); err != nil {
		t.Error(err)
	}
}
