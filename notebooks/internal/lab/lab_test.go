//go:build unix

package lab

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"descent/notebooks/internal/setuptest"
)

// screen collects what is written to a terminal.
type screen struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (s *screen) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(b)
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

var address = regexp.MustCompile(`http://127\.0\.0\.1:\d+/\S+`)

// TestLabServesTheCourse opens JupyterLab with its port taken, asks it what a browser would, starts a kernel and ends
// it all as Ctrl-C does.
func TestLabServesTheCourse(t *testing.T) {
	clone := *setuptest.Clone(t)
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	port := taken.Addr().(*net.TCPAddr).Port
	out := &screen{}
	clone.Out = out
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	ended := make(chan error, 1)
	go func() { ended <- Open(ctx, &clone, port, false) }()
	var lab *url.URL
	for deadline := time.Now().Add(time.Minute); lab == nil; time.Sleep(50 * time.Millisecond) {
		select {
		case err := <-ended:
			t.Fatalf("ended at once: %v", err)
		default:
		}
		if time.Now().After(deadline) {
			t.Fatalf("no address within a minute: %s", out)
		}
		if found := address.FindString(out.String()); found != "" {
			lab, _ = url.Parse(found)
		}
	}
	if !strings.Contains(out.String(), "is taken; using") {
		t.Errorf("nothing is said of the port that was taken: %s", out)
	}

	token := lab.Query().Get("token")
	get := func(method, path, token string) (int, string) {
		t.Helper()
		request, _ := http.NewRequest(method, lab.Scheme+"://"+lab.Host+path, nil)
		request.Header.Set("Authorization", "token "+token)
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		body, _ := io.ReadAll(answer.Body)
		return answer.StatusCode, string(body)
	}
	if status, _ := get("GET", "/api/contents", "wrong"); status != http.StatusForbidden {
		t.Errorf("without the token the server answers %d, want 403", status)
	}
	if status, body := get("GET", "/api/contents", token); status != 200 || strings.Contains(body, "main.go") {
		t.Errorf("the folder is listed with status %d, or with files that are no concern of a learner: %s", status, body)
	}
	_, body := get("GET", "/api/kernelspecs", token)
	var specs struct {
		Default     string
		Kernelspecs map[string]any
	}
	if err := json.Unmarshal([]byte(body), &specs); err != nil || specs.Default != "gonb" || len(specs.Kernelspecs) != 1 {
		t.Errorf("kernels on offer are not gonb alone: %s", body)
	}
	_, body = get("GET", "/lab/api/settings/@jupyterlab/apputils-extension:notification", token)
	if !regexp.MustCompile(`"fetchNews":.*"default": ?"false"`).MatchString(body) {
		t.Errorf("the question about news is not switched off: %s", body)
	}
	for id, want := range map[string]string{
		"docmanager-extension:plugin":   `"defaultViewers":.*"markdown": ?"Markdown Preview"`,
		"notebook-extension:tracker":    `"lineNumbers": ?false`,
		"application-extension:shell":   `"Table of Contents": ?\{"area": ?"right"\}`,
		"apputils-extension:themes":     `"adaptive-theme":.*"default": ?true`,
		"filebrowser-extension:browser": `"showLastModifiedColumn":.*"default": ?false`,
	} {
		if _, body := get("GET", "/lab/api/settings/@jupyterlab/"+id, token); !regexp.MustCompile(want).MatchString(body) {
			t.Errorf("the settings of %s lack %s", id, want)
		}
	}
	if status, body := get("GET", "/custom/custom.css", token); status != 200 || !strings.Contains(body, "--jp-content-font-size1: 16px") {
		t.Errorf("the style sheet answers %d: %s", status, body)
	}
	if !strings.Contains(out.String(), "/lab/tree/index.md?token=") {
		t.Errorf("JupyterLab does not open on the map of the course: %s", out)
	}
	status, body := get("POST", "/api/kernels", token)
	var kernel struct{ ID string }
	if err := json.Unmarshal([]byte(body), &kernel); status != 201 || err != nil {
		t.Fatalf("no kernel starts: %d %s", status, body)
	}
	if !setuptest.Running(kernel.ID) {
		t.Error("no kernel is seen: the test can't tell whether it ends")
	}

	cancel()
	if err := <-ended; err != nil {
		t.Errorf("Ctrl-C ends with an error: %v", err)
	}
	setuptest.WaitGone(t, kernel.ID)
	if _, err := net.Dial("tcp", lab.Host); err == nil {
		t.Error("the server still listens")
	}
}
