//go:build unix

// Command descent is what the container of the course runs. It makes the place ready (the course in the learner's
// folder, a warm build cache that can be written to) and then becomes the program that was asked for:
//
//	descent                  JupyterLab; under JupyterHub, jupyterhub-singleuser
//	descent --Some.option=x  JupyterLab with more options
//	descent PROGRAM ARG…     that program
//	descent url              print the address with its token
//	descent health           end with status 1 if the server doesn't answer
package main

import (
	"crypto/rand"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
)

// Where the image keeps the course and the caches, which nobody writes to.
const (
	course    = "/opt/descent"
	warmCache = "/opt/go-build"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "descent:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 1 {
		switch args[0] {
		case "health":
			return health(os.Getenv("JUPYTER_RUNTIME_DIR"))
		case "url":
			server, err := running(os.Getenv("JUPYTER_RUNTIME_DIR"))
			if err != nil {
				return err
			}
			fmt.Println(server.address())
			return nil
		}
	}
	work, err := prepare()
	if err != nil {
		return err
	}
	return become(program(args, work))
}

// prepare makes the container ready and returns the folder that the learner works in.
func prepare() (work string, err error) {
	if err := checkTemp(os.TempDir()); err != nil {
		return "", err
	}
	if err := os.MkdirAll(os.Getenv("JUPYTER_RUNTIME_DIR"), 0o700); err != nil {
		return "", err
	}
	if err := linkCache(warmCache, os.Getenv("GOCACHE")); err != nil {
		return "", fmt.Errorf("the build cache can't be made ready: %w", err)
	}
	work = os.Getenv("DESCENT_WORK")
	if work == "" {
		work = filepath.Join(os.Getenv("HOME"), "work")
	}
	if err := checkWork(work); err != nil {
		warn("%v\nUntil then the course opens in a temporary folder, and WHAT YOU CHANGE IS LOST when the container ends.", err)
		work = filepath.Join(os.TempDir(), "descent", "work")
	}
	state := filepath.Join(work, ".descent")
	if err := os.MkdirAll(state, 0o777); err != nil {
		return "", err
	}
	for name, folder := range map[string]string{
		"JUPYTER_CONFIG_DIR":        "config",
		"JUPYTER_DATA_DIR":          "jupyter",
		"JUPYTERLAB_SETTINGS_DIR":   "settings",
		"JUPYTERLAB_WORKSPACES_DIR": "workspaces",
		"IPYTHONDIR":                "ipython",
	} {
		os.Setenv(name, filepath.Join(state, folder))
	}
	deliver(work)
	return work, os.Chdir(work)
}

// deliver brings the course into the learner's folder. What fails is said, and doesn't keep the server from starting.
func deliver(work string) {
	new, err := copyCourse(filepath.Join(course, "notebooks"), work, filepath.Join(work, ".descent", "delivered"))
	for _, path := range new.beside {
		warn("You have changed a notebook of which this image has a new version; yours is kept, the new one is %s", path)
	}
	for _, name := range []string{"dl", "plots"} { // to read; a file system that knows no links does without
		os.Symlink(filepath.Join(course, name), filepath.Join(work, name))
	}
	if err == nil {
		err = trust(filepath.Join(course, ".descent", "state"), os.Getenv("JUPYTER_DATA_DIR"), new)
	}
	if err != nil {
		warn("The course can't be copied to %s: %v", work, explain(err))
	}
}

// program returns what to run: by default the server, with a token that is told once.
func program(args []string, work string) []string {
	options := []string{"--ServerApp.ip=0.0.0.0", "--Application.log_level=WARN", "--ServerApp.root_dir=" + work}
	asHub := os.Getenv("JUPYTERHUB_API_TOKEN") != ""
	switch {
	case len(args) > 0 && !strings.HasPrefix(args[0], "-"):
		return args
	case asHub:
		return append(append([]string{"jupyterhub-singleuser"}, options...), args...)
	}
	if os.Getenv("JUPYTER_TOKEN") == "" {
		os.Setenv("JUPYTER_TOKEN", strings.ToLower(rand.Text()))
	}
	fmt.Fprintf(os.Stderr, "The course is at %s\n(if you published another port than 8888, put it in; "+
		"if you lose the address, `docker exec CONTAINER descent url` tells it again). Ctrl-C ends it.\n",
		server{Port: 8888, URL: "/", Token: os.Getenv("JUPYTER_TOKEN")}.address())
	return append(append([]string{"jupyter-lab", "--ServerApp.port=8888", "--ServerApp.port_retries=0"}, options...), args...)
}

// become replaces this process by the program.
func become(args []string) error {
	path, err := exec.LookPath(args[0])
	if err != nil {
		return err
	}
	return fmt.Errorf("%s: %w", path, syscall.Exec(path, args, os.Environ()))
}

func warn(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "WARNING: "+format+"\n", args...)
}
