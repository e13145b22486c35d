//go:build unix

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
)

// checkTemp returns an error if the temporary folder is not one that cells can be compiled to and run in.
func checkTemp(dir string) error {
	script := filepath.Join(dir, fmt.Sprintf("descent-check-%d", os.Getpid()))
	defer os.Remove(script)
	if err := os.WriteFile(script, []byte("#!/bin/sh\n"), 0o700); errors.Is(err, syscall.EROFS) || errors.Is(err, os.ErrPermission) {
		return fmt.Errorf("%s can't be written to: with --read-only add --tmpfs /tmp:exec", dir)
	} else if err != nil {
		return explain(err)
	}
	if err := exec.Command(script).Run(); errors.Is(err, os.ErrPermission) {
		return fmt.Errorf("%s lets no program run, and each cell is one: use --tmpfs /tmp:exec (not just --tmpfs /tmp)", dir)
	}
	return nil
}

// checkWork returns an error that says what to do if the learner's folder can't be written to.
func checkWork(dir string) error {
	err := os.MkdirAll(dir, 0o777)
	if err == nil {
		var file *os.File
		if file, err = os.CreateTemp(dir, ".descent-check-"); err == nil {
			_, err = file.WriteString("there is room\n")
			file.Close()
			os.Remove(file.Name())
		}
	}
	switch {
	case errors.Is(err, syscall.EROFS):
		return fmt.Errorf("%s is read-only: mount a volume there (-v descent-work:%s)", dir, dir)
	case errors.Is(err, os.ErrPermission):
		owner := "another user"
		if info, err := os.Stat(dir); err == nil {
			stat := info.Sys().(*syscall.Stat_t)
			owner = fmt.Sprintf("user %d, group %d", stat.Uid, stat.Gid)
		}
		return fmt.Errorf("%s belongs to %s, and this container runs as user %d, group %d. Either give the folder to it, "+
			"on your machine: sudo chown -R %[3]d FOLDER; or run as its owner: --user \"$(id -u):0\"", dir, owner, os.Getuid(), os.Getgid())
	case err != nil:
		return fmt.Errorf("%s can't be written to: %w", dir, explain(err))
	}
	return nil
}

// explain adds to an error what a user can do about it.
func explain(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return fmt.Errorf("no space left (%w): make room with `docker system prune`, or give a tmpfs more (--tmpfs /tmp:exec,size=1g)", err)
	}
	return err
}
