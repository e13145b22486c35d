package playground

// A Preset is a setting that shows something: what goes wrong in training, and
// now and then what goes right.
type Preset struct {
	Name     string
	Line     string // what differs from the defaults
	Look     string // what to look at, and what to try
	Notebook string // the number of the one that explains it
	Section  int    // of that notebook
}

var regressionPresets = []Preset{
	{"The article's program", "", "After 1,000 epochs the loss is still falling, and no weight has travelled further than 1: a step of Adam is about as long as the rate. Raise the rate to 0.1.", "04", 3},
	{"Weights that cannot be known", "rate=0.1 epochs=5000", "The loss is as low as it can be. Move seed: the loss stays, the weights do not. Any place on the floor of the valley is as good. Then raise L2.", "04", 4},
	{"Rate just below the limit", "optimizer=SGD rate=0.0447 epochs=100", "The path leaps from side to side of the valley, each time a little less far. The numbers name the rate where it would leap on for ever.", "04", 5},
	{"Rate just above the limit", "optimizer=SGD rate=0.0473 epochs=100", "Six per cent more, and each leap is longer than the last: the loss doubles every few epochs. Press ▶ beside epochs.", "04", 5},
	{"One row a step", "optimizer=SGD rate=0.03 epochs=200 batch=1", "Each row pulls the weights its own way: the path reaches the valley and then wanders. Lower the rate, or raise batch to 4.", "03", 3},
	{"Adam without correction", "optimizer=Adam-uncorrected", "The article's formula leaves the correction out. Its first steps are several times as long, and here that helps: compare the loss with Adam's.", "03", 6},
	{"Features of unequal size", "data=plane rows=32 inputs=stretched optimizer=SGD rate=0.011 epochs=50", "x₂ is ten times as large. Its weight jumps to and fro, while w₁ and b hardly move. Choose standardised and a rate of 0.1.", "04", 7},
	{"Outliers", "data=outliers rows=32 rate=0.1 epochs=300", "Four of 32 targets are 15 too high, and squared errors pull the line up to them. Choose MAE or Huber and watch the validation points.", "02", 3},
	{"Few rows and much noise", "noise=5 rate=0.1 epochs=5000", "Four noisy rows: the line fits them far better than new rows. Raise rows and watch the two losses meet.", "08", 2},
}

var classifierPresets = []Preset{
	{"Two moons", "", "A healthy run: both losses fall, and the border bends between the moons. The small maps show what it is made of. Take units down to 1.", "06", 5},
	{"XOR and one layer", "data=XOR noise=0.3 layers=0", "No straight line parts these points: on new ones the model guesses. Set layers to 1; how many units does it need?", "01", 4},
	{"Layers without activation", "data=XOR noise=0.3 layers=3 activation=none", "Three hidden layers, and the border is still a straight line: the product of matrices is one matrix. Choose tanh.", "02", 1},
	{"Two spirals", "data=spirals noise=0.03 layers=2 epochs=300", "It can be learnt, but the validation loss turns while the training loss falls on. Press ▶ beside epochs and watch the border grow.", "06", 5},
	{"Rate too high", "layers=2 optimizer=momentum rate=1", "The loss jumps, and every unit is a hard edge: the weights have grown so far that tanh is flat nearly everywhere. Lower the rate to 0.1.", "03", 2},
	{"Rate too low", "rate=0.0001", "A smooth curve that hardly falls in 100 epochs. Raise the rate step by step until the curve becomes rough, then go back a little.", "07", 5},
	{"Dead ReLUs", "layers=2 activation=ReLU optimizer=SGD rate=3", "In epoch 20 a step throws every unit of layer 2 below 0 for all points: no gradient passes any more. Lower the rate to 0.3.", "07", 7},
	{"Vanishing gradient", "layers=6 activation=sigmoid optimizer=SGD rate=0.5", "Read |∇W| upwards from the output: in layer 1 it is less than a hundredth. The loss stays at 0.693, a guess. Choose tanh.", "05", 7},
	{"Noise learnt by heart", "points=60 noise=0.4 layers=3 units=16 activation=ReLU epochs=300", "Right on all 30 training points, and the validation loss is the higher the longer it trains. Raise points, then L2.", "08", 4},
	{"Inputs not scaled", "inputs=stretched layers=2 optimizer=SGD rate=0.3", "x₂ is fifty times as large, so that the units see hardly anything else: the borders are nearly level. Choose standardised.", "07", 2},
	{"All weights zero", "init=zero layers=2", "Every unit gives 0 and gets the gradient 0. Nothing moves but the last bias. Choose Glorot.", "07", 1},
	{"Weights too small", "init=small layers=4 optimizer=SGD rate=0.1", "From layer to layer the signal fades, and so does the gradient on its way back: it is below a millionth. Choose Glorot.", "07", 1},
	{"Surely wrong, and squared", "loss=MSE init=large optimizer=SGD rate=0.1", "Large weights make the model sure, also where it is wrong, and there the squared error is flat. Choose cross-entropy.", "02", 4},
	{"Batches too large", "layers=2 batch=300 optimizer=SGD rate=0.1", "One step an epoch: smooth and slow. Lower batch, or raise the rate; they belong together.", "07", 4},
	{"Dropout for nothing", "layers=2 dropout=0.8", "Four of five units are silent in each step. There was little to overfit here, and now the model cannot even fit.", "08", 4},
}
