//go:build unix

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"time"
)

// server is what a running Jupyter server writes about itself.
type server struct {
	Port  int
	URL   string `json:"base_url"` // the path below which it answers, "/" by default
	Token string
}

// address is what a user opens.
func (s server) address() string {
	return fmt.Sprintf("http://127.0.0.1:%d%slab/tree/index.md?token=%s", s.Port, s.URL, s.Token)
}

// running returns the server that has recorded itself last.
func running(dir string) (server, error) {
	var s server
	paths, _ := filepath.Glob(filepath.Join(dir, "jpserver-*.json"))
	var newest time.Time
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil || info.ModTime().Before(newest) {
			continue
		}
		if text, err := os.ReadFile(path); err == nil && json.Unmarshal(text, &s) == nil {
			newest = info.ModTime()
		}
	}
	if s.Port == 0 {
		return s, errors.New("no server is running (yet)")
	}
	return s, nil
}

// health asks the server's API. It asks at 127.0.0.1, because the recorded host name means nothing without a network.
func health(dir string) error {
	s, err := running(dir)
	if err != nil {
		return err
	}
	client := http.Client{Timeout: 4 * time.Second}
	answer, err := client.Get(fmt.Sprintf("http://127.0.0.1:%d%sapi", s.Port, s.URL))
	if err != nil {
		return err
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("the server answers %s", answer.Status)
	}
	return nil
}
