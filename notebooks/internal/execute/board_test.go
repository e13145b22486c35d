//go:build unix

package execute

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// shown returns what a terminal shows after text, of which it knows line feeds, cursor up and clear.
func shown(text string) []string {
	var lines []string
	up := regexp.MustCompile(`^\x1b\[(\d+)A\x1b\[J`)
	for text != "" {
		if move := up.FindStringSubmatch(text); move != nil {
			n, _ := strconv.Atoi(move[1])
			lines, text = lines[:len(lines)-n], text[len(move[0]):]
			continue
		}
		line, rest, _ := strings.Cut(text, "\n")
		lines, text = append(lines, strings.Join(strings.Fields(line), " ")), rest
	}
	return lines
}

func TestBoardKeepsALineForEachNotebook(t *testing.T) {
	var out bytes.Buffer
	for _, test := range []struct {
		live bool
		want string
	}{
		{true, "b unchanged 2.0 s|c FAILED 1.0 s|a cell 7 of 9"},
		{false, "b unchanged 2.0 s|c FAILED 1.0 s"},
	} {
		out.Reset()
		b := &board{out: &out, live: test.live}
		b.at("a", 0, 0)
		b.at("b", 0, 0)
		b.at("a", 1, 9)
		b.at("b", 3, 3)
		b.done("b", "unchanged", 2*time.Second)
		b.at("c", 0, 0)
		b.at("a", 7, 9)
		b.done("c", "FAILED", time.Second)
		if got := strings.Join(shown(out.String()), "|"); got != test.want {
			t.Errorf("live %v: shows %q, want %q", test.live, got, test.want)
		}
	}
}
