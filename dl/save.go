package dl

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"descent/dl/safetensors"
)

// modelSpec is the JSON in the metadata of a model's file.
type modelSpec struct {
	In     Shape    `json:"in"`
	Layers []any    `json:"layers"`
	Frozen []string `json:"frozen,omitempty"`
}

// trainingSpec is the JSON that SaveTraining adds.
type trainingSpec struct {
	Optimizer any      `json:"optimizer"`
	Loss      any      `json:"loss"`
	Penalties []any    `json:"penalties,omitempty"`
	Streams   []string `json:"streams"` // state of each random stream
}

// Save writes the model to a safetensors file: every parameter and running
// statistic as a tensor under its name, and the architecture as JSON in the
// metadata. A crash or a full disk never leaves half a file.
func (m *Model) Save(path string) error { return m.save(path, false) }

// SaveTraining is Save with what is needed to go on training to the same bits
// as if it had not stopped: the optimizer with its memory, the loss, the
// penalties and the state of every random stream. Metrics and callbacks are
// code: set them again after Load, with m.Metrics and in FitConfig, and set
// FitConfig.FirstEpoch.
func (m *Model) SaveTraining(path string) error { return m.save(path, true) }

func (m *Model) save(path string, training bool) error {
	if _, ok := finite(m.Params.Value); !ok {
		return errors.New("dl: Save: the model has parameters that are NaN or infinite; want finite ones: train again with a smaller learning rate")
	}
	spec := modelSpec{In: m.In}
	var err error
	if spec.Layers, err = encodeSpecs(m.Layers); err != nil {
		return err
	}
	var tensors []safetensors.Array
	for _, p := range m.Params.List {
		tensors = append(tensors, safetensors.Array{Name: p.Name, Shape: p.Shape, Data: p.Value})
		if p.Frozen {
			spec.Frozen = append(spec.Frozen, p.Name)
		}
	}
	metadata := map[string]string{"format": "descent"}
	if err := addJSON(metadata, "model", spec); err != nil {
		return err
	}
	if training {
		spec, memory, err := m.trainingSpec()
		if err != nil {
			return err
		}
		if err := addJSON(metadata, "training", spec); err != nil {
			return err
		}
		tensors = append(tensors, memory...)
	}
	if err := safetensors.Write(path, tensors, metadata); err != nil {
		return fmt.Errorf("dl: Save: %w", err)
	}
	return nil
}

func (m *Model) trainingSpec() (spec trainingSpec, memory []safetensors.Array, err error) {
	if m.Optimizer == nil || m.Loss == nil {
		return spec, nil, errors.New("dl: SaveTraining: the model has no optimizer or no loss; call Compile first, or use Save")
	}
	var errs [3]error
	spec.Optimizer, errs[0] = encodeSpec(m.Optimizer)
	spec.Loss, errs[1] = encodeSpec(m.Loss)
	spec.Penalties, errs[2] = encodeSpecs(m.Penalties)
	for _, pcg := range m.Params.streams {
		state, _ := pcg.MarshalBinary() // never fails
		spec.Streams = append(spec.Streams, base64.StdEncoding.EncodeToString(state))
	}
	vectors := optimizerVectors(m.Optimizer)
	for _, name := range slices.Sorted(maps.Keys(vectors)) {
		if v := *vectors[name]; len(v) > 0 {
			memory = append(memory, safetensors.Array{Name: name, Shape: []int{len(v)}, Data: v})
		}
	}
	return spec, memory, errors.Join(errs[:]...)
}

func encodeSpecs[T any](list []T) ([]any, error) {
	specs := make([]any, len(list))
	for i, v := range list {
		var err error
		if specs[i], err = encodeSpec(v); err != nil {
			return nil, err
		}
	}
	return specs, nil
}

func addJSON(metadata map[string]string, key string, v any) error {
	text, err := json.Marshal(v)
	metadata[key] = string(text)
	return err
}

// optimizerVectors are the []float64 fields of an optimizer, and of one inside
// it, by the names that files give them.
func optimizerVectors(o Optimizer) map[string]*[]float64 {
	vectors := map[string]*[]float64{}
	name := "optimizer"
	for v := reflect.ValueOf(o); v.Kind() == reflect.Pointer; {
		s := v.Elem()
		v = reflect.Value{}
		for i := range s.NumField() {
			field := s.Type().Field(i)
			switch {
			case !field.IsExported():
			case field.Type == vectorType:
				vectors[name+"."+field.Name] = s.Field(i).Addr().Interface().(*[]float64)
			case field.Type.Kind() == reflect.Interface && !s.Field(i).IsNil():
				v = s.Field(i).Elem()
			}
		}
		name += ".inner"
	}
	return vectors
}

// Load reads a model that Save or SaveTraining wrote. From the latter it comes
// compiled, without metrics. Whatever is wrong with the file comes back as an
// error.
func Load(path string) (*Model, error) {
	tensors, metadata, err := safetensors.Read(path)
	if err != nil {
		return nil, fmt.Errorf("dl: Load: %w", err)
	}
	m, err := decodeModel(tensors, metadata)
	if err != nil {
		return nil, fmt.Errorf("dl: %s: %s", path, strings.TrimPrefix(err.Error(), "dl: "))
	}
	return m, nil
}

func decodeModel(tensors []safetensors.Array, metadata map[string]string) (*Model, error) {
	var spec modelSpec
	if metadata["format"] != "descent" {
		return nil, errors.New("dl: it holds tensors but no model of this package; safetensors.Read reads them")
	}
	if err := json.Unmarshal([]byte(metadata["model"]), &spec); err != nil {
		return nil, fmt.Errorf("dl: its description of the model: %w", err)
	}
	layers, err := decodeSpecs[Layer](spec.Layers)
	if err != nil {
		return nil, err
	}
	byName := map[string]safetensors.Array{}
	for _, t := range tensors {
		byName[t.Name] = t
	}
	m, err := newModel(spec.In, layers)
	if err != nil {
		return nil, err
	}
	for _, p := range m.Params.List {
		if t, ok := byName[p.Name]; !ok || !p.Shape.Equal(t.Shape) {
			return nil, fmt.Errorf("dl: parameter %s of the model has no tensor of shape %v in the file", p.Name, p.Shape)
		}
	}
	if err := m.Params.allocate(); err != nil {
		return nil, err
	}
	m.Reset(1)
	for _, p := range m.Params.List {
		copy(p.Value, byName[p.Name].Data)
	}
	for _, name := range spec.Frozen {
		m.Freeze(name)
	}
	if text, ok := metadata["training"]; ok {
		err = m.decodeTraining(text, byName)
	}
	return m, err
}

func (m *Model) decodeTraining(text string, byName map[string]safetensors.Array) error {
	var spec trainingSpec
	if err := json.Unmarshal([]byte(text), &spec); err != nil {
		return fmt.Errorf("dl: its description of the training: %w", err)
	}
	optimizers, err1 := decodeSpecs[Optimizer]([]any{spec.Optimizer})
	losses, err2 := decodeSpecs[Loss]([]any{spec.Loss})
	penalties, err3 := decodeSpecs[Penalty](spec.Penalties)
	if err := errors.Join(err1, err2, err3); err != nil {
		return err
	}
	m.Compile(optimizers[0], losses[0])
	m.Penalties = penalties
	for name, v := range optimizerVectors(m.Optimizer) {
		if t, ok := byName[name]; ok {
			if len(t.Data) != len(m.Params.Value) {
				return fmt.Errorf("dl: %s has %d elements, want %d, one for each parameter", name, len(t.Data), len(m.Params.Value))
			}
			*v = t.Data
		}
	}
	if len(spec.Streams) != len(m.Params.streams) {
		return fmt.Errorf("dl: it has %d random streams, want %d", len(spec.Streams), len(m.Params.streams))
	}
	for i, pcg := range m.Params.streams {
		state, err := base64.StdEncoding.DecodeString(spec.Streams[i])
		if err == nil {
			err = pcg.UnmarshalBinary(state)
		}
		if err != nil {
			return fmt.Errorf("dl: random stream %d: %w", i, err)
		}
	}
	return nil
}

func decodeSpecs[T any](specs []any) ([]T, error) {
	list := make([]T, len(specs))
	for i, spec := range specs {
		v, err := decodeSpec(spec, 0)
		if err != nil {
			return nil, err
		}
		var ok bool
		if list[i], ok = v.(T); !ok {
			return nil, fmt.Errorf("dl: the file has a %s where a %v belongs", kind(v), reflect.TypeFor[T]().Name())
		}
	}
	return list, nil
}

// Clone returns a copy of the model with its parameters, frozen as in m, that
// shares nothing with it and is not compiled. It fails where Save would.
func (m *Model) Clone() (*Model, error) {
	specs, err := encodeSpecs(m.Layers)
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(specs)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(text, &specs); err != nil {
		return nil, err
	}
	layers, err := decodeSpecs[Layer](specs)
	if err != nil {
		return nil, err
	}
	c, err := Sequential(m.In, layers...)
	if err != nil {
		return nil, err
	}
	copy(c.Params.Value, m.Params.Value)
	for i, p := range m.Params.List {
		c.Params.List[i].Frozen = p.Frozen
	}
	return c, nil
}
