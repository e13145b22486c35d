// Package playground is the machinery of the notebook playground.ipynb: models
// that train anew at each move of a control.
//
//	playground.Regress("")              // the article's regression
//	playground.Classify("data=spirals") // two features, two or three classes
//
// A setting is a line of text, name=value for each control, such as
//
//	data=moons noise=0.2 layers=2 units=8 optimizer=Adam rate=0.02
//
// where what is left out has its default. The line is what learners pass on,
// what a Preset is, and what ParseRegression and ParseClassifier read. Each
// setting trains to the same numbers everywhere, and its Code is a cell that
// arrives at them with dl alone.
package playground
