package exercise

import (
	"errors"
	"fmt"

	"descent/dl"
)

var startHere = []Exercise{
	{
		ID:    "00.1",
		Title: "Twice",
		Check: func(double func(x float64) float64) error {
			if double(1) == 0 && double(3) == 0 {
				return ErrUnsolved
			}
			if double(3) == 9 {
				return errors.New("for 3 you return 9: that is the square of 3")
			}
			if err := near("the result for 3", double(3), 6, 1e-12); err != nil {
				return err
			}
			return near("the result for -0.5", double(-0.5), -1, 1e-12)
		},
		Hints: []string{
			"twice x is x and once more x.",
			"multiply the argument by 2 and return the product.",
		},
	},
	{
		ID:    "00.2",
		Title: "The mean",
		Check: func(mean func(x []float64) float64) error {
			x := []float64{1, 2, 6}
			switch mean(x) {
			case 0:
				return ErrUnsolved
			case 9:
				return errors.New("for [1 2 6] you return 9: that is the sum; it is not yet divided")
			case 2:
				return errors.New("for [1 2 6] you return 2: that is the middle one, the median")
			}
			if err := near("the mean of [1 2 6]", mean(x), 3, 1e-12); err != nil {
				return err
			}
			return near("the mean of [5]", mean([]float64{5}), 5, 1e-12)
		},
		Hints: []string{
			"add the numbers up in a loop, for _, v := range x.",
			"divide the sum by float64(len(x)): Go does not divide a float64 by an int.",
		},
	},
	{
		ID:    "00.3",
		Title: "A smaller model",
		Check: func(smaller func() *dl.Model) error {
			m := smaller()
			if m == nil {
				return ErrUnsolved
			}
			if len(m.Layers) != 5 {
				return fmt.Errorf("the model has %d layers, want 5: three Dense with a ReLU after the first and the second", len(m.Layers))
			}
			units := []int{8, 0, 8, 0, 2}
			for i, layer := range m.Layers {
				switch l := layer.(type) {
				case *dl.Dense:
					if l.Units != units[i] {
						return fmt.Errorf("layer %d has %d units, want %d", i, l.Units, units[i])
					}
				case *dl.ReLU:
					if units[i] != 0 {
						return fmt.Errorf("layer %d is a ReLU, want a Dense", i)
					}
				default:
					return fmt.Errorf("layer %d is a %T, want *dl.Dense or *dl.ReLU", i, layer)
				}
			}
			if !m.In.Equal(dl.Shape{2}) {
				return fmt.Errorf("the model takes samples of shape %v, want 2: the moons have two features", m.In)
			}
			return nil
		},
		Hints: []string{
			"copy the call of dl.Sequential from the cell near the top, with its must.M1, behind return.",
			"write &dl.ReLU{} where &dl.Tanh{} stands, and Units: 8 for Units: 16; the last layer keeps its 2.",
		},
	},
}
