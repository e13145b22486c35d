package exercise

import (
	"errors"
	"fmt"
	"slices"

	"gonum.org/v1/gonum/mat"
)

var reinforcementLearning = []Exercise{
	{
		ID:    "15.1",
		Title: "Discounted returns",
		Check: func(returns func(rewards []float64, gamma float64) []float64) error {
			rewards := []float64{1, 0, 4, 2}
			got := returns(rewards, 0.5)
			switch {
			case got == nil:
				return ErrUnsolved
			case !slices.Equal(rewards, []float64{1, 0, 4, 2}):
				return errors.New("your function has changed the rewards; make a new slice")
			case nearAll("", got, []float64{7, 6, 6, 2}, 1e-9) == nil:
				return errors.New("these are sums without a discount: a reward k steps later counts γ to the k")
			case nearAll("", got, []float64{1, 0.5, 4.25, 4.125}, 1e-9) == nil || nearAll("", got, []float64{1, 1, 5, 7}, 1e-9) == nil:
				return errors.New("these are sums of the past; a return is what comes from its step on")
			case nearAll("", got, []float64{1.125, 1.25, 2.5, 1}, 1e-9) == nil:
				return errors.New("each return is γ times what it should be: the reward of the step itself is not discounted")
			case nearAll("", got, []float64{1.25, 2.5, 1, 0}, 1e-9) == nil:
				return errors.New("the reward of the step itself is missing")
			case nearAll("", got, []float64{2, 5, 2.5, 2.25}, 1e-9) == nil:
				return errors.New("these are the right numbers, the last step's first: put each at the place of its own step")
			case nearAll("", got, []float64{2.25, 1.25, 1.25, 0.25}, 1e-9) == nil:
				return errors.New("you discount from the start of the episode; each return discounts from its own step")
			}
			if err := nearAll("for rewards [1 0 4 2] and γ = 0.5 the result", got, []float64{2.25, 2.5, 5, 2}, 1e-9); err != nil {
				return err
			}
			return nearAll("for a single reward of 3 the result", returns([]float64{3}, 0.9), []float64{3}, 1e-9)
		},
		Hints: []string{
			"the last return is the last reward. Begin there.",
			"each return is its reward plus γ times the return of the step after it; go backwards with one variable.",
		},
	},
	{
		ID:    "15.2",
		Title: "A step of Q-learning",
		Check: func(learn func(Q *mat.Dense, s, a int, reward float64, next int, over bool, alpha, gamma float64)) error {
			before := []float64{1, 3, 8, 2, 5, 4}
			step := func(over bool) []float64 {
				Q := mat.NewDense(3, 2, slices.Clone(before))
				learn(Q, 0, 1, 1, 1, over, 0.25, 0.5) // the target is 1 + 0.5·8 = 5, or 1 at the end
				return Q.RawMatrix().Data
			}
			got, last := step(false), step(true)
			if slices.Equal(got, before) && slices.Equal(last, before) {
				return ErrUnsolved
			}
			for i := range before {
				if i != 1 && got[i] != before[i] {
					return fmt.Errorf("the entry of Q at row %d, column %d has changed too; only the entry of s and a may", i/2, i%2)
				}
			}
			switch v := got[1]; {
			case close(v, 5):
				return errors.New("the entry becomes the whole target at once; it should move by a share α of the way there")
			case close(v, 3+0.25*(1+0.5*3-3)):
				return errors.New("the target uses the best value of the state that was left; what comes next is worth the best value of the state that was reached")
			case close(v, 3+0.25*(1+0.5*2-3)):
				return errors.New("the target does not use the largest value of the state that was reached")
			case close(v, 3+0.25*5):
				return errors.New("α times the target is added; what moves the entry is the difference between the target and what the entry holds")
			case close(v, 3+0.25*(1+8-3)):
				return errors.New("the value of the state that was reached is not discounted")
			case close(v, 3+0.25*(0.5*8-3)):
				return errors.New("the reward is missing")
			}
			if err := near("after a step in the middle of a game the entry", got[1], 3.5, 1e-9); err != nil {
				return err
			}
			if close(last[1], 3) {
				return errors.New("right in the middle of a game; but the last step teaches, too: its reward is the target")
			}
			if close(last[1], 3.5) {
				return errors.New("right in the middle of a game; but when the game is over nothing comes after it, whatever the table says about next")
			}
			return near("after the last step the entry", last[1], 2.5, 1e-9)
		},
		Hints: []string{
			"the target is the reward plus, if the game goes on, γ times the largest entry of the row of next.",
			"the largest entry of a row: slices.Max(Q.RawRowView(next)).",
			"Q.Set(s, a, old + α·(target − old)).",
		},
	},
	{
		ID:    "15.3",
		Title: "The policy gradient at the logits",
		Check: func(gradientAtLogits func(z []float64, action int, advantage float64) []float64) error {
			// e^z is proportional to 1, 2, 5: π = 1/8, 2/8, 5/8.
			z := []float64{0, 0.6931471805599453, 1.6094379124341003}
			got := gradientAtLogits(slices.Clone(z), 1, 2)
			switch {
			case got == nil:
				return ErrUnsolved
			case nearAll("", got, []float64{-0.25, 1.5, -1.25}, 1e-6) == nil:
				return errors.New("this points uphill; an optimizer goes downhill, and would make the good action rarer")
			case nearAll("", got, []float64{0.125, -0.75, 0.625}, 1e-6) == nil:
				return errors.New("the advantage is missing: every action would be made likelier by the same amount")
			case nearAll("", got, []float64{0, -2, 0}, 1e-6) == nil:
				return errors.New("only the logit of the action moves; but a probability also falls when the other logits rise")
			case nearAll("", got, []float64{0, -1.5, 0}, 1e-6) == nil:
				return errors.New("the logit of the action is right; the others have a gradient too")
			case nearAll("", got, []float64{0.25, 0.5, 1.25}, 1e-6) == nil:
				return errors.New("nothing tells the action taken from the others")
			}
			if err := nearAll("for π = (1/8, 2/8, 5/8), action 1 and an advantage of 2 the gradient", got, []float64{0.25, -1.5, 1.25}, 1e-6); err != nil {
				return err
			}
			if err := nearAll("with an advantage of -1 the gradient", gradientAtLogits(slices.Clone(z), 2, -1), []float64{-0.125, -0.25, 0.375}, 1e-6); err != nil {
				return err
			}
			return nearAll("for logits near 1000 the gradient", gradientAtLogits([]float64{1000, 1000}, 0, 1), []float64{-0.5, 0.5}, 1e-6)
		},
		Hints: []string{
			"section 3 has the derivative of ln π(a|s) with respect to each logit; go downhill on −A·ln π.",
			"for each k: A·(π_k − 1) where k is the action, A·π_k elsewhere.",
			"take the largest logit off all of them before the exponential, so that it cannot overflow.",
		},
	},
	{
		ID:    "15.4",
		Title: "Advantages",
		Check: func(advantages func(rewards, values []float64, fell bool, gamma, lambda float64) []float64) error {
			rewards, values := []float64{1, 1, 1}, []float64{2, 4, 1, 6}
			// With γ = 0.5 the TD errors are 1, -2.5, 3, or 0 at the end if it fell; γλ is 0.4.
			got := advantages(rewards, values, false, 0.5, 0.8)
			switch {
			case got == nil:
				return ErrUnsolved
			case nearAll("", got, []float64{1, -2.5, 3}, 1e-9) == nil:
				return errors.New("these are the TD errors of single steps, as for λ = 0; each advantage also has the later ones in it")
			case nearAll("", got, []float64{0.92, -0.1, 3}, 1e-9) == nil:
				return errors.New("the later TD errors are discounted by λ alone; a step counts γλ")
			case nearAll("", got, []float64{0.5, -1, 3}, 1e-9) == nil:
				return errors.New("the later TD errors are discounted by γ alone, as for λ = 1; a step counts γλ")
			case nearAll("", got, []float64{0, -2.5, 0}, 1e-9) == nil:
				return errors.New("the game was cut off, not lost: the last value stands for what would have followed")
			case nearAll("", got, []float64{4.24, 3.1, 4}, 1e-9) == nil:
				return errors.New("the value of the state itself is not subtracted")
			}
			if err := nearAll("for rewards [1 1 1], values [2 4 1 6], cut off, γ = 0.5 and λ = 0.8 the result", got, []float64{0.48, -1.3, 3}, 1e-9); err != nil {
				return err
			}
			fell := advantages(rewards, values, true, 0.5, 0.8)
			if nearAll("", fell, got, 1e-9) == nil {
				return errors.New("right for a game that was cut off; when it really ended, nothing follows the last step")
			}
			if err := nearAll("when the game really ended the result", fell, []float64{0, -2.5, 0}, 1e-9); err != nil {
				return err
			}
			// λ = 1 must give G_t − V(s_t).
			return nearAll("for λ = 1 at a real end, where it should be the return less the value, the result", advantages(rewards, values, true, 0.5, 1), []float64{-0.25, -2.5, 0}, 1e-9)
		},
		Hints: []string{
			"first the TD error of each step: rewards[t] + γ·values[t+1] − values[t].",
			"only the last step of a game that fell is different: there γ·values[t+1] is left out.",
			"go backwards: the advantage is the TD error plus γλ times the advantage of the step after it.",
		},
	},
}
