package blas

import (
	"fmt"
	"os"
)

// Path names one of the three sets of kernels.
type Path int

const (
	Portable Path = iota // plain Go on math.FMA, any architecture
	AVX2                 // 4 lanes; needs AVX2 and FMA
	AVX512               // 8 lanes; needs AVX-512 F, DQ and VL
)

var pathNames = [...]string{"portable", "avx2", "avx512"}

func (p Path) String() string { return pathNames[p] }

// path is the set of kernels in use.
var path = choose(os.Getenv("DL_BLAS"))

// CurrentPath returns the path in use.
func CurrentPath() Path { return path }

// SetPath changes the path in use and returns the former one, for tests. It
// must not be called while another goroutine computes. It returns an error when
// the CPU lacks what the path needs.
func SetPath(p Path) (former Path, err error) {
	former = path
	if p > best() {
		return former, fmt.Errorf("blas: this CPU offers at most the path %v, not %v", best(), p)
	}
	path = p
	return former, nil
}

// choose returns the path called name, or the best one when name is empty. It
// panics where name is unknown or more than the CPU offers: a test run that
// silently took another path would prove nothing.
func choose(name string) Path {
	if name == "" {
		return best()
	}
	for p, s := range pathNames {
		if s == name && Path(p) <= best() {
			return Path(p)
		}
	}
	panic(fmt.Sprintf("blas: DL_BLAS=%s, want portable, avx2 or avx512, and at most %v on this CPU", name, best()))
}
