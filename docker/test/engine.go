//go:build linux

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// engine is a Docker engine: the machine's, or one of our own that leaves the machine's network alone. An engine of
// our own runs twice on the same data: to build, with the network of the machine and no bridge, and then to run, in a
// network namespace of its own, where publishing a port works as for a user.
type engine struct {
	cli    string // the docker command
	dir    string // of our own engine; "" if it is the machine's
	daemon *exec.Cmd
	keep   bool
}

// startEngine finds or starts an engine to build with.
func startEngine(ctx context.Context) (*engine, error) {
	if cli, err := exec.LookPath("docker"); err == nil && exec.CommandContext(ctx, cli, "info").Run() == nil {
		return &engine{cli: cli}, nil
	}
	if os.Getuid() != 0 {
		return nil, errors.New("none is running, and starting one needs root: start Docker, or run this as root")
	}
	if err := install(ctx); err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("/var/tmp", "image-") // short: it holds a socket
	if err != nil {
		return nil, err
	}
	// Debian's own command builds with BuildKit without a plugin.
	e := &engine{cli: "/usr/bin/docker", dir: dir}
	if err := os.WriteFile(filepath.Join(dir, "daemon.json"), []byte("{}"), 0o644); err != nil {
		return nil, err
	}
	err = e.start(ctx, "dockerd", "--iptables=false", "--ip6tables=false", "--ip-forward=false", "--ip-masq=false", "--bridge=none")
	if err != nil {
		return nil, errors.Join(err, e.end())
	}
	return e, nil
}

// install installs Debian's engine, which its package doesn't start here.
func install(ctx context.Context) error {
	missing := []string{}
	for program, name := range map[string]string{"/usr/sbin/dockerd": "docker.io", "/usr/sbin/debootstrap": "debootstrap"} {
		if _, err := os.Stat(program); err != nil {
			missing = append(missing, name)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	script := `apt-get -qq update && apt-get -qq install -y --no-install-recommends ` + strings.Join(missing, " ")
	cmd := exec.CommandContext(ctx, "sh", "-c", script)
	cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive", "RUNLEVEL=1")
	if text, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s can't be installed (on another system than Debian, start Docker yourself): %s",
			strings.Join(missing, " and "), lastLine(string(text)))
	}
	return nil
}

// start starts the daemon by a command that ends in its program, and waits until it answers.
func (e *engine) start(ctx context.Context, command ...string) error {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		return err
	}
	arguments := append(command, "--config-file="+e.dir+"/daemon.json", "--data-root="+e.dir+"/data", "--exec-root="+e.dir+"/exec",
		"--pidfile="+e.dir+"/pid", "-H", e.host(), "--oom-score-adjust=0", fmt.Sprintf("--default-ulimit=nofile=%d:%[1]d", limit.Max))
	log, err := os.Create(e.dir + "/log")
	if err != nil {
		return err
	}
	defer log.Close()
	e.daemon = exec.Command(arguments[0], arguments[1:]...)
	e.daemon.Stdout, e.daemon.Stderr = log, log
	if err := e.daemon.Start(); err != nil {
		return err
	}
	for range 300 {
		if _, err := e.docker(ctx, "info"); err == nil {
			return nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	text, _ := os.ReadFile(e.dir + "/log")
	return fmt.Errorf("one of our own doesn't start: %s", lastLine(string(text)))
}

// toRun turns an engine of our own from building to running.
func (e *engine) toRun(ctx context.Context) error {
	if e.dir == "" {
		return nil
	}
	if err := e.stop(); err != nil {
		return err
	}
	return e.start(ctx, "unshare", "--net", "--mount", "sh", "-c", `ip link set lo up && exec dockerd "$@"`, "dockerd")
}

// stop ends the daemon, by the id that it has itself written down.
func (e *engine) stop() error {
	if e.daemon == nil {
		return nil
	}
	text, err := os.ReadFile(e.dir + "/pid")
	if pid, errText := strconv.Atoi(strings.TrimSpace(string(text))); err == nil && errText == nil {
		syscall.Kill(pid, syscall.SIGTERM)
	} else {
		e.daemon.Process.Signal(syscall.SIGTERM)
	}
	e.daemon.Wait()
	e.daemon = nil
	return nil
}

// end stops the engine and removes its files.
func (e *engine) end() error {
	if e.dir == "" {
		return nil
	}
	err := e.stop()
	if e.keep {
		fmt.Println("The engine's files are in", e.dir)
		return err
	}
	return errors.Join(err, os.RemoveAll(e.dir))
}

func (e *engine) host() string { return "unix://" + e.dir + "/socket" }

// docker runs a docker command and returns what it prints, on standard output and then on standard error.
func (e *engine) docker(ctx context.Context, args ...string) (string, error) {
	return e.dockerWith(ctx, "", args...)
}

// dockerWith runs a docker command with a standard input.
func (e *engine) dockerWith(ctx context.Context, input string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, e.cli, args...)
	cmd.Env = append(os.Environ(), "DOCKER_BUILDKIT=1")
	if e.dir != "" {
		cmd.Env = append(cmd.Env, "DOCKER_HOST="+e.host())
	}
	cmd.Stdin = strings.NewReader(input)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return stdout.String(), fmt.Errorf("docker %s: %w: %s", args[0], err, tail(stderr.String()+stdout.String()))
	}
	return stdout.String() + stderr.String(), nil
}

// asUser returns the start of a command that runs where a user of the engine would.
func (e *engine) asUser() []string {
	if e.dir == "" {
		return []string{"env"}
	}
	pid, _ := os.ReadFile(e.dir + "/pid")
	return []string{"nsenter", "--net=/proc/" + strings.TrimSpace(string(pid)) + "/ns/net"}
}

func lastLine(text string) string {
	text = strings.TrimSpace(text)
	return text[strings.LastIndexByte(text, '\n')+1:]
}

// tail returns the last part of a text.
func tail(text string) string {
	text = strings.TrimSpace(text)
	return text[max(0, len(text)-2000):]
}
