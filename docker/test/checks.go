//go:build linux

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// checks are what the image must do, in the order in which they run.
var checks = []struct {
	name  string
	check func(*run) error
}{
	{"the image is under 1.1 GB", size},
	{"offline, read-only, without capabilities: the whole course", wholeCourse},
	{"stop, and start again with the learner's change", startAgain},
	{"six months later the first plot is as fast", sixMonthsLater},
	{"a published port, and what is written", published},
	{"another user", anotherUser},
	{"what a user gets wrong is said", mistakes},
	{"JupyterHub and Binder", others},
}

func size(r *run) error {
	text, err := r.engine.docker(r.ctx, "image", "inspect", "--format={{.Size}}", image)
	if err != nil {
		return err
	}
	bytes, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil {
		return err
	}
	r.report.add("image: %d MB unpacked", bytes/1e6)
	if bytes > 1_100e6 {
		return fmt.Errorf("%d MB", bytes/1e6)
	}
	parts, err := r.engine.docker(r.ctx, "run", "--rm", "--network=none", "--entrypoint=du", image, "-sm", "/usr/local/go",
		"/opt/descent/.descent/python", "/opt/go-build", "/opt/go", "/opt/descent/.descent/tools", "/opt/descent/.descent/gonb",
		"/opt/descent/dl", "/opt/descent/plots", "/opt/descent/notebooks", "/usr")
	if err != nil {
		return err
	}
	for line := range strings.Lines(parts) {
		r.report.add("  %s MB", strings.Join(strings.Fields(line), " "))
	}
	return nil
}

// plotCell draws a first picture.
const plotCell = `%noautoget
import (
	"descent/plots"
	"gonum.org/v1/plot"
)
%%
plots.Show("empty axes", plot.New())
`

// firstPlot runs a plot in a fresh kernel, and says how long it took.
func (c *container) firstPlot(when string) error {
	answer, err := c.cell(plotCell)
	if err != nil {
		return err
	}
	c.report.add("first plot, %s: %.2f s", when, answer.Seconds)
	if len(answer.Outputs) != 1 || answer.Outputs[0].Data["image/png"] == nil {
		return fmt.Errorf("no picture, but %.500s", fmt.Sprint(answer.Outputs))
	}
	if answer.Seconds > 1.5 {
		return fmt.Errorf("the first plot took %.2f s, want under 1.5 s", answer.Seconds)
	}
	return nil
}

func wholeCourse(r *run) error {
	end, err := r.volume("descent-test-course")
	defer end()
	if err != nil {
		return err
	}
	c, took, err := r.serving(append(offline, "--volume=descent-test-course:"+workFolder)...)
	if err != nil {
		return err
	}
	defer c.remove()
	r.report.add("the server answers %.1f s after the start", took.Seconds())
	return errors.Join(c.firstPlot("offline"), c.logins(), c.imports(), c.notebook("04-linear-regression"),
		c.privileges(), c.ports(), c.healthy())
}

func (c *container) logins() error {
	var got struct {
		Without, Wrong, With int
		Specs                []string
	}
	if err := c.ask(&got, "", "logins"); err != nil {
		return err
	}
	if got.Without != 403 || got.Wrong != 403 || got.With != 200 || !slices.Equal(got.Specs, []string{"gonb"}) {
		return fmt.Errorf("without token, with a wrong and with the right one: got %d, %d, %d, kernels %q; want 403, 403, 200, gonb",
			got.Without, got.Wrong, got.With, got.Specs)
	}
	address, err := c.exec("descent", "url")
	token := address[strings.LastIndexByte(address, '=')+1:]
	if n := strings.Count(c.log(), strings.TrimSpace(token)); err != nil || n != 1 {
		return fmt.Errorf("the token is in the log %d times, want once: %v\n%s", n, err, c.log())
	}
	return nil
}

// imports runs a cell that imports every package of the course.
func (c *container) imports() error {
	list, err := exec.CommandContext(c.ctx, "go", "list", "-f", "{{if ne .Name \"main\"}}{{.ImportPath}}{{end}}", "./dl/...", "./plots/...", "./notebooks/...").Output()
	if err != nil {
		return err
	}
	source, count := "%noautoget\nimport (\n", 0
	for _, path := range strings.Fields(string(list)) {
		if !strings.Contains(path, "/internal/") {
			source += fmt.Sprintf("\t_ %q\n", path)
			count++
		}
	}
	_, err = c.cell(source + ")\n%%\nprintln(\"imported\")\n")
	c.report.add("a cell that imports all %d packages runs", count)
	return err
}

func (c *container) notebook(name string) error {
	var got map[string]string
	start := time.Now()
	if err := c.ask(&got, "", "notebook", name); err != nil {
		return err
	}
	c.report.add("%s through the server: %.1f s", name, time.Since(start).Seconds())
	if got[name] != "" {
		return fmt.Errorf("%s: %s", name, got[name])
	}
	return nil
}

// privileges checks what the server's process, and with it every cell, may do.
func (c *container) privileges() error {
	status, err := c.exec("cat", "/proc/1/status")
	if err != nil {
		return err
	}
	for _, want := range []string{"Uid:\t1000\t1000\t1000\t1000", "CapInh:\t0000000000000000", "CapEff:\t0000000000000000",
		"CapBnd:\t0000000000000000", "NoNewPrivs:\t1"} {
		if !strings.Contains(status, want) {
			err = errors.Join(err, fmt.Errorf("the process has not %q: %s", want, status))
		}
	}
	return err
}

// ports checks that only the server listens to the outside.
func (c *container) ports() error {
	tables, err := c.exec("cat", "/proc/net/tcp", "/proc/net/tcp6")
	if err != nil {
		return err
	}
	var open []string
	for line := range strings.Lines(tables) {
		fields := strings.Fields(line)
		if len(fields) > 3 && fields[3] == "0A" && !strings.HasPrefix(fields[1], "0100007F:") {
			open = append(open, fields[1])
		}
	}
	if want := []string{"00000000:22B8"}; !slices.Equal(open, want) { // 0.0.0.0:8888
		return fmt.Errorf("open ports: got %q, want %q", open, want)
	}
	return nil
}

// healthy waits for the engine's own health check.
func (c *container) healthy() error {
	var status string
	for range 300 {
		text, err := c.engine.docker(c.ctx, "inspect", "--format={{.State.Health.Status}}", c.id)
		if status = strings.TrimSpace(text); err != nil || status == "healthy" {
			return err
		}
		time.Sleep(100 * time.Millisecond)
	}
	return fmt.Errorf("the engine calls the container %q, want healthy", status)
}

func startAgain(r *run) error {
	end, err := r.volume("descent-test-again")
	defer end()
	if err != nil {
		return err
	}
	options := append(offline, "--volume=descent-test-again:"+workFolder)
	c, _, err := r.serving(options...)
	if err != nil {
		return err
	}
	defer c.remove()
	_, err = c.exec("sh", "-c", "cd work && echo mine >>04-linear-regression.ipynb && echo mine >own.ipynb && sha256sum *.ipynb >sums")
	if err != nil {
		return err
	}
	if _, err := c.cell(plotCell); err != nil { // a kernel has run
		return err
	}
	start := time.Now()
	if _, err := r.engine.docker(r.ctx, "stop", "--time=30", c.id); err != nil {
		return err
	}
	took := time.Since(start)
	r.report.add("stopped in %.1f s", took.Seconds())
	if took > 5*time.Second {
		err = fmt.Errorf("stopping took %.1f s, want under 5 s", took.Seconds())
	}
	again, _, errAgain := r.serving(options...)
	if errAgain != nil {
		return errors.Join(err, errAgain)
	}
	defer again.remove()
	_, errSums := again.exec("sh", "-c", "cd work && sha256sum --check --quiet sums && test ! -e 04-linear-regression.new.ipynb")
	// The very same container starts again, too, as after a restart of the machine.
	_, errStart := r.engine.docker(r.ctx, "restart", "--time=30", again.id)
	time.Sleep(time.Second)
	return errors.Join(err, errSums, errStart, again.healthy())
}

func published(r *run) error {
	c, _, err := r.serving("--publish=127.0.0.1:8888:8888", "--env=DESCENT_UNATTENDED=1")
	if err != nil {
		return err
	}
	defer c.remove()
	address, err := c.exec("descent", "url")
	if err != nil {
		return err
	}
	address = strings.TrimSpace(address)
	for url, want := range map[string]string{address: "200", "http://127.0.0.1:8888/api/contents": "403"} {
		command := append(r.engine.asUser(), "curl", "--silent", "--output", "/dev/null", "--write-out", "%{http_code}", url)
		got, errCurl := exec.CommandContext(r.ctx, command[0], command[1:]...).Output()
		if string(got) != want {
			err = errors.Join(err, fmt.Errorf("%s answers %q (%v), want %s", url, got, errCurl, want))
		}
	}
	if _, errCell := c.cell(plotCell); errCell != nil {
		err = errors.Join(err, errCell)
	}
	if second, errSecond := r.begin("--publish=127.0.0.1:8888:8888"); errSecond == nil {
		err = errors.Join(err, errors.New("a second container gets the same port"), second.remove())
	}
	return errors.Join(err, c.wrote())
}

// wrote checks that nothing outside /tmp and the learner's folder was written.
func (c *container) wrote() error {
	text, err := c.engine.docker(c.ctx, "diff", c.id)
	for line := range strings.Lines(text) {
		path := strings.Fields(line)[1]
		if path != "/tmp" && path != "/home" && path != "/home/learner" && path != workFolder &&
			!strings.HasPrefix(path, "/tmp/") && !strings.HasPrefix(path, workFolder+"/") {
			err = errors.Join(err, fmt.Errorf("written: %s", strings.TrimSpace(line)))
		}
	}
	return err
}

func anotherUser(r *run) error {
	end, err := r.volume("descent-test-user")
	defer end()
	if err != nil {
		return err
	}
	c, _, err := r.serving(append(offline, "--user=4242:0", "--volume=descent-test-user:"+workFolder)...)
	if err != nil {
		return err
	}
	defer c.remove()
	if log := c.log(); strings.Contains(log, "WARNING") {
		err = errors.New(log)
	}
	_, errCell := c.cell(plotCell)
	return errors.Join(err, errCell)
}

// mistakes starts containers as a user should not, and looks for what they say.
func mistakes(r *run) error {
	foreign, err := os.MkdirTemp("", "foreign-") // of root, for root alone to write to
	if err != nil {
		return err
	}
	defer os.RemoveAll(foreign)
	if err := errors.Join(os.Chmod(foreign, 0o755), os.Chown(foreign, 0, 0)); err != nil {
		return err
	}
	var errs []error
	for _, test := range []struct {
		name    string
		options []string
		serves  bool
		want    string
	}{
		{"a folder of another user", append(offline, "--volume="+foreign+":"+workFolder), true, "belongs to user 0, group 0, and this container runs as user 1000"},
		{"a read-only container without a volume", offline, true, "is read-only: mount a volume there"},
		{"too little room", append(offline, "--user=1000:0", "--tmpfs="+workFolder+":size=100k"), true, "no space left"},
		{"a read-only container without a tmpfs", []string{"--network=none", "--read-only"}, false, "/tmp can't be written to: with --read-only add --tmpfs /tmp:exec"},
		{"a tmpfs that runs nothing", []string{"--network=none", "--tmpfs=/tmp:noexec"}, false, "use --tmpfs /tmp:exec"},
		{"a program that isn't there", []string{"--network=none", "--", "jupiter"}, false, `"jupiter": executable file not found`},
	} {
		begin := r.begin
		if test.serves {
			begin = func(options ...string) (*container, error) {
				c, _, err := r.serving(options...)
				return c, err
			}
		}
		c, err := begin(test.options...)
		if err == nil && !test.serves {
			_, err = r.engine.docker(r.ctx, "wait", c.id)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", test.name, err))
			continue
		}
		if log := c.log(); !strings.Contains(log, test.want) {
			errs = append(errs, fmt.Errorf("%s: the log lacks %q: %s", test.name, test.want, log))
		}
		errs = append(errs, c.remove())
	}
	return errors.Join(errs...)
}

// others starts the image as JupyterHub's spawners and Binder do.
func others(r *run) error {
	hub := exec.CommandContext(r.ctx, "sed", "-n", "s/^jupyterhub==\\([^ ]*\\) .*/\\1/p", "docker/requirements.txt")
	pinned, err := hub.Output()
	if err != nil {
		return err
	}
	got, err := r.engine.docker(r.ctx, append([]string{"run", "--rm"}, append(offline, image, "jupyterhub-singleuser", "--version")...)...)
	if version := strings.TrimSpace(string(pinned)); !strings.Contains(got, version) {
		err = errors.Join(err, fmt.Errorf("jupyterhub-singleuser --version says %q, want %q", got, version))
	}
	c, _, errServe := r.serving(append(offline, "--", "jupyter-lab", "--ip=0.0.0.0", "--port=9999", "--ServerApp.base_url=/user/ada/")...)
	if errServe != nil {
		return errors.Join(err, errServe)
	}
	defer c.remove()
	return errors.Join(err, c.firstPlot("as Binder starts it"))
}

var clock = regexp.MustCompile(`func Now\(\) Time \{\n`)

// sixMonthsLater runs a plot with a go command whose clock is six months ahead: at the end of each build, go drops
// from its build cache what by its clock nobody has used for five days.
func sixMonthsLater(r *run) error {
	dir, err := os.MkdirTemp("/var/tmp", "later-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := buildLaterGo(r, dir); err != nil {
		return err
	}
	c, _, err := r.serving(append(offline, "--volume="+dir+"/go:/usr/local/go/bin/go:ro")...)
	if err != nil {
		return err
	}
	defer c.remove()
	// A file as a build of today leaves it: that it goes shows that the clock is ahead and that go has tidied up.
	today := "/tmp/descent/go-build/00/" + strings.Repeat("0", 64) + "-d"
	const count = "find -L /tmp/descent/go-build -type f -newermt 2036-01-01 | wc -l"
	if _, err := c.exec("touch", today); err != nil {
		return err
	}
	before, err := c.exec("sh", "-c", count)
	if err != nil {
		return err
	}
	if err := c.firstPlot("six months later"); err != nil {
		return err
	}
	if err := c.firstPlot("six months later, in a second kernel"); err != nil {
		return err
	}
	after, err := c.exec("sh", "-c", count)
	if _, errToday := c.exec("test", "-e", today); errToday == nil {
		err = errors.Join(err, errors.New("go has not tidied up its cache, so this shows nothing"))
	}
	if before != after {
		err = errors.Join(err, fmt.Errorf("of %s warm files %s are left", strings.TrimSpace(before), strings.TrimSpace(after)))
	}
	return err
}

// buildLaterGo builds, from this machine's Go, a go command for which it is six months later.
func buildLaterGo(r *run, dir string) error {
	version, err := r.engine.docker(r.ctx, "run", "--rm", "--network=none", "--entrypoint=go", image, "env", "GOVERSION")
	if err != nil {
		return err
	}
	env := append(os.Environ(), "CGO_ENABLED=0", "GOTOOLCHAIN="+strings.TrimSpace(version)) // the image's
	root := exec.CommandContext(r.ctx, "go", "env", "GOROOT")
	root.Env = env
	out, err := root.Output()
	if err != nil {
		return err
	}
	original := strings.TrimSpace(string(out)) + "/src/time/time.go"
	text, err := os.ReadFile(original)
	if err != nil {
		return err
	}
	at := clock.FindIndex(text)
	if at == nil {
		return fmt.Errorf("%s has no func Now() Time", original)
	}
	const later = "\treturn now0().Add(182 * 24 * Hour)\n}\n\nfunc now0() Time {\n"
	changed := string(text[:at[1]]) + later + string(text[at[1]:])
	overlay, _ := json.Marshal(map[string]any{"Replace": map[string]string{original: dir + "/time.go"}})
	if err := errors.Join(os.WriteFile(dir+"/time.go", []byte(changed), 0o644), os.WriteFile(dir+"/overlay.json", overlay, 0o644), os.Chmod(dir, 0o755)); err != nil {
		return err
	}
	cmd := exec.CommandContext(r.ctx, "go", "build", "-buildvcs=false", "-overlay="+dir+"/overlay.json", "-o", dir+"/go", "cmd/go")
	cmd.Env = env
	if text, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("no go command with another clock: %w: %s", err, tail(string(text)))
	}
	return nil
}
