package spec

import (
	"encoding/json"
	"math"
	"reflect"
	"strings"
	"testing"
)

type shape interface{ area() float64 }

type square struct{ Side float64 }

type rate float64

type group struct {
	Name   string
	Count  int
	Wide   bool
	Axes   []int
	Inner  shape
	Shapes []shape

	Memory []float64 `json:"-"`
	Built  *square
	hidden int
}

func (s square) area() float64 { return s.Side * s.Side }
func (r rate) area() float64   { return float64(r) }
func (g *group) area() float64 { return float64(g.Count) }

func known() Types {
	t := Types{}
	t.Add(square{}, rate(0), &group{})
	return t
}

func TestDecodeIsTheInverseOfEncode(t *testing.T) {
	list := []shape{
		square{1.5}, rate(0.25), square{}, &group{},
		&group{Name: "é", Count: -3, Wide: true, Axes: []int{2, -1}, Inner: &group{Count: 7}, Shapes: []shape{rate(1), square{2}}},
	}
	texts, err := Encode(known(), list)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Decode[shape](known(), texts)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, list) {
		t.Errorf("got  %+v\nwant %+v", got, list)
	}
}

func TestOnlyWhatTheUserSetIsWritten(t *testing.T) {
	texts, err := Encode(known(), []*group{{Count: 2, Memory: []float64{1}, Built: &square{1}, hidden: 1}})
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"Count":2,"type":"group"}`; string(texts[0]) != want {
		t.Errorf("got %s, want %s", texts[0], want)
	}
}

func TestWhatCannotBeWrittenIsRefused(t *testing.T) {
	for want, v := range map[string]any{"Register": struct{ X int }{}, "unsupported value": square{math.NaN()}} {
		if _, err := Encode(known(), []any{v}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: got error %v, want one with %q", v, err, want)
		}
	}
}

func TestDecodeTrustsNothing(t *testing.T) {
	deep := `{"type":"square"}`
	for range 1000 {
		deep = `{"type":"group","Inner":` + deep + `}`
	}
	for text, want := range map[string]string{
		`nonsense`:                             "invalid",
		`[]`:                                   "array",
		`{}`:                                   `""`,
		`{"type":5}`:                           `""`,
		`{"type":"circle"}`:                    `"circle"`,
		`{"type":"square","Edge":1}`:           `"Edge"`,
		`{"type":"square","Side":"long"}`:      "field Side of square",
		`{"type":"square","Side":1e999}`:       "field Side of square",
		`{"type":"group","Count":2147483648}`:  "32 bits",
		`{"type":"group","Count":1.5}`:         "field Count of group",
		`{"type":"group","Axes":[1,"two"]}`:    "field Axes of group",
		`{"type":"group","Axes":3}`:            "field Axes of group",
		`{"type":"group","Memory":[1]}`:        `"Memory"`,
		`{"type":"group","hidden":1}`:          `"hidden"`,
		`{"type":"group","Built":{"Side":1}}`:  "can't be read",
		`{"type":"group","Inner":3}`:           "field Inner of group",
		`{"type":"group","Inner":{"type":""}}`: `""`,
		`{"type":"rate"}`:                      "unexpected end",
		deep:                                   "describes",
	} {
		if _, err := Decode[shape](known(), []json.RawMessage{json.RawMessage(text)}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60s: got error %v, want one with %q", text, err, want)
		}
	}
	if _, err := Decode[*group](known(), []json.RawMessage{json.RawMessage(`{"type":"square"}`)}); err == nil || !strings.Contains(err.Error(), "there is a square") {
		t.Errorf("a square for a group: got error %v", err)
	}
}
