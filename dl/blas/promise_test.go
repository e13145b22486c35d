package blas

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"
)

// hash is the FNV-1a hash of the bits of x.
func hash(x []float64) string {
	h := fnv.New64a()
	for _, v := range x {
		fmt.Fprintf(h, "%x\n", math.Float64bits(v))
	}
	return fmt.Sprintf("%016x", h.Sum64())
}

// results computes what the hashes in testdata/hashes.txt are of: a line "name hash"
// for each kernel. No NaN must occur, as its bits are not promised.
func results() string {
	rng := rand.New(rand.NewPCG(7, 8))
	var text strings.Builder
	add := func(name string, x []float64) { fmt.Fprintf(&text, "%s %s\n", name, hash(x)) }

	const m, n, k = 61, 75, 301
	a, b, c := random(rng, m*k), random(rng, k*n), random(rng, m*n)
	for _, trans := range []string{"NN", "TN", "NT", "TT"} {
		y := append([]float64(nil), c...)
		lda, ldb := k, n
		if trans[0] == 'T' {
			lda = m
		}
		if trans[1] == 'T' {
			ldb = k
		}
		Gemm(trans[0] == 'T', trans[1] == 'T', m, n, k, 0.3, a, lda, b, ldb, 0.7, y, n)
		add("Gemm"+trans, y)
	}

	y32 := append([]float64(nil), c...)
	Gemm32(false, false, m, n, k, 1, a, k, b, n, 1, y32, n)
	add("Gemm32", y32)

	x := make([]float64, 4000)
	for i := range x {
		x[i] = (rng.Float64() - 0.5) * math.Ldexp(1, rng.IntN(40)-20)
	}
	positive := make([]float64, len(x))
	for i, v := range x {
		positive[i] = math.Abs(v)
	}
	y := make([]float64, len(x))
	for _, f := range []struct {
		name string
		f    func(dst, x []float64)
		x    []float64
	}{
		{"Exp", Exp, x}, {"Expm1", Expm1, x}, {"Sigmoid", Sigmoid, x}, {"Tanh", Tanh, x}, {"Erf", Erf, x},
		{"Log", Log, positive}, {"Log1p", Log1p, positive}, {"Sin", Sin, x}, {"Cos", Cos, x},
	} {
		f.f(y, f.x)
		add(f.name, y)
	}
	GELU(y, make([]float64, len(x)), x)
	add("GELU", y)
	SoftmaxRows(y, x, 40, 100)
	add("SoftmaxRows", y)
	add("Sums", []float64{Sum(x), Dot(x, positive)})
	SumRows(y[:50], x, 50, 80)
	AddRowReLU(y, 80, 50, x[:50])
	add("Rows", y)

	theta, g := random(rng, 1000), random(rng, 1000)
	mean, square := make([]float64, 1000), make([]float64, 1000)
	for range 3 {
		Momentum(theta, g, mean, 0.1, 0.9, true)
		Adam(theta, g, mean, square, 0.1, 0.9, 0.999, 1e-7, 0.01, 1.5, 2)
		SGD(theta, g, 0.1)
	}
	add("Optimizers", theta)
	return text.String()
}

// TestResultsHaveTheCommittedBits is what CI runs on any machine. After a wanted
// change write the file anew with UPDATE_HASHES=1.
func TestResultsHaveTheCommittedBits(t *testing.T) {
	file := filepath.Join("testdata", "hashes.txt")
	if os.Getenv("UPDATE_HASHES") != "" {
		if err := os.WriteFile(file, []byte(results()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	eachPath(t, func(p Path) {
		compareLines(t, p.String(), results(), string(want))
	})
}

func compareLines(t *testing.T, where, got, want string) {
	t.Helper()
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		if i >= len(g) || i >= len(w) {
			t.Fatalf("%s: %d lines, want %d", where, len(g), len(w))
		}
		if g[i] != w[i] {
			t.Errorf("%s: %s, want %s", where, g[i], w[i])
		}
	}
}

// TestOtherArchitectureHasTheCommittedBits runs the test above for arm64 under qemu.
func TestOtherArchitectureHasTheCommittedBits(t *testing.T) {
	if testing.Short() {
		t.Skip("cross-compiles: not in short mode")
	}
	if runtime.GOARCH == "arm64" {
		t.Skip("this is arm64")
	}
	qemu, err := exec.LookPath("qemu-aarch64-static")
	if err != nil {
		t.Skip("qemu-aarch64-static is not installed (Debian: qemu-user-static), so arm64 is not tested")
	}
	program := filepath.Join(t.TempDir(), "blas.test")
	build := exec.Command("go", "test", "-c", "-o", program, ".")
	build.Env = append(os.Environ(), "GOOS=linux", "GOARCH=arm64", "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	run := exec.Command(qemu, program, "-test.run", "TestResultsHaveTheCommittedBits", "-test.v")
	run.Env = append(os.Environ(), "UPDATE_HASHES=", "DL_BLAS=")
	out, err := run.CombinedOutput()
	if err != nil || !bytes.Contains(out, []byte("PASS: TestResultsHaveTheCommittedBits")) {
		t.Fatalf("%v\n%s", err, out)
	}
}

// TestGeneratedKernelsAreCurrent runs the generator and compares.
func TestGeneratedKernelsAreCurrent(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the generator: not in short mode")
	}
	gen := filepath.Join("internal", "gen")
	env := append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod")
	download := exec.Command("go", "mod", "download")
	download.Dir, download.Env = gen, env
	if out, err := download.CombinedOutput(); err != nil {
		t.Skipf("the generator's modules can't be downloaded, so the kernels are not compared: %s", out)
	}
	build := exec.Command("go", "build", "-o", filepath.Join(t.TempDir(), "gen"), ".")
	build.Dir, build.Env = gen, env
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	dir := t.TempDir()
	run := exec.Command(build.Args[3], "-out", filepath.Join(dir, "kernels_amd64.s"), "-stubs", filepath.Join(dir, "stubs_amd64.go"), "-pkg", "blas")
	if out, err := run.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, name := range []string{"kernels_amd64.s", "stubs_amd64.go"} {
		got, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(withoutHeader(got), withoutHeader(want)) {
			t.Errorf("%s is not what internal/gen writes: run the command in its comment", name)
		}
	}
}

// withoutHeader drops the first line, which holds the command.
func withoutHeader(text []byte) []byte {
	_, rest, _ := bytes.Cut(text, []byte("\n"))
	return rest
}

// TestAVX2KernelsNeedNoAVX512 looks for what a CPU with AVX2 alone lacks and a
// machine with both would run: instructions, and registers.
func TestAVX2KernelsNeedNoAVX512(t *testing.T) {
	text, err := os.ReadFile("kernels_amd64.s")
	if err != nil {
		t.Fatal(err)
	}
	wide := regexp.MustCompile(`\b(Z[0-9]+|K[0-7]|[XY](1[6-9]|[23][0-9]))\b`)
	var requires, name string
	functions := 0
	for _, line := range strings.Split(string(text), "\n") {
		if strings.HasPrefix(line, "// Requires:") {
			requires = line
		}
		if strings.HasPrefix(line, "TEXT") {
			name, _, _ = strings.Cut(line, "(SB)")
			functions++
			if !strings.HasSuffix(name, "AVX512") && strings.Contains(requires, "AVX512") {
				t.Errorf("%s %s", name, requires)
			}
		}
		if !strings.HasSuffix(name, "AVX512") && wide.MatchString(line) {
			t.Errorf("%s: %s", name, line)
		}
	}
	if functions < 60 {
		t.Errorf("only %d functions found", functions)
	}
}

func TestThreadsGiveTheSameBits(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	for _, shape := range [][3]int{{300, 300, 300}, {1000, 40, 70}, {30, 900, 100}, {64, 64, 5000}, {129, 257, 513}} {
		m, n, k := shape[0], shape[1], shape[2]
		a, b := random(rng, m*k), random(rng, k*n)
		for _, trans := range []string{"NN", "TN", "NT", "TT"} {
			var hashes []string
			for _, procs := range []int{1, 2, 3, 8} {
				former := runtime.GOMAXPROCS(procs)
				crew.alone = time.Time{}
				lda, ldb := k, n
				if trans[0] == 'T' {
					lda = m
				}
				if trans[1] == 'T' {
					ldb = k
				}
				c := make([]float64, m*n)
				Gemm(trans[0] == 'T', trans[1] == 'T', m, n, k, 1, a, lda, b, ldb, 0, c, n)
				hashes = append(hashes, hash(c))
				runtime.GOMAXPROCS(former)
			}
			for i := range hashes {
				if hashes[i] != hashes[0] {
					t.Errorf("%v %s: hashes for 1, 2, 3, 8 goroutines: %v", shape, trans, hashes)
				}
			}
		}
	}
}

func TestSharedPassesGiveTheSameBitsAsOneGoroutine(t *testing.T) {
	const rows, cols = 900, 211
	rng := rand.New(rand.NewPCG(11, 12))
	in := [4][]float64{random(rng, rows*cols), random(rng, rows*cols), random(rng, rows*cols), make([]float64, rows*cols)}
	run := func(procs int) string {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
		var s [4][]float64
		for i := range in {
			s[i] = append([]float64(nil), in[i]...)
		}
		crew.alone = time.Time{}
		AddRow(s[0], rows, cols, s[1][:cols])
		SoftmaxRows(s[1], s[1], rows, cols)
		Tanh(s[0], s[0])
		Mul(s[0], s[0], s[1])
		AddRowReLU(s[0], rows, cols, s[2][:cols])
		Adam(s[2], s[0], s[1], s[3], 0.1, 0.9, 0.999, 1e-7, 0.01, 1, 1)
		Momentum(s[2], s[0], s[1], 0.1, 0.9, true)
		return hash(s[2])
	}
	for _, procs := range []int{2, 8} {
		if got, want := run(procs), run(1); got != want {
			t.Errorf("hash %s for %d goroutines, %s for one", got, procs, want)
		}
	}
}

// allocations returns how often f allocates, on average of 20 runs, rounded down.
// Unlike testing.AllocsPerRun it leaves GOMAXPROCS alone.
func allocations(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range 20 {
		f()
	}
	runtime.ReadMemStats(&after)
	return (after.Mallocs - before.Mallocs) / 20
}

func TestWarmCallsAllocateNothing(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	rng := rand.New(rand.NewPCG(1, 2))
	const n = 160
	x, y, z := random(rng, n*n), random(rng, n*n), random(rng, n*n)
	eachPath(t, func(p Path) {
		for name, f := range map[string]func(){
			"small product":        func() { Gemm(false, false, 32, 64, 64, 1, x, 64, y, 64, 0, z, 64) },
			"large product":        func() { Gemm(true, true, n, n, n, 1, x, n, y, n, 0, z, n) },
			"product with α":       func() { Gemm(false, false, n, n, n, 2, x, n, y, n, 1, z, n) },
			"Dsyrk":                func() { Implementation{}.Dsyrk('U', 'N', n, n, 1, x, n, 0, z, n) },
			"Exp":                  func() { Exp(z, x) },
			"SoftmaxRows":          func() { SoftmaxRows(z, x, n, n) },
			"Adam":                 func() { Adam(x, y, z, z, 0, 0.9, 0.999, 1e-7, 0, 1, 1) },
			"Momentum":             func() { Momentum(x, y, z, 0, 0.9, true) },
			"AddRow, SumRows":      func() { AddRow(z, n, n, x[:n]); SumRows(x[:n], z, n, n) },
			"Sum, Dot, Axpy, ReLU": func() { sink = Sum(x) + Dot(x, y); Axpy(0, x, z); ReLU(z, x) },
		} {
			shared := func() {
				crew.alone = time.Time{} // however busy the machine is
				f()
			}
			shared()
			if a := allocations(shared); a != 0 {
				t.Errorf("%v: %s allocates %d times", p, name, a)
			}
		}
	})
}
