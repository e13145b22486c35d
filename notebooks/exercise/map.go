package exercise

import (
	"fmt"
	"io"
	"os"
)

// notebooks names the notebooks of the course by their numbers, as the map in 00 does.
var notebooks = map[string]string{
	"00": "Start here", "01": "Background", "02": "Concepts", "03": "Optimizers", "04": "Linear regression", "05": "Backpropagation",
	"06": "Classification", "07": "Training well", "08": "Overfitting", "09": "Evaluation", "10": "Images", "11": "Text", "12": "Speech",
	"13": "Interpretability", "14": "Automated training", "15": "Reinforcement learning", "16": "Generative adversarial networks",
	"17": "Unsupervised learning", "18": "Cross-modal learning", "19": "Challenges", "20": "Questions",
}

// Progress draws the map of the course with what is done: a ✓ for each exercise
// that is solved, a ✗ for one that has been tried, and an ○ for the others.
func Progress() { drawMap(os.Stdout, openProgress()) }

func drawMap(w io.Writer, p *progress) {
	solved, last := 0, ""
	for _, e := range exercises() {
		if number := e.ID[:2]; number != last {
			if last != "" {
				fmt.Fprintln(w)
			}
			fmt.Fprintf(w, "%s %-31s", number, notebooks[number])
			last = number
		}
		if p.Solved[e.ID] {
			solved++
		}
		fmt.Fprint(w, " ", p.Mark(e.ID))
	}
	fmt.Fprintf(w, "\n\n%d of %d exercises solved\n", solved, len(exercises()))
}
