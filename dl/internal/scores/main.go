// Command scores trains whole models on the course's data and prints a table of
// how they do on data held out, beside what they should reach:
//
//	go run ./dl/internal/scores           all of them, some minutes
//	go run ./dl/internal/scores NAME…     those whose name begins with a NAME
package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"time"
)

func main() {
	fmt.Printf("%-34s %-22s %9s %9s %8s\n", "model", "measure", "reached", "wanted", "seconds")
	failed := false
	for _, s := range all {
		if names := os.Args[1:]; len(names) > 0 && !slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(s.name, n) }) {
			continue
		}
		start := time.Now()
		got, want, err := s.run()
		if err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", s.name, err)
			os.Exit(1)
		}
		mark := ""
		if !s.reached(got, want) {
			mark, failed = "  missed", true
		}
		fmt.Printf("%-34s %-22s %9.4f %9.4f %8.1f%s\n", s.name, s.measure, got, want, time.Since(start).Seconds(), mark)
	}
	if failed {
		os.Exit(1)
	}
}
