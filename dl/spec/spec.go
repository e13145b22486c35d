// Package spec writes values as JSON by the names of their types, and reads them
// again: {"type": "Dense", "Units": 64} stands for &Dense{Units: 64}. It trusts
// nothing that it reads.
package spec

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
)

// Types are the types that can be written and read, by name.
type Types map[string]reflect.Type

// Add makes the types of values known: structs or pointers to them, or numbers.
func (t Types) Add(values ...any) {
	for _, v := range values {
		t[Name(v)] = reflect.TypeOf(v)
	}
}

// Name is the name of v's type, without package and pointer.
func Name(v any) string {
	t := reflect.TypeOf(v)
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t.Name()
}

// Encode writes each value of a list: the name of its type and its exported
// fields. What is zero, a pointer or tagged `json:"-"` is left out.
func Encode[T any](t Types, list []T) ([]json.RawMessage, error) {
	texts := make([]json.RawMessage, len(list))
	for i, v := range list {
		object, err := t.encode(v)
		if err == nil {
			texts[i], err = json.Marshal(object)
		}
		if err != nil {
			return nil, err
		}
	}
	return texts, nil
}

func (t Types) encode(v any) (map[string]any, error) {
	name := Name(v)
	if t[name] != reflect.TypeOf(v) {
		return nil, fmt.Errorf("%T can't be saved: call Register with it first", v)
	}
	object, value := map[string]any{"type": name}, reflect.Indirect(reflect.ValueOf(v))
	if value.Kind() != reflect.Struct {
		object["value"] = value.Interface()
		return object, nil
	}
	for i := range value.NumField() {
		field, f := value.Type().Field(i), value.Field(i)
		if !field.IsExported() || f.IsZero() || f.Kind() == reflect.Pointer || field.Tag.Get("json") == "-" {
			continue
		}
		var err error
		if object[field.Name], err = t.encodeField(f); err != nil {
			return nil, fmt.Errorf("field %s of %s: %w", field.Name, name, err)
		}
	}
	return object, nil
}

func (t Types) encodeField(f reflect.Value) (any, error) {
	switch f.Kind() {
	case reflect.Interface:
		return t.encode(f.Interface())
	case reflect.Func:
		return nil, errors.New("a function can't be saved")
	case reflect.Slice:
		list := make([]any, f.Len())
		for i := range list {
			var err error
			if list[i], err = t.encodeField(f.Index(i)); err != nil {
				return nil, err
			}
		}
		return list, nil
	}
	return f.Interface(), nil
}

// Decode is the inverse of Encode.
func Decode[T any](t Types, texts []json.RawMessage) ([]T, error) {
	list := make([]T, len(texts))
	for i, text := range texts {
		v, err := t.decode(text, 0)
		if err != nil {
			return nil, err
		}
		var ok bool
		if list[i], ok = v.(T); !ok {
			return nil, fmt.Errorf("there is a %s where a %s belongs", Name(v), reflect.TypeFor[T]().Name())
		}
	}
	return list, nil
}

// maxDepth bounds how deep values can lie in each other, and so the memory for
// reading them.
const maxDepth = 40

func (t Types) decode(text json.RawMessage, depth int) (any, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(text, &fields); err != nil {
		return nil, err
	}
	var name string
	json.Unmarshal(fields["type"], &name) // what is no name is not known
	known, ok := t[name]
	if !ok || depth > maxDepth {
		return nil, fmt.Errorf("it describes a %.40q, want a type of this package or one that Register knows", name)
	}
	v := reflect.New(known).Elem()
	if known.Kind() == reflect.Pointer {
		v.Set(reflect.New(known.Elem()))
	}
	target := reflect.Indirect(v)
	if target.Kind() != reflect.Struct {
		err := t.decodeField(v, fields["value"], depth)
		return v.Interface(), err
	}
	delete(fields, "type")
	for key, text := range fields {
		field, ok := target.Type().FieldByName(key)
		if !ok || !field.IsExported() || len(field.Index) > 1 || field.Tag.Get("json") == "-" {
			return nil, fmt.Errorf("it describes a %s with a field %.40q, which it does not have", name, key)
		}
		if err := t.decodeField(target.FieldByIndex(field.Index), text, depth); err != nil {
			return nil, fmt.Errorf("field %s of %s: %w", key, name, err)
		}
	}
	return v.Interface(), nil
}

func (t Types) decodeField(f reflect.Value, text json.RawMessage, depth int) error {
	switch f.Kind() {
	case reflect.Interface:
		v, err := t.decode(text, depth+1)
		if err != nil {
			return err
		}
		if !reflect.TypeOf(v).Implements(f.Type()) {
			return fmt.Errorf("there is a %s where a %s belongs", Name(v), f.Type().Name())
		}
		f.Set(reflect.ValueOf(v))
	case reflect.Slice:
		var list []json.RawMessage
		if err := json.Unmarshal(text, &list); err != nil {
			return err
		}
		f.Set(reflect.MakeSlice(f.Type(), len(list), len(list)))
		for i, text := range list {
			if err := t.decodeField(f.Index(i), text, depth+1); err != nil {
				return err
			}
		}
	case reflect.Bool, reflect.String, reflect.Int, reflect.Float64:
		if err := json.Unmarshal(text, f.Addr().Interface()); err != nil {
			return err
		}
		if f.CanInt() && (f.Int() > math.MaxInt32 || f.Int() < math.MinInt32) {
			return fmt.Errorf("%d is not a number that fits in 32 bits", f.Int())
		}
	default:
		return fmt.Errorf("a %s can't be read", f.Type())
	}
	return nil
}
