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

// visit calls f for each layer, in order, those inside containers too.
func (c *Chain) visit(f func(s *stage)) {
	for i := range c.stages {
		s := &c.stages[i]
		f(s)
		if box, ok := s.Layer.(interface{ inner() *Chain }); ok {
			box.inner().visit(f)
		}
	}
}

// Names lists the layers' names, "0.Dense", "1.ReLU"; a layer in a container
// has the container's name before its own, "2.Residual.0.LayerNorm".
func (m *Model) Names() []string {
	var names []string
	m.visit(func(s *stage) { names = append(names, s.path) })
	return names
}

// find returns the layer with a name, or an empty stage and an error.
func (m *Model) find(name string) (found stage, err error) {
	m.visit(func(s *stage) {
		if s.path == name {
			found = *s
		}
	})
	if found.Layer == nil {
		err = fmt.Errorf("dl: the model has no layer %q; it has %s", name, strings.Join(m.Names(), ", "))
	}
	return found, err
}

// Layer returns the layer with a name.
func (m *Model) Layer(name string) (Layer, error) {
	s, err := m.find(name)
	return s.Layer, err
}

// Activation returns the named layer's output of the last Forward, which the
// layer owns.
func (m *Model) Activation(name string) (*Tensor, error) {
	s, err := m.find(name)
	if s.by != nil && s.by.x != nil {
		return s.Forward(s.by.x, false), nil
	}
	if err == nil && s.y == nil {
		err = fmt.Errorf("dl: layer %q has no output yet; call Forward or Predict first", name)
	}
	return s.y, err
}

// ActivationGradient returns ∂L/∂y for the named layer's output, from the last
// Backward.
func (m *Model) ActivationGradient(name string) (*Tensor, error) {
	s, err := m.find(name)
	if s.by != nil && s.by.dy != nil {
		// The pooling alone, after the ReLU, with memory of its own: the model's is in use.
		alone := &MaxPool2D{pooling: pooling{s.by.geometry}}
		alone.y, alone.dx = Tensor{}, Tensor{}
		alone.Forward(s.Forward(s.by.x, false), false)
		return alone.Backward(s.by.dy), nil
	}
	if err == nil && s.dy == nil {
		err = fmt.Errorf("dl: layer %q has no gradient yet; call Gradient or Step first", name)
	}
	return s.dy, err
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
	m.visit(func(s *stage) {
		if l, ok := s.Layer.(interface{ multiplyAdds() int }); ok {
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
	fmt.Fprintf(w, "layer\toutput\tparameters\t\ninput\t%v\t\t\n", m.In)
	m.visit(func(s *stage) {
		parameters := ""
		if _, ok := s.Layer.(interface{ inner() *Chain }); !ok {
			parameters = fmt.Sprint(m.count(s.path))
		}
		fmt.Fprintf(w, "%*s%s\t%v\t%s\t\n", strings.Count(s.path, ".")/2*2, "", spec.Name(s.Layer), s.out, parameters)
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

// count is how many numbers the parameters of a layer hold.
func (m *Model) count(name string) (n int) {
	for _, p := range m.Params.List {
		if strings.HasPrefix(p.Name, name+".") {
			n += p.Shape.Size()
		}
	}
	return n
}
