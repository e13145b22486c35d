//go:build unix

package setup

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// run executes a program with its process group, passes each line it prints to onLine (nil: to nobody), and ends the
// whole group when ctx does. The error says what, in terms of what a user can do about it.
func run(ctx context.Context, dir string, env []string, onLine func(string), name string, args ...string) error {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir, cmd.Env = dir, env
	Group(cmd)
	reader, writer := io.Pipe()
	cmd.Stdout, cmd.Stderr = writer, writer
	var output strings.Builder
	read := make(chan struct{})
	go func() {
		defer close(read)
		lines := bufio.NewScanner(reader)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			output.WriteString(lines.Text() + "\n")
			if onLine != nil {
				onLine(lines.Text())
			}
		}
		io.Copy(io.Discard, reader)
	}()
	err := cmd.Run()
	writer.Close()
	<-read
	if err == nil || ctx.Err() != nil {
		return err
	}
	short := append([]string{filepath.Base(name)}, args[:min(len(args), 2)]...)
	return explain(strings.Join(short, " "), output.String(), err)
}

// Group gives cmd a process group of its own, so that a Ctrl-C in the terminal reaches only the launcher, and ends the
// group, first asking and 10 seconds later by force, when cmd's context does.
func Group(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM) }
	cmd.WaitDelay = 10 * time.Second
}

// symptoms are words that programs print, and what they mean to a user.
var symptoms = []struct {
	meaning string
	words   []string
}{
	{"no room left on the disk: make room (1.5 GB is enough), then run the same command again", []string{
		"No space left on device", "no space left on device", "Disk quota exceeded", "disk quota exceeded"}},
	{"no network: the first set-up fetches Python packages and Go modules; connect (or set your proxy), then run the same command again", []string{
		"Failed to establish a new connection", "Connection refused", "connection refused", "Name or service not known",
		"name resolution", "nodename nor servname", "Network is unreachable", "network is unreachable", "no such host", "NewConnectionError",
		"dial tcp", "i/o timeout", "Read timed out", "ConnectTimeout", "dns error", "error sending request", "tls handshake", "GOPROXY=off"}},
	{"a download is not what the lock says (damaged on the way, or a package index of your own): run the same command again", []string{
		"DO NOT MATCH THE HASHES", "checksum mismatch", "SECURITY ERROR", "Hash mismatch"}},
	{"Python can't make a virtual environment: on Debian and Ubuntu, sudo apt install python3-venv", []string{
		"ensurepip is not available", "No module named ensurepip", "No module named venv", "No module named pip"}},
}

// explain turns the output of a failed command into an error of one line.
func explain(command, output string, err error) error {
	for _, s := range symptoms {
		for _, word := range s.words {
			if strings.Contains(output, word) {
				return errors.New(s.meaning)
			}
		}
	}
	return fmt.Errorf("%s fails (%v): %s", command, err, lastLine(output))
}
