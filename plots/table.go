package plots

import (
	"fmt"
	"html"
	"math"
	"strconv"
	"strings"

	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/protocol"
)

// A Table is rows of values under a header, shown as HTML. Its styles are in
// the elements, since a notebook that is not trusted yet drops style sheets.
type Table struct {
	Caption string
	Header  []string
	Rows    [][]any // numbers stand at the right; floats of a column have as many decimals
}

// Show displays the table in the notebook; elsewhere it does nothing.
func (t Table) Show() {
	if !gonbui.IsNotebook {
		return
	}
	pause()
	gonbui.SendData(&protocol.DisplayData{Data: map[protocol.MIMEType]any{
		protocol.MIMETextHTML:  t.HTML(),
		protocol.MIMETextPlain: t.String(),
	}})
	gonbui.Sync()
}

// HTML returns the table as an HTML element.
func (t Table) HTML() string {
	const cell = "padding:3px 12px;border:0;"
	var b strings.Builder
	b.WriteString(`<table style="border-collapse:collapse;margin:4px 0;font-variant-numeric:tabular-nums">`)
	if t.Caption != "" {
		fmt.Fprintf(&b, `<caption style="caption-side:top;text-align:left;padding:3px 12px;font-style:italic">%s</caption>`, html.EscapeString(t.Caption))
	}
	b.WriteString(`<thead><tr style="border-bottom:1px solid currentColor">`)
	for j, h := range t.Header {
		fmt.Fprintf(&b, `<th scope="col" style="%stext-align:%s">%s</th>`, cell, t.align(j), html.EscapeString(h))
	}
	b.WriteString("</tr></thead><tbody>")
	for _, row := range t.Rows {
		b.WriteString("<tr>")
		for j, v := range row {
			fmt.Fprintf(&b, `<td style="%stext-align:%s">%s</td>`, cell, t.align(j), html.EscapeString(t.text(j, v)))
		}
		b.WriteString("</tr>")
	}
	b.WriteString("</tbody></table>")
	return b.String()
}

// String returns the table as plain text.
func (t Table) String() string {
	var b strings.Builder
	if t.Caption != "" {
		fmt.Fprintln(&b, t.Caption)
	}
	fmt.Fprintln(&b, strings.Join(t.Header, "\t"))
	for _, row := range t.Rows {
		for j, v := range row {
			if j > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(t.text(j, v))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// align is "right" for a column of numbers.
func (t Table) align(column int) string {
	for _, row := range t.Rows {
		if column < len(row) {
			switch row[column].(type) {
			case int, int64, float64, float32, uint, uint64:
				return "right"
			}
		}
	}
	return "left"
}

// text writes v, which stands in a column.
func (t Table) text(column int, v any) string {
	switch v := v.(type) {
	case int:
		return minus(thousands(fmt.Sprint(v)))
	case float64:
		if !drawable(v) || v != 0 && (math.Abs(v) < 1e-4 || math.Abs(v) >= 1e6) {
			return short(v)
		}
		return minus(thousands(strconv.FormatFloat(v, 'f', t.decimals(column), 64)))
	}
	return fmt.Sprint(v)
}

// decimals is how many decimals the floats of a column need for four digits.
func (t Table) decimals(column int) (most int) {
	for _, row := range t.Rows {
		if column >= len(row) {
			continue
		}
		if v, ok := row[column].(float64); ok && drawable(v) {
			_, decimals, _ := strings.Cut(strconv.FormatFloat(v, 'g', 4, 64), ".")
			if !strings.Contains(decimals, "e") {
				most = max(most, len(decimals))
			}
		}
	}
	return most
}
