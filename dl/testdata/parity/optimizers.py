"""Twenty steps of each optimizer on a fixed sequence of gradients.

dl follows Keras where Keras has the optimizer, so most paths are Keras's own
(on its torch backend, which keeps float64 all through but for the norm in
global_clipnorm). Forms that Keras lacks are PyTorch's, or the formula in NumPy.
"""

import keras
import numpy as np
import torch

from common import Draw, array

STEPS, SIZE = 20, 11  # 11 is a whole vector of 8 and a tail


def gradients():
    """Twenty gradients: normal numbers, with one element always 0, one that is
    0 in all but the first step, and one that is large."""
    g = Draw("gradients")(STEPS, SIZE).numpy()
    g[:, 3] = 0
    g[1:, 4] = 0
    g[:, 5] *= 1000
    return g


START = Draw("start")(SIZE).numpy()
G = gradients()


def by_keras(optimizer, gradients=G):
    theta = keras.Variable(START, dtype="float64")
    optimizer.build([theta])
    path = []
    for g in gradients:
        optimizer.apply([torch.tensor(g)], [theta])
        path.append(theta.numpy().copy())
    return path


def clipped(make, limit):
    """Keras's optimizer on gradients clipped by their norm in float64; its own
    clipping, of which a part is in float32, must be near."""
    norm = np.linalg.norm(G, axis=1, keepdims=True)
    path = by_keras(make(), G * np.minimum(1, limit / norm))
    assert np.allclose(path, by_keras(make(global_clipnorm=limit)), rtol=1e-5)
    return path


def by_torch(make):
    theta = torch.tensor(START, requires_grad=True)
    optimizer = make([theta])
    path = []
    for g in G:
        theta.grad = torch.tensor(g)
        optimizer.step()
        path.append(theta.detach().numpy().copy())
    return path


def lion(lr, beta1, beta2, decay):
    """Chen et al. 2023, algorithm 2."""
    theta, m, path = START.copy(), np.zeros(SIZE), []
    for g in G:
        update = np.sign(beta1 * m + (1 - beta1) * g)
        m = beta2 * m + (1 - beta2) * g
        theta = theta - lr * (update + decay * theta)
        path.append(theta)
    return path


def uncorrected_adam(lr, beta1, beta2, eps):
    """Adam with m and v as they are, the article's form."""
    theta, m, v, path = START.copy(), np.zeros(SIZE), np.zeros(SIZE), []
    for g in G:
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        theta = theta - lr * m / (np.sqrt(v) + eps)
        path.append(theta)
    return path


def fixture():
    cases = []

    def case(name, source, path, **spec):
        cases.append({"name": name, "from": source, "optimizer": spec, "path": array(np.array(path))})

    k, o = keras.optimizers, torch.optim
    adam = dict(type="Adam", LR=0.01, Beta1=0.9, Beta2=0.999, Eps=1e-7)

    case("SGD", "keras", by_keras(k.SGD(0.05)), type="SGD", LR=0.05)
    case("SGD with momentum", "keras", by_keras(k.SGD(0.05, momentum=0.9)), type="SGD", LR=0.05, Momentum=0.9)
    case("SGD with momentum, PyTorch's", "torch", by_torch(lambda p: o.SGD(p, 0.05, momentum=0.9)), type="SGD", LR=0.05, Momentum=0.9)
    case("SGD with Nesterov's momentum", "keras", by_keras(k.SGD(0.05, momentum=0.9, nesterov=True)), type="SGD", LR=0.05, Momentum=0.9, Nesterov=True)

    case("AdaGrad", "keras", by_keras(k.Adagrad(0.1)), type="AdaGrad", LR=0.1, Initial=0.1, Eps=1e-7)
    case("AdaGrad, PyTorch's ε", "torch", by_torch(lambda p: o.Adagrad(p, 0.1)), type="AdaGrad", LR=0.1, Eps=1e-10, RootEps=True)

    case("RMSProp", "keras", by_keras(k.RMSprop(0.01)), type="RMSProp", LR=0.01, Rho=0.9, Eps=1e-7)
    case("RMSProp with momentum", "keras", by_keras(k.RMSprop(0.01, momentum=0.8)), type="RMSProp", LR=0.01, Rho=0.9, Momentum=0.8, Eps=1e-7)
    case("RMSProp, PyTorch's ε", "torch", by_torch(lambda p: o.RMSprop(p, 0.01)), type="RMSProp", LR=0.01, Rho=0.99, Eps=1e-8, RootEps=True)

    case("Adam", "keras", by_keras(k.Adam(0.01)), **adam)
    case("Adam, other rates", "keras", by_keras(k.Adam(0.1, beta_1=0.5, beta_2=0.9, epsilon=1e-3)), type="Adam", LR=0.1, Beta1=0.5, Beta2=0.9, Eps=1e-3)
    case("Adam with β1 = 0", "keras", by_keras(k.Adam(0.01, beta_1=0.0)), **{**adam, "Beta1": 0})
    case("Adam, the paper's and PyTorch's form", "torch", by_torch(lambda p: o.Adam(p, 0.01)), **{**adam, "Eps": 1e-8, "PaperEps": True})
    case("Adam without bias correction", "numpy", uncorrected_adam(0.01, 0.9, 0.999, 1e-7), **adam, NoCorrection=True)
    case("AdamW", "keras", by_keras(k.AdamW(0.01)), **adam, Decay=0.004)
    case("AdamW, PyTorch's form", "torch", by_torch(lambda p: o.AdamW(p, 0.01)), **{**adam, "Eps": 1e-8, "PaperEps": True, "Decay": 0.01})

    case("Lion", "keras", by_keras(k.Lion(0.01)), type="Lion", LR=0.01, Beta1=0.9, Beta2=0.99)
    case("Lion with decay", "numpy", lion(0.01, 0.95, 0.98, 0.1), type="Lion", LR=0.01, Beta1=0.95, Beta2=0.98, Decay=0.1)

    inner = dict(type="SGD", LR=0.05, Momentum=0.9)
    case("clipped by value", "keras", by_keras(k.SGD(0.05, momentum=0.9, clipvalue=0.5)), type="ClipValue", Max=0.5, Optimizer=inner)
    momentum = lambda **clip: k.SGD(0.05, momentum=0.9, **clip)
    case("clipped by norm", "keras", clipped(momentum, 5.0), type="ClipNorm", Max=5, Optimizer=inner)
    case("clipped by norm, never", "keras", clipped(momentum, 1e9), type="ClipNorm", Max=1e9, Optimizer=inner)
    case("clipped by norm, Adam", "keras", clipped(lambda **clip: k.Adam(0.01, **clip), 2.0), type="ClipNorm", Max=2, Optimizer=adam)
    return {"start": array(START), "gradients": array(G), "cases": cases}
