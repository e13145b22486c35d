//go:build linux

package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

// client does in a container what a browser does; its head says how to call it.
//
//go:embed client.py
var client string

// run is what a check works with.
type run struct {
	ctx    context.Context
	engine *engine
	report *report
}

// A container of the image, with what a check wants to know of it.
type container struct {
	*run
	id string
}

// offline are the options of the strictest container that the course must work in. Nobody moves sliders in it.
var offline = []string{"--network=none", "--read-only", "--tmpfs=/tmp:exec", "--cap-drop=ALL", "--security-opt=no-new-privileges",
	"--env=DESCENT_UNATTENDED=1"}

const workFolder = "/home/learner/work"

// begin starts a container with options and, after "--", a command.
func (r *run) begin(options ...string) (*container, error) {
	var command []string
	for i, option := range options {
		if option == "--" {
			options, command = options[:i], options[i+1:]
			break
		}
	}
	args := append(append([]string{"run", "--detach"}, options...), image)
	id, err := r.engine.docker(r.ctx, append(args, command...)...)
	return &container{r, strings.TrimSpace(id)}, err
}

// serving starts a container and waits until its server answers.
func (r *run) serving(options ...string) (*container, time.Duration, error) {
	start := time.Now()
	c, err := r.begin(options...)
	if err != nil {
		return c, 0, err
	}
	for time.Since(start) < time.Minute {
		if _, err := c.exec("descent", "health"); err == nil {
			return c, time.Since(start), nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return c, 0, errors.Join(fmt.Errorf("no answer after a minute; its log: %s", c.log()), c.remove())
}

// exec runs a command in the container.
func (c *container) exec(command ...string) (string, error) {
	return c.engine.docker(c.ctx, append([]string{"exec", c.id}, command...)...)
}

// ask runs the client and fills answer with what it prints.
func (c *container) ask(answer any, input string, args ...string) error {
	ctx, cancel := context.WithTimeout(c.ctx, 5*time.Minute)
	defer cancel()
	text, err := c.engine.dockerWith(ctx, input, append([]string{"exec", "-i", c.id, "python", "-c", client}, args...)...)
	if err != nil {
		return err
	}
	return json.Unmarshal([]byte(text), answer)
}

// cell is what came of a cell.
type cell struct {
	Seconds float64
	Status  string
	Outputs []struct {
		Type   string `json:"output_type"`
		Text   string
		Data   map[string]any
		EValue string
	}
}

// cell runs a cell in a fresh kernel. It is an error if the cell fails.
func (c *container) cell(source string) (cell, error) {
	var answer cell
	err := c.ask(&answer, source, "cell")
	if err == nil && answer.Status != "ok" {
		err = fmt.Errorf("the cell fails: %.1500s", fmt.Sprint(answer.Outputs))
	}
	return answer, err
}

func (c *container) log() string {
	text, _ := c.engine.docker(c.ctx, "logs", c.id)
	return text
}

func (c *container) remove() error {
	_, err := c.engine.docker(context.WithoutCancel(c.ctx), "rm", "--force", "--volumes", c.id)
	return err
}

// volume makes a volume that end removes.
func (r *run) volume(name string) (end func(), err error) {
	_, err = r.engine.docker(r.ctx, "volume", "create", name)
	return func() { r.engine.docker(context.WithoutCancel(r.ctx), "volume", "rm", "--force", name) }, err
}
