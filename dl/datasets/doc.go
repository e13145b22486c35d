// Package datasets holds the data of the course, generators of artificial data,
// and what prepares data for training: splits, scales, batches.
//
// Nothing is fetched from a network. A data set is a [Table]: inputs X with a
// sample a row, targets Y in one column, and the names of features and classes.
//
//	iris := datasets.Iris()
//	fmt.Println(iris)                                         // 150 samples × 4 features, 3 classes …
//	train, test, err := iris.SplitStratified(0.25, 1)         // a quarter to test on; seed 1
//	scale, err := datasets.FitStandard(train.X)               // mean and deviation of the training data only
//	Xtrain, err := scale.Apply(train.X)
//	Xtest, err := scale.Apply(test.X)                         // the same shift and scale
//
// # What there is
//
// Tables, embedded: [Iris], [Wine], [BreastCancer], [Diabetes] (a regression),
// [Digits], [SpokenDigits]. From a Go module on disk: [MNIST]. Text:
// [FirstNames], [Opticks], which a [Vocabulary] turns into numbers. Sources and
// licences are in data/README.md.
//
// Generators: [Line], [Linear] and [Sine] are regressions; [Moons], [Circles],
// [Rings], [Spirals], [XOR], [Blobs] and [RingOfGaussians] are points in the
// plane; [Normal] is noise.
//
// Preparation: [Split] and [KFold], each also stratified and grouped, return
// row numbers, and [Rows] or [Table.Rows] takes the rows; [Table.Split] and its
// like do both. [FitStandard] and [FitMinMax] return a [Scaler]. [OneHot], [Batches],
// [Augment].
//
// # The same numbers everywhere
//
// Whatever is random takes a seed and gives the same bits for it on every
// machine: uniform numbers are PCG's from math/rand/v2, normal ones are made of
// them with the functions of dl/blas. Generating, splitting, batching and
// augmenting with the same seed use different streams of numbers.
//
// # Three ways to split
//
// A plain split is right when rows are independent of each other. Stratify when
// classes are rare or the data few, so that the test set has its share of each
// class. Split by groups when rows belong together (clips of a voice, images of
// a patient): a model that has seen a voice in training knows more about its
// other clips than about a new voice, and the score would promise too much.
package datasets
