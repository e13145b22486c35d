//go:build unix

package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// linkCache fills the folder to with links to the files of from, so that Go finds all that the image has compiled and
// yet can add to it. It takes some 0.05 s and no room.
func linkCache(from, to string) error {
	return filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		target := filepath.Join(to, path[len(from):])
		if entry.IsDir() {
			return os.MkdirAll(target, 0o777)
		}
		if err := os.Symlink(path, target); !errors.Is(err, fs.ErrExist) { // there when a container starts again
			return err
		}
		return nil
	})
}
