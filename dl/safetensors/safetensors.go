// Package safetensors reads and writes files of named arrays in the safetensors
// format: a JSON header and the numbers, little-endian, and nothing that runs.
package safetensors

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Array is one entry of a file. Its numbers are in row-major order.
type Array struct {
	Name  string
	Shape []int
	Data  []float64
}

// maxHeader is the largest header of a safetensors file, as in the reference
// implementation.
const maxHeader = 100_000_000

// headerEntry describes one tensor in the header: its bytes are
// data[Offsets[0]:Offsets[1]], little-endian.
type headerEntry struct {
	Type    string    `json:"dtype"`
	Shape   []int     `json:"shape"`
	Offsets [2]uint64 `json:"data_offsets"`
}

// Write writes a file of arrays of type F64 with metadata. The
// file at path is replaced as a whole or not at all: the bytes go to a
// temporary file beside it, which is synced and renamed.
func Write(path string, arrays []Array, metadata map[string]string) error {
	header := map[string]any{}
	if len(metadata) > 0 {
		header["__metadata__"] = metadata
	}
	offset := uint64(0)
	for _, t := range arrays {
		if _, twice := header[t.Name]; twice || t.Name == "__metadata__" {
			return fmt.Errorf("safetensors: Write: the name %q is taken; want one for each array", t.Name)
		}
		size := uint64(8 * len(t.Data))
		header[t.Name] = headerEntry{"F64", t.Shape, [2]uint64{offset, offset + size}}
		offset += size
	}
	head, err := json.Marshal(header)
	if err != nil {
		return fmt.Errorf("safetensors: Write: %w", err)
	}
	for len(head)%8 != 0 {
		head = append(head, ' ') // tensors start at a multiple of 8
	}
	return replaceFile(path, func(w io.Writer) error {
		b := bufio.NewWriterSize(w, 1<<16)
		b.Write(binary.LittleEndian.AppendUint64(nil, uint64(len(head))))
		b.Write(head)
		for _, t := range arrays {
			for _, v := range t.Data {
				b.Write(binary.LittleEndian.AppendUint64(b.AvailableBuffer(), math.Float64bits(v)))
			}
		}
		return b.Flush() // returns the first error of any Write
	})
}

// replaceFile lets write fill a temporary file in path's folder and renames it
// to path when every byte is on the disk.
func replaceFile(path string, write func(w io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("safetensors: saving %s: %w", path, err)
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
			err = fmt.Errorf("safetensors: saving %s: %w; what was there before is unchanged", path, err)
		}
	}()
	if err := write(f); err != nil {
		return err
	}
	if err := errors.Join(f.Chmod(0o644), f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	if dir, err := os.Open(filepath.Dir(path)); err == nil {
		dir.Sync() // the name too; not every system can
		dir.Close()
	}
	return nil
}

// Read reads a file with arrays of type F64 or F32, in the
// order of their bytes. It trusts nothing in the file: whatever is wrong with
// it comes back as an error, and memory stays within a small multiple of the
// file's size.
func Read(path string) (arrays []Array, metadata map[string]string, err error) {
	file, err := os.ReadFile(path)
	if err != nil {
		return nil, nil, fmt.Errorf("safetensors: %w", err)
	}
	arrays, metadata, err = Decode(file)
	if err != nil {
		return nil, nil, fmt.Errorf("safetensors: %s is not a file that can be read: %w", path, err)
	}
	return arrays, metadata, nil
}

// Decode is Read for the bytes of a file.
func Decode(file []byte) ([]Array, map[string]string, error) {
	if len(file) < 8 {
		return nil, nil, fmt.Errorf("it has %d bytes, want at least 8", len(file))
	}
	size, rest := binary.LittleEndian.Uint64(file), file[8:]
	if size > maxHeader || size > uint64(len(rest)) {
		return nil, nil, fmt.Errorf("its header should have %d bytes, but %d follow (and at most %d are allowed): is it cut off?", size, len(rest), maxHeader)
	}
	entries, metadata, err := decodeHeader(rest[:size])
	if err != nil {
		return nil, nil, err
	}
	data := rest[size:]
	slices.SortFunc(entries, func(a, b namedEntry) int {
		return cmp.Or(slices.Compare(a.Offsets[:], b.Offsets[:]), strings.Compare(a.name, b.name))
	})
	end := uint64(0)
	var arrays []Array
	for _, e := range entries {
		if e.Offsets[0] != end || e.Offsets[1] < end || e.Offsets[1] > uint64(len(data)) {
			return nil, nil, fmt.Errorf("tensor %q has bytes %d to %d, want them to begin at %d and to end within %d: is it cut off?", e.name, e.Offsets[0], e.Offsets[1], end, len(data))
		}
		end = e.Offsets[1]
		values, err := e.decode(data[e.Offsets[0]:e.Offsets[1]])
		if err != nil {
			return nil, nil, err
		}
		arrays = append(arrays, Array{e.name, e.Shape, values})
	}
	if end != uint64(len(data)) {
		return nil, nil, fmt.Errorf("%d bytes follow the last tensor, want none", uint64(len(data))-end)
	}
	return arrays, metadata, nil
}

type namedEntry struct {
	name string
	headerEntry
}

// decodeHeader reads the JSON object of the header, in which a name may come once.
func decodeHeader(head []byte) (entries []namedEntry, metadata map[string]string, err error) {
	d := json.NewDecoder(bytes.NewReader(head))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, nil, errors.New("its header is not a JSON object")
	}
	seen := map[string]bool{}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return nil, nil, fmt.Errorf("its header is not JSON: %w", err)
		}
		name := t.(string) // a key of an object is a string
		if seen[name] {
			return nil, nil, fmt.Errorf("its header has %q twice", name)
		}
		seen[name] = true
		if name == "__metadata__" {
			err = d.Decode(&metadata)
		} else {
			e := namedEntry{name: name}
			err = d.Decode(&e.headerEntry)
			entries = append(entries, e)
		}
		if err != nil {
			return nil, nil, fmt.Errorf("its header's entry %q: %w", name, err)
		}
	}
	if _, err := d.Token(); err != nil {
		return nil, nil, fmt.Errorf("its header is not JSON: %w", err)
	}
	if rest, _ := io.ReadAll(d.Buffered()); len(bytes.TrimSpace(rest)) > 0 {
		return nil, nil, errors.New("something follows its header's JSON object")
	}
	return entries, metadata, nil
}

// decode returns the numbers of an entry, whose shape and type must fit its bytes.
func (e namedEntry) decode(data []byte) ([]float64, error) {
	width, ok := map[string]int{"F64": 8, "F32": 4}[e.Type]
	if !ok {
		return nil, fmt.Errorf("tensor %q has type %q, want F64 or F32", e.name, e.Type)
	}
	n := len(data) / width
	size := 1
	for _, axis := range e.Shape {
		if axis < 0 || axis > 0 && size > n/axis {
			return nil, fmt.Errorf("tensor %q has shape %v, which its %d bytes can't hold", e.name, e.Shape, len(data))
		}
		size *= axis
	}
	if size*width != len(data) {
		return nil, fmt.Errorf("tensor %q has shape %v and type %s, but %d bytes", e.name, e.Shape, e.Type, len(data))
	}
	values := make([]float64, n)
	for i := range values {
		if width == 8 {
			values[i] = math.Float64frombits(binary.LittleEndian.Uint64(data[8*i:]))
		} else {
			values[i] = float64(math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:])))
		}
	}
	return values, nil
}
