package dl

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"descent/dl/spec"
)

// InputGradient computes the loss of a batch and returns ∂J/∂x, which the
// model owns, or nil for class numbers, which have no gradient. Params.Grad
// holds ∇J(θ) as after Gradient.
func (m *Model) InputGradient(x, y *Tensor) *Tensor {
	m.Params.ZeroGrad()
	yhat := m.Forward(x, true)
	m.Loss.Eval(yhat, y, m.grad.fit(yhat.Shape[0], yhat.Shape[1:]))
	dx := m.Backward(&m.grad)
	for _, p := range m.Penalties {
		p.Add(&m.Params)
	}
	return dx
}

// container is a layer made of chains.
type container interface{ chains() []*Chain }

func (c *Chain) chains() []*Chain { return []*Chain{c} }

// visit calls f for each layer, in order, those inside containers too.
func (c *Chain) visit(f func(c *Chain, i int)) {
	for i, layer := range c.Layers {
		f(c, i)
		if box, ok := layer.(container); ok {
			for _, inner := range box.chains() {
				inner.visit(f)
			}
		}
	}
}

// Names lists the layers' names, "0.Dense", "1.ReLU"; a layer in a container
// has the container's name before its own, "2.Residual.0.LayerNorm".
func (m *Model) Names() []string {
	var names []string
	m.visit(func(c *Chain, i int) { names = append(names, c.paths[i]) })
	return names
}

// find returns where the layer with a name stands.
func (m *Model) find(name string) (chain *Chain, index int, err error) {
	m.visit(func(c *Chain, i int) {
		if c.paths[i] == name {
			chain, index = c, i
		}
	})
	if chain == nil {
		return nil, 0, fmt.Errorf("dl: the model has no layer %q; it has %s", name, strings.Join(m.Names(), ", "))
	}
	return chain, index, nil
}

// Layer returns the layer with a name.
func (m *Model) Layer(name string) (Layer, error) {
	c, i, err := m.find(name)
	if err != nil {
		return nil, err
	}
	return c.Layers[i], nil
}

// Activation returns the named layer's output of the last Forward, which the
// layer owns.
func (m *Model) Activation(name string) (*Tensor, error) {
	c, i, err := m.find(name)
	if err != nil {
		return nil, err
	}
	if c.y[i] == nil {
		return nil, fmt.Errorf("dl: layer %q has no output yet; call Forward or Predict first", name)
	}
	return c.y[i], nil
}

// ActivationGradient returns ∂L/∂y for the named layer's output, from the last
// Backward.
func (m *Model) ActivationGradient(name string) (*Tensor, error) {
	c, i, err := m.find(name)
	if err != nil {
		return nil, err
	}
	if c.dy[i] == nil {
		return nil, fmt.Errorf("dl: layer %q has no gradient yet; call Gradient or Step first", name)
	}
	return c.dy[i], nil
}

// Freeze makes optimizers leave every parameter as it is whose name begins
// with prefix: a layer's name or, with "", the whole model. It returns how many
// parameters (arrays) that are.
func (m *Model) Freeze(prefix string) int { return m.setFrozen(prefix, true) }

// Unfreeze undoes Freeze.
func (m *Model) Unfreeze(prefix string) int { return m.setFrozen(prefix, false) }

func (m *Model) setFrozen(prefix string, frozen bool) int {
	n := 0
	for _, p := range m.Params.List {
		if prefix == "" || p.Name == prefix || strings.HasPrefix(p.Name, prefix+".") {
			p.Frozen = frozen
			n++
		}
	}
	return n
}

// MultiplyAdds is the number of multiply-adds in the matrix products of one
// Forward for one sample. Backward needs about twice as many.
func (m *Model) MultiplyAdds() int {
	total := 0
	m.visit(func(c *Chain, i int) {
		if l, ok := c.Layers[i].(interface{ multiplyAdds() int }); ok {
			total += l.multiplyAdds()
		}
	})
	return total
}

// String is a table of the model: a line for each layer, its output's shape
// for one sample, and how many numbers it learns.
func (m *Model) String() string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "layer\toutput\tparameters\t\n")
	fmt.Fprintf(w, "input\t%v\t\t\n", m.In)
	m.visit(func(c *Chain, i int) {
		name, indent := c.paths[i], strings.Repeat("  ", strings.Count(c.paths[i], ".")/2)
		if box, ok := c.Layers[i].(container); ok && len(box.chains()) > 0 {
			fmt.Fprintf(w, "%s%s\t%v\t\t\n", indent, spec.Name(c.Layers[i]), c.shapes[i])
			return
		}
		count := 0
		for _, p := range m.Params.List {
			if strings.HasPrefix(p.Name, name+".") {
				count += p.Shape.Size()
			}
		}
		fmt.Fprintf(w, "%s%s\t%v\t%d\t\n", indent, spec.Name(c.Layers[i]), c.shapes[i], count)
	})
	w.Flush()
	var table strings.Builder
	for line := range strings.Lines(b.String()) {
		table.WriteString(strings.TrimRight(line, " \n") + "\n")
	}
	learned, all := m.Params.Count()
	fmt.Fprintf(&table, "%d parameters, %d learned; %d multiply-adds a sample", all, learned, m.MultiplyAdds())
	return table.String()
}
