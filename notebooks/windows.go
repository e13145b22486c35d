//go:build !unix

package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Fprintln(os.Stderr, "Descent's kernel needs Linux or macOS. On Windows, run the same command inside WSL "+
		"(type wsl --install, then clone and run there), or use the Docker image (docker/ in this clone).")
	os.Exit(1)
}
