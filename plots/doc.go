// Package plots draws the pictures of the course with gonum/plot and shows them
// in a notebook.
//
//	p := plots.Lines("epoch", "loss",
//		plots.Series{Name: "Adam", Y: adam},
//		plots.Series{Name: "gradient descent", Y: descent})
//	p.LogY()
//	plots.Show("Both losses fall; Adam's ends ten times lower.", p)
//
// Each kind of picture is one function, named after what it draws, that returns
// a *Figure: a *plot.Plot with the size it is shown at. So everything that
// gonum/plot offers can be changed afterwards (p.Title.Text, p.X.Label.Text,
// p.Y.Min, p.Add(…)), and figures go side by side (Show with several) or into a
// Grid. Show puts the picture into the notebook as a PNG with its alt text, Save
// writes a file.
//
// # What there is
//
// Lines, Scatter, Bars, Histogram, Functions for numbers; Curves, LearningCurve
// for training; Contour for loss surfaces; Regions, Confusion, ROC,
// PrecisionRecall, Calibration for classifiers; HeatMap, Attention for matrices;
// Images, Filters, Saliency for images; Layers, Embedding, Words for what is
// inside networks; Waveform, Spectrogram, Audio for sound; Text for scored
// tokens; Network, Blocks, Neurons, Graph for diagrams; Grid, Stack and Share for
// small multiples; Table for tables. Scrubber, Live, Watch and Progress move.
// The notebook gallery.ipynb shows all of them.
//
// # Bad data
//
// No function that draws panics on data or returns an error for it. Where nothing
// sensible can be drawn (no values, lengths that differ, a model that
// fails) the figure is a sheet that says what came and what was expected; a
// notebook shows it where the picture would have been, and Figure.Err returns
// it. Values that are NaN or infinite are left out and counted in a note under
// the picture; a million points are thinned to what can be seen, and a note
// says so when points are left out.
//
// # The theme
//
// Dark ink on an opaque white sheet, Liberation Sans, few and round numbers on
// the axes. Series differ in dash or shape as well as in colour. Text may use the
// course's symbols: ŷ, m̂ₜ, θ₁, ∇J, 10⁻³. The same data give the same PNG, byte for
// byte, with one version of Go (whose encoder may change) on one architecture.
package plots
