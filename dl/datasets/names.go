package datasets

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
)

var (
	//go:embed data/dist.female.first.gz
	femaleFile string
	//go:embed data/dist.male.first.gz
	maleFile string
	//go:embed data/opticks.txt.gz
	opticksFile string
)

// A FirstName is a name with its frequency.
type FirstName struct {
	Name    string  // in lower case, letters a to z only
	Percent float64 // share of the people of that sex who bear it, to 0.001
}

// FirstNames returns the first names of the US census of 1990, the most
// frequent first: 4275 of women and 1219 of men, about 90 % of the
// people of each sex. Some (331) are in both lists.
func FirstNames() (female, male []FirstName) {
	return firstNames(unzip(femaleFile)), firstNames(unzip(maleFile))
}

// firstNames reads lines of name, percentage, cumulative percentage and rank.
func firstNames(text string) []FirstName {
	var names []FirstName
	for line := range strings.Lines(text) {
		field := strings.Fields(line)
		percent, err := strconv.ParseFloat(field[1], 64)
		if err != nil {
			panic(fmt.Errorf("datasets: embedded data: %w", err))
		}
		names = append(names, FirstName{strings.ToLower(field[0]), percent})
	}
	return names
}

// Opticks returns the text of Isaac Newton's Opticks, fourth edition (1730):
// 567,198 bytes of UTF-8 in lines of about 72 characters, with _underscores_ for italics.
func Opticks() string { return unzip(opticksFile) }
