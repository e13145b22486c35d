package main

import "testing"

// TestQuickModelsReachTheirScores trains what takes seconds; the command trains
// all.
func TestQuickModelsReachTheirScores(t *testing.T) {
	if testing.Short() {
		t.Skip("trains for some seconds")
	}
	for _, s := range all {
		if !s.quick {
			continue
		}
		t.Run(s.name, func(t *testing.T) {
			got, want, err := s.run()
			if err != nil || !s.reached(got, want) {
				t.Errorf("%s is %.4f (error %v), want %.4f", s.measure, got, err, want)
			}
		})
	}
}
