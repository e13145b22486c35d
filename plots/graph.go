package plots

import (
	"sort"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// A Node is a quantity in a computation graph: an input, or the result of an
// operation on other nodes.
type Node struct {
	Name   string   // unique in the graph: "z", "x·w"
	Op     string   // "×", "tanh"; empty for an input
	Inputs []string // the names of the nodes it is computed from
	Value  float64
	Grad   float64 // ∂J/∂node, shown if Graph is asked to
}

// Graph draws a computation graph from inputs, at the left, to results: a box
// for each node with its value and, if gradients is true, its gradient below.
func Graph(gradients bool, nodes ...Node) *Figure {
	g := network{nodes: nodes, gradients: gradients}
	if bad := g.place(); bad != nil {
		return bad
	}
	f := bare()
	f.HideAxes()
	f.X.Padding, f.Y.Padding = 0, 0
	f.Width = min(maxWidth, 150*len(g.columns)+20)
	rows := 1
	for _, c := range g.columns {
		rows = max(rows, len(c))
	}
	f.Height = rows*84 + 20
	f.Add(g)
	return f
}

// network is a graph laid out in columns: each node stands to the right of all
// it is computed from.
type network struct {
	nodes     []Node
	gradients bool
	columns   [][]int // indices of nodes, from the top
	index     map[string]int
}

// place finds the columns, and orders each by the middle of its nodes' inputs.
func (g *network) place() *Figure {
	if len(g.nodes) == 0 {
		return failed("Graph: no node given")
	}
	g.index = map[string]int{}
	for i, n := range g.nodes {
		if _, twice := g.index[n.Name]; twice {
			return failed("Graph: two nodes are named %q", n.Name)
		}
		g.index[n.Name] = i
	}
	depth, bad := g.depths()
	if bad != nil {
		return bad
	}
	g.pullInputs(depth)
	deepest := 0
	for _, d := range depth {
		deepest = max(deepest, d)
	}
	g.columns = make([][]int, deepest+1)
	for i, d := range depth {
		g.columns[d] = append(g.columns[d], i)
	}
	g.order()
	return nil
}

// depths returns how many nodes stand to the left of each, at least.
func (g *network) depths() ([]int, *Figure) {
	depth := make([]int, len(g.nodes))
	for pass := 0; ; pass++ {
		moved := false
		for i, n := range g.nodes {
			for _, in := range n.Inputs {
				k, known := g.index[in]
				if !known {
					return nil, failed("Graph: node %q has an unknown input %q", n.Name, in)
				}
				if depth[i] <= depth[k] {
					depth[i], moved = depth[k]+1, true
				}
			}
		}
		if !moved {
			break
		}
		if pass > len(g.nodes) {
			return nil, failed("Graph: the nodes form a cycle")
		}
	}
	return depth, nil
}

// pullInputs moves inputs next to the first node that uses them.
func (g *network) pullInputs(depth []int) {
	for i, n := range g.nodes {
		if len(n.Inputs) > 0 {
			continue
		}
		first := -1
		for k, user := range g.nodes {
			for _, in := range user.Inputs {
				if in == n.Name && (first < 0 || depth[k] < first) {
					first = depth[k]
				}
			}
		}
		if first > 0 {
			depth[i] = first - 1
		}
	}
}

func (g *network) order() {
	height := make([]float64, len(g.nodes))
	for _, column := range g.columns {
		middle := map[int]float64{}
		for at, i := range column {
			middle[i] = float64(at)
			if n := len(g.nodes[i].Inputs); n > 0 {
				middle[i] = 0
				for _, in := range g.nodes[i].Inputs {
					middle[i] += height[g.index[in]] / float64(n)
				}
			}
		}
		sort.SliceStable(column, func(a, b int) bool { return middle[column[a]] < middle[column[b]] })
		for at, i := range column {
			height[i] = (float64(at) + 0.5) / float64(len(column))
		}
	}
}

// Plot implements plot.Plotter.
func (g network) Plot(c draw.Canvas, _ *plot.Plot) {
	step := c.Size().X / vg.Length(len(g.columns))
	boxes := make([]vg.Rectangle, len(g.nodes))
	for k, column := range g.columns {
		for at, i := range column {
			middle := vg.Point{
				X: c.Min.X + (vg.Length(k)+0.5)*step,
				Y: c.Max.Y - c.Size().Y*(vg.Length(at)+0.5)/vg.Length(len(column)),
			}
			w, h := min(step*0.38, 44), vg.Length(23)
			boxes[i] = vg.Rectangle{Min: vg.Point{X: middle.X - w, Y: middle.Y - h}, Max: vg.Point{X: middle.X + w, Y: middle.Y + h}}
		}
	}
	for i, n := range g.nodes {
		for _, in := range n.Inputs {
			from, to := boxes[g.index[in]], boxes[i]
			arrow(c, vg.Point{X: from.Max.X, Y: (from.Min.Y + from.Max.Y) / 2}, vg.Point{X: to.Min.X, Y: (to.Min.Y + to.Max.Y) / 2}, faint)
		}
	}
	for i, n := range g.nodes {
		g.box(c, n, boxes[i])
	}
}

func (g network) box(c draw.Canvas, n Node, r vg.Rectangle) {
	fill := panel
	if n.Op != "" {
		fill = blend(fill, Colour(0), 0.15)
	}
	rectangle(c, r, fill, faint)
	name, small := bold(typeset(labelSize, ink)), typeset(tickSize-0.5, ink)
	name.YAlign, small.YAlign = draw.YCenter, draw.YCenter
	title := n.Name
	if n.Op != "" && n.Op != n.Name {
		title = n.Name + " = " + n.Op
	}
	x, width := (r.Min.X+r.Max.X)/2, r.Size().X-6
	lines := []string{title, short(n.Value)}
	if g.gradients {
		lines = append(lines, "∇\u00a0"+short(n.Grad))
	}
	for k, line := range lines {
		style := small
		if k == 0 {
			style = name
		}
		if k == 2 {
			style.Color = Colour(1)
		}
		y := r.Max.Y - 3 - (r.Size().Y-6)*(vg.Length(k)+0.5)/vg.Length(len(lines))
		fitText(c, style, vg.Point{X: x, Y: y}, line, width)
	}
}
