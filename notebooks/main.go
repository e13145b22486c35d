//go:build unix

// Command notebooks prepares the course inside this clone and opens it in JupyterLab, or executes its notebooks.
//
//	go run ./notebooks                       open JupyterLab on the course
//	go run ./notebooks run [NAME…]           execute notebooks and write them back
//	go run ./notebooks run -check [NAME…]    execute notebooks and compare with what is there
//	go run ./notebooks html [FOLDER]         write the course as pages to read in any browser
//	go run ./notebooks prepare               only prepare: for images and schools' machines
//	go run ./notebooks kernel                install the kernel for your own Jupyter or VS Code
//	go run ./notebooks doctor                say what is there, what is missing and what to type
//	go run ./notebooks -h                    all of this in more detail
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"descent/notebooks/internal/course"
	"descent/notebooks/internal/execute"
	"descent/notebooks/internal/lab"
	"descent/notebooks/internal/setup"
	"descent/notebooks/internal/site"
)

const help = `Prepares the course inside this clone, in its ignored folder .descent, and opens it in JupyterLab.
The first time this takes about two minutes and needs the network; afterwards neither.

  go run ./notebooks                     open JupyterLab on the course; Ctrl-C ends it
        -port N                          ask for port N (8888); if it is taken, the next free one is used
        -no-browser                      print the address only
  go run ./notebooks run [NAME…]         execute notebooks, two at a time, and write those back that changed;
                                         without a name all of them and all solutions
        -check                           write nothing; say what does not repeat, and end with status 1
  go run ./notebooks html [FOLDER]       write the course as pages to read in any browser, offline, into FOLDER (site)
  go run ./notebooks prepare             only prepare what the others prepare too, for an image or a school's machines
  go run ./notebooks kernel              install the kernel for your own Jupyter or VS Code, as "Go (Descent)"
        -remove                          remove it
  go run ./notebooks doctor              say what is there, what is missing and what to type
  go run ./notebooks -h                  this text

A NAME may come with or without number and extension: 04, linear-regression and 04-linear-regression.ipynb
are the same. solutions/04 is the notebook with the solutions of 04.
To start afresh, delete .descent.
`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	ctx, cancel := context.WithCancel(ctx)
	go follow(os.Getppid(), cancel)
	err := command(ctx, os.Args[1:])
	stop()
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Print(help)
	case err != nil:
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// follow cancels when the go command that started this program is gone: a killed `go run` passes nothing on.
func follow(parent int, cancel func()) {
	for os.Getppid() == parent {
		time.Sleep(500 * time.Millisecond)
	}
	cancel()
}

// command does what the arguments say.
func command(ctx context.Context, args []string) error {
	clone, err := setup.Find(".")
	if err != nil {
		return err
	}
	name := ""
	if len(args) > 0 && args[0] != "" && args[0][0] != '-' {
		name, args = args[0], args[1:]
	}
	flags := flag.NewFlagSet("notebooks", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.Usage = func() {}
	switch name {
	case "":
		port := flags.Int("port", 8888, "")
		noBrowser := flags.Bool("no-browser", false, "")
		if err := parse(flags, args, false); err != nil {
			return err
		}
		if err := clone.Prepare(ctx); err != nil {
			return err
		}
		if err := clone.Trust(ctx); err != nil {
			return err
		}
		return lab.Open(ctx, clone, *port, !*noBrowser)
	case "run":
		check := flags.Bool("check", false, "")
		if err := parse(flags, args, true); err != nil {
			return err
		}
		notebooks, err := execute.Find(clone.Notebooks(), flags.Args())
		if err != nil {
			return err
		}
		if err := clone.Prepare(ctx); err != nil {
			return err
		}
		if *check {
			return execute.Check(ctx, clone, notebooks)
		}
		return execute.Write(ctx, clone, notebooks)
	case "html":
		if err := parse(flags, args, true); err != nil {
			return err
		}
		folder := filepath.Join(clone.Root, "site")
		switch flags.NArg() {
		case 0:
		case 1:
			if folder, err = filepath.Abs(flags.Arg(0)); err != nil {
				return err
			}
		default:
			return fmt.Errorf("%d folders given, want one", flags.NArg())
		}
		if err := clone.Prepare(ctx); err != nil {
			return err
		}
		return site.Export(ctx, clone, folder)
	case "prepare":
		if err := parse(flags, args, false); err != nil {
			return err
		}
		if err := clone.Prepare(ctx); err != nil {
			return err
		}
		if err := course.WritePage(clone.Notebooks(), ""); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err // while an image is built, the notebooks come later
		}
		return clone.Trust(ctx)
	case "kernel":
		remove := flags.Bool("remove", false, "")
		if err := parse(flags, args, false); err != nil {
			return err
		}
		if err := clone.Prepare(ctx); err != nil {
			return err
		}
		return clone.Kernel(ctx, *remove)
	case "doctor":
		if err := parse(flags, args, false); err != nil {
			return err
		}
		return clone.Doctor(ctx, os.Stdout)
	case "help":
		return flag.ErrHelp
	}
	return fmt.Errorf("no command %q; there are run, html, prepare, kernel and doctor (go run ./notebooks -h tells more)", name)
}

// parse reads the flags of a command; arguments beside them are an error unless it takes names.
func parse(flags *flag.FlagSet, args []string, names bool) error {
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return err
	} else if err != nil {
		return fmt.Errorf("%w (go run ./notebooks -h lists the flags)", err)
	}
	if !names && flags.NArg() > 0 {
		return fmt.Errorf("unexpected argument %q (go run ./notebooks -h tells more)", flags.Arg(0))
	}
	return nil
}
