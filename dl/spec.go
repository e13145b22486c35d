package dl

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"sync"
)

// A model is saved as the names and the fields of its layers: what you wrote
// when you made it. {"type": "Dense", "Units": 64} stands for
// &dl.Dense{Units: 64}; fields that are zero are left out.

// types maps the name of each layer, initialiser, loss, penalty and optimizer
// to its type.
var types = sync.OnceValue(func() map[string]reflect.Type {
	m := map[string]reflect.Type{}
	for _, v := range registry {
		m[kind(v)] = reflect.TypeOf(v)
	}
	return m
})

var registry = []any{
	&Chain{}, &Residual{}, &Concat{},
	&Dense{}, &Embedding{}, &PositionalEmbedding{}, &PositionalEncoding{}, &SimpleRNN{}, &GRU{}, &LSTM{}, &MultiHeadAttention{}, &TransformerBlock{},
	&Conv1D{}, &Conv2D{}, &ConvTranspose2D{}, &MaxPool2D{}, &AvgPool2D{}, &GlobalAvgPool{}, &Flatten{}, &Reshape{}, &Slice{},
	&LayerNorm{}, &BatchNorm{}, &Dropout{}, &ReLU{}, &LeakyReLU{}, &ELU{}, &GELU{}, &SiLU{}, &Sigmoid{}, &Tanh{}, &Softplus{}, &Softmax{},
	Constant{}, Uniform{}, Gaussian{}, Glorot{}, He{}, LeCun{}, Orthogonal{},
	MSE{}, MAE{}, Huber{}, BinaryCrossEntropy{}, CrossEntropy{}, KLDivergence{}, &InfoNCE{}, L1(0), L2(0),
	&SGD{}, &AdaGrad{}, &RMSProp{}, &Adam{}, &Lion{}, &ClipNorm{}, &ClipValue{},
}

// Register makes a Layer, Init, Loss, Penalty or Optimizer of your own known
// to Load, by the name of its type. Call it before the first Save or Load, with
// a value such as &MyLayer{}.
func Register(v any) { registry = append(registry, v) }

// encodeSpec returns v, one of the registered types, as JSON values.
func encodeSpec(v any) (map[string]any, error) {
	name := kind(v)
	if t, ok := types()[name]; !ok || t != reflect.TypeOf(v) {
		return nil, fmt.Errorf("dl: %T can't be saved: call dl.Register with it first", v)
	}
	spec := map[string]any{"type": name}
	value := reflect.Indirect(reflect.ValueOf(v))
	if value.Kind() != reflect.Struct {
		return map[string]any{"type": name, "value": value.Interface()}, nil
	}
	for i := range value.NumField() {
		field, f := value.Type().Field(i), value.Field(i)
		if !field.IsExported() || f.IsZero() {
			continue
		}
		if _, ok := v.(Optimizer); ok && field.Type == vectorType {
			continue // its memory, which files keep as tensors
		}
		encoded, err := encodeField(f)
		if err != nil {
			return nil, fmt.Errorf("%w (field %s of %s)", err, field.Name, name)
		}
		if encoded != nil {
			spec[field.Name] = encoded
		}
	}
	return spec, nil
}

var vectorType = reflect.TypeOf([]float64(nil))

func encodeField(f reflect.Value) (any, error) {
	switch f.Kind() {
	case reflect.Interface:
		return encodeSpec(f.Interface())
	case reflect.Pointer: // a *Param, declared again by Build
		return nil, nil
	case reflect.Func:
		return nil, errors.New("dl: a function can't be saved")
	case reflect.Float64:
		if v := f.Float(); !isFinite(v) {
			return nil, fmt.Errorf("dl: %v can't be saved, want a finite number", v)
		}
	case reflect.Slice:
		list := make([]any, f.Len())
		for i := range list {
			var err error
			if list[i], err = encodeField(f.Index(i)); err != nil {
				return nil, err
			}
		}
		return list, nil
	}
	return f.Interface(), nil
}

// decodeSpec is the inverse of encodeSpec, for JSON that may say anything.
func decodeSpec(spec any, depth int) (any, error) {
	fields, ok := spec.(map[string]any)
	name, _ := fields["type"].(string)
	t, known := types()[name]
	if !ok || !known || depth > 100 {
		return nil, fmt.Errorf("dl: the file describes a %.40q, want one of this package's types or one that dl.Register knows", name)
	}
	if t.Kind() != reflect.Pointer && t.Kind() != reflect.Struct {
		v := reflect.New(t).Elem()
		err := decodeField(v, fields["value"], depth, name)
		return v.Interface(), err
	}
	v := reflect.New(t).Elem()
	target := v
	if t.Kind() == reflect.Pointer {
		v.Set(reflect.New(t.Elem()))
		target = v.Elem()
	}
	for key, value := range fields {
		if key == "type" {
			continue
		}
		field, ok := target.Type().FieldByName(key)
		if !ok || !field.IsExported() || len(field.Index) > 1 {
			return nil, fmt.Errorf("dl: the file describes a %s with a field %.40q, which it does not have", name, key)
		}
		if err := decodeField(target.FieldByIndex(field.Index), value, depth, name+"."+key); err != nil {
			return nil, err
		}
	}
	return v.Interface(), nil
}

func decodeField(f reflect.Value, value any, depth int, where string) error {
	wrong := fmt.Errorf("dl: the file has %.40v for %s, want a %s", value, where, f.Type())
	switch v := value.(type) {
	case bool:
		if f.Kind() != reflect.Bool {
			return wrong
		}
		f.SetBool(v)
	case string:
		if f.Kind() != reflect.String {
			return wrong
		}
		f.SetString(v)
	case float64:
		switch {
		case f.Kind() == reflect.Float64:
			f.SetFloat(v)
		case f.CanInt() && v == math.Trunc(v) && math.Abs(v) <= math.MaxInt32:
			f.SetInt(int64(v))
		default:
			return wrong
		}
	case []any:
		if f.Kind() != reflect.Slice {
			return wrong
		}
		f.Set(reflect.MakeSlice(f.Type(), len(v), len(v)))
		for i, element := range v {
			if err := decodeField(f.Index(i), element, depth+1, where); err != nil {
				return err
			}
		}
	case map[string]any:
		if f.Kind() != reflect.Interface {
			return wrong
		}
		inner, err := decodeSpec(v, depth+1)
		if err != nil {
			return err
		}
		if !reflect.TypeOf(inner).Implements(f.Type()) {
			return wrong
		}
		f.Set(reflect.ValueOf(inner))
	default:
		return wrong
	}
	return nil
}
