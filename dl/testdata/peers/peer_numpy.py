"""NumPy: W1 to W3 by hand, W6 by its BLAS (OpenBLAS as it comes from PyPI)."""

import sys

import numpy as np
from threadpoolctl import threadpool_info, threadpool_limits

from workloads import data, serve

THREADS = int(sys.argv[1])
limits = threadpool_limits(THREADS)


class Adam:
    def __init__(self, params, lr=0.001):
        self.params, self.lr, self.t = params, lr, 0
        self.m, self.v = [np.zeros_like(p) for p in params], [np.zeros_like(p) for p in params]

    def step(self, grads):
        self.t += 1
        rate = self.lr * np.sqrt(1 - 0.999**self.t) / (1 - 0.9**self.t)
        for p, g, m, v in zip(self.params, grads, self.m, self.v):
            m += 0.1 * (g - m)
            v += 0.001 * (g * g - v)
            p -= rate * m / (np.sqrt(v) + 1e-7)


def mlp(w, dtype):
    X, y = data(w, dtype)
    sizes = w.sizes if w.name != "W1" else (2, 1)
    rng = np.random.default_rng(1)
    params = []
    for i, o in zip(sizes, sizes[1:]):
        params += [(rng.standard_normal((i, o)) / np.sqrt(i)).astype(dtype), np.zeros(o, dtype)]
    adam, layers = Adam(params), len(sizes) - 1

    def step(x, y):
        a = [x]
        for l in range(layers):
            z = a[-1] @ params[2 * l] + params[2 * l + 1]
            a.append(np.maximum(z, 0) if l < layers - 1 else z)
        if w.name == "W1":
            d = 2 * (a[-1] - y) / len(y)
        else:
            e = np.exp(a[-1] - a[-1].max(1, keepdims=True))
            d = e / e.sum(1, keepdims=True)
            d[np.arange(len(y)), y] -= 1
            d /= len(y)
        grads = [None] * len(params)
        for l in reversed(range(layers)):
            grads[2 * l], grads[2 * l + 1] = a[l].T @ d, d.sum(0)
            if l:
                d = (d @ params[2 * l].T) * (a[l] > 0)
        adam.step(grads)

    def run():
        for _ in range(w.epochs):
            order = rng.permutation(w.samples) if w.batch < w.samples else None
            for lo in range(0, w.samples, w.batch):
                rows = slice(None) if order is None else order[lo : lo + w.batch]
                step(X[rows], y[rows])

    return run


def product(w):
    rng = np.random.default_rng(1)
    a, b, c = rng.standard_normal((3, w.n, w.n))
    a, b = (a.T if w.transposes[0] == "T" else a), (b.T if w.transposes[1] == "T" else b)
    return lambda: np.matmul(a, b, out=c)


def build(w, variant):
    if w.name.startswith("W6"):
        return product(w) if variant == "float64" else None
    if w.name in ("W1", "W2", "W3"):
        return mlp(w, np.dtype(variant).type)
    return None


blas = next((f"{i['internal_api']} {i['version']} {i.get('architecture', '')}" for i in threadpool_info() if i["user_api"] == "blas"), "unknown BLAS")
serve({"name": "NumPy", "version": np.__version__, "backend": blas, "variants": ["float32", "float64"]}, build)
