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
	"descent/dl/spec"
)

// types are what a model's file can name: what stands here needs no Register, and is
// what its list says.
var types = spec.Types{}

func init() {
	for _, v := range []Layer{
		&Chain{}, &Residual{}, &Concat{}, &Dense{}, &Embedding{}, &PositionalEmbedding{}, &PositionalEncoding{},
		&SimpleRNN{}, &GRU{}, &LSTM{}, &MultiHeadAttention{}, &TransformerBlock{},
		&Conv1D{}, &Conv2D{}, &ConvTranspose2D{}, &MaxPool2D{}, &AvgPool2D{}, &GlobalAvgPool{}, &Flatten{}, &Reshape{}, &Slice{},
		&LayerNorm{}, &BatchNorm{}, &Dropout{},
		&ReLU{}, &LeakyReLU{}, &ELU{}, &GELU{}, &SiLU{}, &Sigmoid{}, &Tanh{}, &Softplus{}, &Softmax{},
	} {
		types.Add(v)
	}
	for _, v := range []Init{Constant{}, Uniform{}, Gaussian{}, Glorot{}, He{}, LeCun{}, Orthogonal{}} {
		types.Add(v)
	}
	for _, v := range []Loss{MSE{}, MAE{}, Huber{}, BinaryCrossEntropy{}, CrossEntropy{}, KLDivergence{}, &InfoNCE{}} {
		types.Add(v)
	}
	for _, v := range []Optimizer{&SGD{}, &AdaGrad{}, &RMSProp{}, &Adam{}, &Lion{}, &ClipNorm{}, &ClipValue{}} {
		types.Add(v)
	}
	for _, v := range []Penalty{L1(0), L2(0)} {
		types.Add(v)
	}
}

// Register makes a Layer, Init, Loss, Penalty or Optimizer of your own known
// to Save and Load, by the name of its type, with a value such as &MyLayer{}.
func Register(v any) { types.Add(v) }

// modelSpec is the JSON in the metadata of a model's file.
type modelSpec struct {
	In     Shape             `json:"in"`
	Layers []json.RawMessage `json:"layers"`
	Frozen []string          `json:"frozen,omitempty"`
}

// trainingSpec is the JSON that SaveTraining adds.
type trainingSpec struct {
	Optimizer []json.RawMessage `json:"optimizer"` // one
	Loss      []json.RawMessage `json:"loss"`      // one
	Penalties []json.RawMessage `json:"penalties,omitempty"`
	Streams   []string          `json:"streams"` // state of each random stream
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
	arrays, metadata, err := m.encode()
	if err == nil && training {
		arrays, err = m.encodeTraining(arrays, metadata)
	}
	if err == nil {
		err = safetensors.Write(path, arrays, metadata)
	}
	if err != nil {
		return fmt.Errorf("dl: Save: %w", err)
	}
	return nil
}

func (m *Model) encode() (arrays []safetensors.Array, metadata map[string]string, err error) {
	model := modelSpec{In: m.In}
	if model.Layers, err = spec.Encode(types, m.Layers); err != nil {
		return nil, nil, err
	}
	for _, p := range m.Params.List {
		arrays = append(arrays, safetensors.Array{Name: p.Name, Shape: p.Shape, Data: p.Value})
		if p.Frozen {
			model.Frozen = append(model.Frozen, p.Name)
		}
	}
	text, err := json.Marshal(model)
	return arrays, map[string]string{"format": "descent", "model": string(text)}, err
}

// encodeTraining adds what SaveTraining does.
func (m *Model) encodeTraining(arrays []safetensors.Array, metadata map[string]string) ([]safetensors.Array, error) {
	if m.Optimizer == nil || m.Loss == nil {
		return nil, errors.New("the model has no optimizer or no loss; call Compile first, or leave out the training")
	}
	var training trainingSpec
	var errs [4]error
	training.Optimizer, errs[0] = spec.Encode(types, []Optimizer{m.Optimizer})
	training.Loss, errs[1] = spec.Encode(types, []Loss{m.Loss})
	training.Penalties, errs[2] = spec.Encode(types, m.Penalties)
	for _, pcg := range m.Params.streams {
		state, _ := pcg.MarshalBinary() // never fails
		training.Streams = append(training.Streams, base64.StdEncoding.EncodeToString(state))
	}
	memory := optimizerMemory(m.Optimizer)
	for _, name := range slices.Sorted(maps.Keys(memory)) {
		if v := *memory[name]; len(v) > 0 {
			arrays = append(arrays, safetensors.Array{Name: name, Shape: []int{len(v)}, Data: v})
		}
	}
	text, err := json.Marshal(training)
	metadata["training"], errs[3] = string(text), err
	return arrays, errors.Join(errs[:]...)
}

// optimizerMemory are the []float64 fields of an optimizer, and of one inside
// it, by the names that files give them.
func optimizerMemory(o Optimizer) map[string]*[]float64 {
	memory := map[string]*[]float64{}
	for name := "optimizer"; o != nil; name += ".inner" {
		v := reflect.Indirect(reflect.ValueOf(o))
		o = nil
		for i := 0; v.CanAddr() && i < v.NumField(); i++ {
			field := v.Type().Field(i)
			if !field.IsExported() {
				continue
			}
			switch f := v.Field(i).Addr().Interface().(type) {
			case *[]float64:
				memory[name+"."+field.Name] = f
			case *Optimizer:
				o = *f
			}
		}
	}
	return memory
}

// Load reads a model that Save or SaveTraining wrote. From the latter it comes
// compiled, without metrics. Whatever is wrong with the file comes back as an
// error.
func Load(path string) (*Model, error) {
	arrays, metadata, err := safetensors.Read(path)
	if err != nil {
		return nil, fmt.Errorf("dl: Load: %w", err)
	}
	m, err := decodeModel(arrays, metadata)
	if err != nil {
		return nil, fmt.Errorf("dl: %s: %s", path, strings.TrimPrefix(err.Error(), "dl: "))
	}
	return m, nil
}

func decodeModel(arrays []safetensors.Array, metadata map[string]string) (*Model, error) {
	if metadata["format"] != "descent" {
		return nil, errors.New("it holds arrays but no model of this package; safetensors.Read reads them")
	}
	var model modelSpec
	if err := json.Unmarshal([]byte(metadata["model"]), &model); err != nil {
		return nil, fmt.Errorf("its description of the model: %w", err)
	}
	layers, err := spec.Decode[Layer](types, model.Layers)
	if err != nil {
		return nil, err
	}
	m, err := newModel(model.In, layers)
	if err != nil {
		return nil, err
	}
	byName := map[string]safetensors.Array{}
	for _, a := range arrays {
		byName[a.Name] = a
	}
	for _, p := range m.Params.List {
		if a, ok := byName[p.Name]; !ok || !p.Shape.Equal(a.Shape) {
			return nil, fmt.Errorf("parameter %s of the model has no tensor of shape %v in the file", p.Name, p.Shape)
		}
	}
	if err := m.Params.allocate(); err != nil {
		return nil, err
	}
	m.Reset(1)
	for _, p := range m.Params.List {
		copy(p.Value, byName[p.Name].Data)
		p.Frozen = slices.Contains(model.Frozen, p.Name)
	}
	if text, ok := metadata["training"]; ok {
		err = m.decodeTraining(text, byName)
	}
	return m, err
}

func (m *Model) decodeTraining(text string, byName map[string]safetensors.Array) error {
	var training trainingSpec
	if err := json.Unmarshal([]byte(text), &training); err != nil {
		return fmt.Errorf("its description of the training: %w", err)
	}
	optimizers, err1 := spec.Decode[Optimizer](types, training.Optimizer)
	losses, err2 := spec.Decode[Loss](types, training.Loss)
	penalties, err3 := spec.Decode[Penalty](types, training.Penalties)
	if err := errors.Join(err1, err2, err3); err != nil {
		return err
	}
	if len(optimizers) != 1 || len(losses) != 1 || len(training.Streams) != len(m.Params.streams) {
		return fmt.Errorf("it has %d optimizers, %d losses and %d random streams, want 1, 1 and %d",
			len(optimizers), len(losses), len(training.Streams), len(m.Params.streams))
	}
	m.Compile(optimizers[0], losses[0])
	m.Penalties = penalties
	for name, v := range optimizerMemory(m.Optimizer) {
		a, ok := byName[name]
		if ok && len(a.Data) != len(m.Params.Value) {
			return fmt.Errorf("%s has %d elements, want %d, one for each parameter", name, len(a.Data), len(m.Params.Value))
		}
		*v = a.Data
	}
	for i, pcg := range m.Params.streams {
		state, err := base64.StdEncoding.DecodeString(training.Streams[i])
		if err == nil {
			err = pcg.UnmarshalBinary(state)
		}
		if err != nil {
			return fmt.Errorf("random stream %d: %w", i, err)
		}
	}
	return nil
}

// Clone returns a copy of the model with its parameters, frozen as in m, that
// shares nothing with it and is not compiled. It fails where Save would.
func (m *Model) Clone() (*Model, error) {
	arrays, metadata, err := m.encode()
	if err != nil {
		return nil, fmt.Errorf("dl: Clone: %w", err)
	}
	return decodeModel(arrays, metadata)
}
