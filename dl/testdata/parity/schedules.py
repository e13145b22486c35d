"""Learning rates of each schedule, step by step: PyTorch's schedulers asked
after each optimizer step, Keras's called with the step."""

import keras
import torch

from common import array

STEPS = 60
lr = torch.optim.lr_scheduler


def by_torch(make, start=0.1, steps=STEPS):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], start)
    scheduler, rates = make(optimizer), []
    for _ in range(steps):
        rates.append(float(optimizer.param_groups[0]["lr"]))
        optimizer.step()
        scheduler.step()
    return rates


def by_keras(schedule):
    return [float(schedule(step)) for step in range(STEPS)]


def fixture():
    cases = []

    def case(name, source, rates, **spec):
        cases.append({"name": name, "from": source, "schedule": spec, "rates": array(rates)})

    s = keras.optimizers.schedules
    case("constant", "torch", by_torch(lambda o: lr.ConstantLR(o, factor=1)), type="ConstantRate", value=0.1)
    case("step", "torch", by_torch(lambda o: lr.StepLR(o, 7, 0.5)), type="StepDecay", Start=0.1, Factor=0.5, Every=7)
    case("step, stairs of an exponential", "keras", by_keras(s.ExponentialDecay(0.1, 10, 0.7, staircase=True)), type="StepDecay", Start=0.1, Factor=0.7, Every=10)
    case("exponential, every step", "torch", by_torch(lambda o: lr.ExponentialLR(o, 0.93)), type="ExponentialDecay", Start=0.1, Factor=0.93, Every=1)
    case("exponential, every 10 steps", "keras", by_keras(s.ExponentialDecay(0.1, 10, 0.7)), type="ExponentialDecay", Start=0.1, Factor=0.7, Every=10)
    case("cosine to 0", "keras", by_keras(s.CosineDecay(0.1, 40)), type="CosineDecay", Start=0.1, Steps=40)
    case("cosine to a rate above 0", "keras", by_keras(s.CosineDecay(0.1, 50, alpha=0.05)), type="CosineDecay", Start=0.1, End=0.005, Steps=50)
    case("cosine, PyTorch's", "torch", by_torch(lambda o: lr.CosineAnnealingLR(o, STEPS, eta_min=0.001)), type="CosineDecay", Start=0.1, End=0.001, Steps=STEPS)
    case("one cycle", "torch", by_torch(lambda o: lr.OneCycleLR(o, 0.1, total_steps=STEPS), steps=STEPS - 1), type="OneCycle", Max=0.1, Steps=STEPS)
    case("one cycle, an uneven number of steps", "torch", by_torch(lambda o: lr.OneCycleLR(o, 0.3, total_steps=47), steps=46), type="OneCycle", Max=0.3, Steps=47)
    case("warm-up, then cosine", "keras", by_keras(s.CosineDecay(0.0, 40, warmup_target=0.1, warmup_steps=10)), type="WarmUp", Steps=10, Then=dict(type="CosineDecay", Start=0.1, Steps=40))
    return {"cases": cases}
