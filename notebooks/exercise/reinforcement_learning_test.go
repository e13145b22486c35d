package exercise

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
)

var reinforcementLearningAnswers = []answerCase{
	{"15.1", func(rewards []float64, gamma float64) []float64 { return nil }, "○"},
	{"15.1", discounted, "✓"},
	{"15.1", func(rewards []float64, gamma float64) []float64 { return discounted(rewards, 1) }, "without a discount"},
	{"15.1", func(rewards []float64, gamma float64) []float64 {
		past := slices.Clone(rewards)
		slices.Reverse(past)
		past = discounted(past, gamma)
		slices.Reverse(past)
		return past
	}, "sums of the past"},
	{"15.1", changed(discounted, func(G, _ []float64, gamma float64) {
		for t := range G {
			G[t] *= gamma
		}
	}), "is not discounted"},
	{"15.1", changed(discounted, func(G, rewards []float64, _ float64) {
		for t := range G {
			G[t] -= rewards[t]
		}
	}), "is missing"},
	{"15.1", changed(discounted, func(G, _ []float64, gamma float64) {
		for t := range G {
			G[t] *= math.Pow(gamma, float64(t))
		}
	}), "from its own step"},
	{"15.1", changed(discounted, func(G, _ []float64, _ float64) { slices.Reverse(G) }), "the last step's first"},
	{"15.1", func(rewards []float64, gamma float64) []float64 {
		copy(rewards, discounted(rewards, gamma))
		return rewards
	}, "has changed the rewards"},

	{"15.2", func(Q *mat.Dense, s, a int, reward float64, next int, over bool, alpha, gamma float64) {}, "○"},
	{"15.2", learnTowards(func(Q *mat.Dense, s int, reward float64, next int, over bool, gamma float64) float64 {
		if over {
			return reward
		}
		return reward + gamma*slices.Max(Q.RawRowView(next))
	}), "✓"},
	{"15.2", learnTowards(func(Q *mat.Dense, s int, reward float64, next int, over bool, gamma float64) float64 {
		return reward + gamma*slices.Max(Q.RawRowView(next))
	}), "nothing comes after it"},
	{"15.2", learnTowards(func(Q *mat.Dense, s int, reward float64, next int, over bool, gamma float64) float64 {
		return reward + gamma*slices.Max(Q.RawRowView(s))
	}), "the state that was left"},
	{"15.2", learnTowards(func(Q *mat.Dense, s int, reward float64, next int, over bool, gamma float64) float64 {
		return reward + slices.Max(Q.RawRowView(next))
	}), "not discounted"},
	{"15.2", learnTowards(func(Q *mat.Dense, s int, reward float64, next int, over bool, gamma float64) float64 {
		return gamma * slices.Max(Q.RawRowView(next))
	}), "the reward is missing"},
	{"15.2", func(Q *mat.Dense, s, a int, reward float64, next int, over bool, alpha, gamma float64) {
		Q.Set(s, a, reward+gamma*slices.Max(Q.RawRowView(next)))
	}, "at once"},
	{"15.2", func(Q *mat.Dense, s, a int, reward float64, next int, over bool, alpha, gamma float64) {
		Q.Set(s, a, Q.At(s, a)+alpha*(reward+gamma*slices.Max(Q.RawRowView(next))))
	}, "is the difference"},
	{"15.2", learnTowards(func(Q *mat.Dense, s int, reward float64, next int, over bool, gamma float64) float64 {
		if over {
			return Q.At(s, 1)
		}
		return reward + gamma*slices.Max(Q.RawRowView(next))
	}), "the last step teaches"},
	{"15.2", func(Q *mat.Dense, s, a int, reward float64, next int, over bool, alpha, gamma float64) {
		Q.Set(next, a, 0)
	}, "has changed too"},

	{"15.3", func(z []float64, action int, advantage float64) []float64 { return nil }, "○"},
	{"15.3", logitGradient(func(p, hit, A float64) float64 { return A * (p - hit) }), "✓"},
	{"15.3", logitGradient(func(p, hit, A float64) float64 { return A * (hit - p) }), "points uphill"},
	{"15.3", logitGradient(func(p, hit, A float64) float64 { return p - hit }), "the advantage is missing"},
	{"15.3", logitGradient(func(p, hit, A float64) float64 { return -A * hit }), "only the logit of the action moves"},
	{"15.3", logitGradient(func(p, hit, A float64) float64 { return A * (p - 1) * hit }), "the others have a gradient too"},
	{"15.3", logitGradient(func(p, hit, A float64) float64 { return A * p }), "nothing tells"},
	{"15.3", func(z []float64, action int, advantage float64) []float64 {
		g, sum := make([]float64, len(z)), 0.0
		for _, v := range z {
			sum += math.Exp(v)
		}
		for k, v := range z {
			g[k] = advantage * math.Exp(v) / sum
		}
		g[action] -= advantage
		return g
	}, "is NaN"},

	{"15.4", func(rewards, values []float64, fell bool, gamma, lambda float64) []float64 { return nil }, "○"},
	{"15.4", generalAdvantages, "✓"},
	{"15.4", func(rewards, values []float64, fell bool, gamma, lambda float64) []float64 {
		return generalAdvantages(rewards, values, fell, gamma, 0)
	}, "single steps"},
	{"15.4", func(rewards, values []float64, fell bool, gamma, lambda float64) []float64 {
		return generalAdvantages(rewards, values, true, gamma, lambda)
	}, "cut off, not lost"},
	{"15.4", func(rewards, values []float64, fell bool, gamma, lambda float64) []float64 {
		return generalAdvantages(rewards, values, false, gamma, lambda)
	}, "nothing follows the last step"},
	{"15.4", func(rewards, values []float64, fell bool, gamma, lambda float64) []float64 {
		return generalAdvantages(rewards, values, fell, gamma, lambda/gamma)
	}, "by λ alone"},
	{"15.4", func(rewards, values []float64, fell bool, gamma, lambda float64) []float64 {
		return generalAdvantages(rewards, values, fell, gamma, 1)
	}, "by γ alone"},
}

func discounted(rewards []float64, gamma float64) []float64 {
	G, sum := make([]float64, len(rewards)), 0.0
	for t := len(rewards) - 1; t >= 0; t-- {
		sum = rewards[t] + gamma*sum
		G[t] = sum
	}
	return G
}

func changed(f func(rewards []float64, gamma float64) []float64, change func(G, rewards []float64, gamma float64)) func(rewards []float64, gamma float64) []float64 {
	return func(rewards []float64, gamma float64) []float64 {
		G := f(rewards, gamma)
		change(G, rewards, gamma)
		return G
	}
}

func learnTowards(target func(Q *mat.Dense, s int, reward float64, next int, over bool, gamma float64) float64) func(Q *mat.Dense, s, a int, reward float64, next int, over bool, alpha, gamma float64) {
	return func(Q *mat.Dense, s, a int, reward float64, next int, over bool, alpha, gamma float64) {
		Q.Set(s, a, Q.At(s, a)+alpha*(target(Q, s, reward, next, over, gamma)-Q.At(s, a)))
	}
}

func logitGradient(f func(p, hit, A float64) float64) func(z []float64, action int, advantage float64) []float64 {
	return func(z []float64, action int, advantage float64) []float64 {
		g, sum := make([]float64, len(z)), 0.0
		for _, v := range z {
			sum += math.Exp(v - slices.Max(z))
		}
		for k, v := range z {
			hit := 0.0
			if k == action {
				hit = 1
			}
			g[k] = f(math.Exp(v-slices.Max(z))/sum, hit, advantage)
		}
		return g
	}
}

func generalAdvantages(rewards, values []float64, fell bool, gamma, lambda float64) []float64 {
	A, sum := make([]float64, len(rewards)), 0.0
	for t := len(rewards) - 1; t >= 0; t-- {
		delta := rewards[t] - values[t]
		if !fell || t < len(rewards)-1 {
			delta += gamma * values[t+1]
		}
		sum = delta + gamma*lambda*sum
		A[t] = sum
	}
	return A
}
