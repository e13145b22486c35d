package blas

// MaxWindows takes the maximum of windows of x, channel by channel, and remembers where
// it was: window i has the elements x[at + i·step + u·line + v·channels + k] for u < high,
// v < wide and each channel k; the largest becomes best[i·channels+k], and its place in
// x from[i·channels+k]. Of equal values the first counts, of NaNs the last.
func MaxWindows(best []float64, from []int, x []float64, at, channels, step, line, high, wide int) {
	sameLength("MaxWindows", len(from), len(best))
	if channels < 1 || high < 1 || wide < 1 || len(best) == 0 || len(best)%channels != 0 {
		panic("blas: MaxWindows: it needs whole windows of at least one channel and pixel")
	}
	windows := len(best) / channels
	_ = x[at : at+(windows-1)*step+(high-1)*line+wide*channels] // the kernels don't check
	if maxWindows(best, from, x, at, channels, step, line, high, wide) {
		return
	}
	for i := range best {
		first := at + i/channels*step + i%channels
		best[i], from[i] = x[first], first
		for u := range high {
			for v := range wide {
				j := first + u*line + v*channels
				if x[j] > best[i] || x[j] != x[j] {
					best[i], from[i] = x[j], j
				}
			}
		}
	}
}
