package datasets

import (
	_ "embed"
	"fmt"
	"strings"
)

// The files are described in data/README.md.
var (
	//go:embed data/iris.csv.gz
	irisFile string
	//go:embed data/wine_data.csv.gz
	wineFile string
	//go:embed data/breast_cancer.csv.gz
	breastCancerFile string
	//go:embed data/diabetes_data_raw.csv.gz
	diabetesFile string
	//go:embed data/diabetes_target.csv.gz
	diabetesTargetFile string
	//go:embed data/digits.csv.gz
	digitsFile string
)

// Iris returns Fisher's iris: 150 flowers of 3 species, 50 each, by 4 lengths
// in centimetres (R. A. Fisher, The use of multiple measurements in taxonomic
// problems, 1936). Rows are in order of species: shuffle before you split.
func Iris() *Table {
	_, rows, _ := strings.Cut(unzip(irisFile), "\n") // a line of sizes and class names
	X, Y := inputsAndLabel(numbers(rows))
	return &Table{
		Name: "iris",
		Description: "A flower by the length and width of its sepals and petals; to predict: its species. " +
			"Fisher (1936), from the UCI repository.",
		X: X, Y: Y,
		Features: []string{"sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)"},
		Classes:  []string{"setosa", "versicolor", "virginica"},
	}
}

// Wine returns 178 wines of 3 cultivars by 13 measurements of a chemical
// analysis, on very different scales (proline reaches 1680, hue 1.71).
// Rows are in order of cultivar: shuffle before you split.
func Wine() *Table {
	_, rows, _ := strings.Cut(unzip(wineFile), "\n")
	X, Y := inputsAndLabel(numbers(rows))
	return &Table{
		Name: "wine",
		Description: "An Italian wine by chemical analysis; to predict: which of three cultivars it is from. " +
			"Forina et al. (1988), from the UCI repository.",
		X: X, Y: Y,
		Features: []string{"alcohol (% vol)", "malic acid (g/l)", "ash (g/l)", "alkalinity of ash", "magnesium (mg/l)",
			"total phenols", "flavonoids", "nonflavonoid phenols", "proanthocyanins", "colour intensity", "hue",
			"OD280/OD315 of diluted wine", "proline (mg/l)"},
		Classes: []string{"cultivar 1", "cultivar 2", "cultivar 3"},
	}
}

// BreastCancer returns the Wisconsin diagnostic set: 569 tumours by 30
// measurements of cell nuclei in an image (10 properties, each as mean,
// standard error and worst), malignant (212, class 0) or benign (357, class 1).
func BreastCancer() *Table {
	_, rows, _ := strings.Cut(unzip(breastCancerFile), "\n")
	X, Y := inputsAndLabel(numbers(rows))
	var features []string
	for _, kind := range []string{"mean ", "error of ", "worst "} {
		for _, property := range []string{"radius", "texture", "perimeter", "area", "smoothness", "compactness",
			"concavity", "concave points", "symmetry", "fractal dimension"} {
			features = append(features, kind+property)
		}
	}
	return &Table{
		Name: "breast cancer",
		Description: "A breast tumour by measurements of cell nuclei in a fine-needle aspirate; to predict: malignant (0) or benign (1). " +
			"Wolberg, Street and Mangasarian (1995), from the UCI repository.",
		X: X, Y: Y, Features: features, Classes: []string{"malignant", "benign"},
	}
}

// Diabetes returns a regression: 442 patients by 10 measurements in their own
// units, and a score of the disease's progression a year later, 25 to 346
// (Efron, Hastie, Johnstone and Tibshirani, Least angle regression, 2004).
// Sex is coded 1 and 2 in the source, which does not say which is which.
func Diabetes() *Table {
	return &Table{
		Name: "diabetes",
		Description: "A diabetic patient by age, sex, body mass, blood pressure and six blood serum measurements; " +
			"to predict: progression of the disease after a year. Efron et al. (2004).",
		X: numbers(unzip(diabetesFile)), Y: numbers(unzip(diabetesTargetFile)),
		Features: []string{"age (years)", "sex (1 or 2)", "body mass index (kg/m²)", "mean blood pressure (mmHg)",
			"total cholesterol (s1, mg/dl)", "LDL (s2, mg/dl)", "HDL (s3, mg/dl)", "total/HDL cholesterol (s4)",
			"log of triglycerides (s5)", "blood sugar (s6, mg/dl)"},
	}
}

// Digits returns 1797 handwritten digits as 8×8 images, row by row, with
// values 0 (background) to 16 (full ink). Divide by 16, or standardise.
func Digits() *Table {
	X, Y := inputsAndLabel(numbers(unzip(digitsFile)))
	t := &Table{
		Name: "digits",
		Description: "A handwritten digit as an 8×8 image, values 0 to 16; to predict: the digit. " +
			"Alpaydin and Kaynak (1998), the test set of optical recognition of handwritten digits, from the UCI repository.",
		X: X, Y: Y, Classes: digitNames(),
	}
	for i := range 64 {
		t.Features = append(t.Features, fmt.Sprintf("row %d, column %d", i/8, i%8))
	}
	return t
}

// digitNames returns the names of ten classes, "0" to "9".
func digitNames() []string { return strings.Split("0123456789", "") }
