"""JAX on XLA's CPU backend: one compiled step called from Python, and a whole run
compiled into one loop (scan), in float32 and float64. Models and Adam are a few
functions each, as its users write them without a library."""

import os
import sys

THREADS = int(sys.argv[1])
if THREADS == 1:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # XLA takes all the cores that it may
os.environ["JAX_PLATFORMS"] = "cpu"

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

jax.config.update("jax_enable_x64", True)

from workloads import BLOCKS, CONTEXT, HEADS, UNITS, VOCABULARY, WIDTH, data, serve

relu = jax.nn.relu


def adam(params, state, grads):
    m, v, t = state
    t = t + 1
    m = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, m, grads)
    v = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, v, grads)
    rate = 0.001 * jnp.sqrt(1 - 0.999**t) / (1 - 0.9**t)
    return jax.tree.map(lambda p, m, v: (p - rate * m / (jnp.sqrt(v) + 1e-7)).astype(p.dtype), params, m, v), (m, v, t)


class Models:
    """Each method gives initial parameters and the function that predicts."""

    def __init__(self, dtype):
        self.dtype, self.rng = dtype, np.random.default_rng(1)

    def draw(self, *shape):
        return jnp.asarray(self.rng.standard_normal(shape) / np.sqrt(np.prod(shape[:-1])), self.dtype)

    def dense(self, i, o):
        return self.draw(i, o), jnp.zeros(o, self.dtype)

    def mlp(self, sizes):
        def predict(params, x):
            for W, b in params[:-1]:
                x = relu(x @ W + b)
            W, b = params[-1]
            return x @ W + b

        return [self.dense(i, o) for i, o in zip(sizes, sizes[1:])], predict

    def convnet(self):
        def pool(x):
            return lax.reduce_window(x, -jnp.inf, lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")

        def predict(params, x):
            for W, b in params["conv"]:
                x = pool(relu(lax.conv_general_dilated(x, W, (1, 1), "VALID", dimension_numbers=("NHWC", "HWIO", "NHWC")) + b))
            (W1, b1), (W2, b2) = params["dense"]
            return relu(x.reshape(len(x), -1) @ W1 + b1) @ W2 + b2

        conv = [(self.draw(3, 3, i, o), jnp.zeros(o, self.dtype)) for i, o in ((1, 32), (32, 64))]
        return {"conv": conv, "dense": [self.dense(1600, 128), self.dense(128, 10)]}, predict

    def transformer(self):
        def norm(x, gamma, beta):
            d = x - x.mean(-1, keepdims=True)
            return d * lax.rsqrt((d * d).mean(-1, keepdims=True) + 1e-5) * gamma + beta

        def block(x, p):
            B, T, D = x.shape
            affine = lambda h, name: h @ p[name][0] + p[name][1]
            split = lambda h: h.reshape(B, T, HEADS, D // HEADS)
            h = norm(x, *p["norm1"])
            o = jax.nn.dot_product_attention(*(split(affine(h, n)) for n in "qkv"), is_causal=True)
            x = x + affine(o.reshape(B, T, D), "o")
            return x + affine(jax.nn.gelu(affine(norm(x, *p["norm2"]), "up"), approximate=False), "down")

        def predict(params, x):
            h = params["embed"][x] + params["position"]
            for p in params["blocks"]:
                h = block(h, p)
            W, b = params["head"]
            return norm(h, *params["norm"]) @ W + b

        unit = lambda: (jnp.ones(WIDTH, self.dtype), jnp.zeros(WIDTH, self.dtype))
        square = lambda: self.dense(WIDTH, WIDTH)
        blocks = [dict(norm1=unit(), norm2=unit(), q=square(), k=square(), v=square(), o=square(), up=self.dense(WIDTH, 4 * WIDTH), down=self.dense(4 * WIDTH, WIDTH)) for _ in range(BLOCKS)]
        return dict(embed=self.draw(VOCABULARY, WIDTH), position=self.draw(CONTEXT, WIDTH), blocks=blocks, norm=unit(), head=self.dense(WIDTH, VOCABULARY)), predict

    def recurrent(self, gates):
        def gru(h, a, U, c):
            s = h @ U + c
            z, r = jnp.split(jax.nn.sigmoid(a[:, : 2 * UNITS] + s[:, : 2 * UNITS]), 2, -1)
            proposal = jnp.tanh(a[:, 2 * UNITS :] + r * s[:, 2 * UNITS :])
            return z * h + (1 - z) * proposal

        def lstm(state, a, U, c):
            h, cell = state
            i, f, g, o = jnp.split(a + h @ U, 4, -1)
            cell = jax.nn.sigmoid(f) * cell + jax.nn.sigmoid(i) * jnp.tanh(g)
            return jax.nn.sigmoid(o) * jnp.tanh(cell), cell

        def predict(params, x):
            (W, b), (U, c), (V, d) = params["in"], params["recurrent"], params["head"]
            a = jnp.swapaxes(params["embed"][x] @ W + b, 0, 1)
            zero = jnp.zeros((len(x), UNITS), self.dtype)

            def step(state, a):
                state = gru(state, a, U, c) if gates == 3 else lstm(state, a, U, c)
                return state, state if gates == 3 else state[0]

            _, h = lax.scan(step, zero if gates == 3 else (zero, zero), a)
            return jnp.swapaxes(h, 0, 1) @ V + d

        return dict(embed=self.draw(VOCABULARY, WIDTH), recurrent=self.dense(UNITS, gates * UNITS), head=self.dense(UNITS, VOCABULARY)) | {"in": self.dense(WIDTH, gates * UNITS)}, predict


def model(w, dtype):
    m = Models(dtype)
    match w.name:
        case "W1":
            return m.mlp((2, 1))
        case "W4":
            return m.convnet()
        case "W5-transformer":
            return m.transformer()
        case "W5-GRU" | "W5-LSTM":
            return m.recurrent(3 if w.name == "W5-GRU" else 4)
    return m.mlp(w.sizes)


def build(w, variant):
    if w.name.startswith("W6"):
        return None
    dtype = np.float64 if "float64" in variant else np.float32
    X, y = (jnp.asarray(v) for v in data(w, dtype))
    params, predict = model(w, dtype)
    batches = w.samples // w.batch

    def loss(params, x, y):
        z = predict(params, x)
        if w.name == "W1":
            return ((z - y) ** 2).mean()
        return -jnp.take_along_axis(jax.nn.log_softmax(z), y[..., None], -1).mean()

    def step(carry, batch):
        params, state = carry
        value, grads = jax.value_and_grad(loss)(params, *batch)
        return adam(params, state, grads), value

    def epoch(carry, key):
        if batches == 1:
            return step(carry, (X, y))
        order = jax.random.permutation(key, w.samples).reshape(batches, w.batch)
        return lax.scan(lambda carry, rows: step(carry, (X[rows], y[rows])), carry, order)

    zeros = lambda: jax.tree.map(jnp.zeros_like, params)
    carry, key = (params, (zeros(), zeros(), jnp.asarray(0.0, dtype))), jax.random.key(1)
    if variant.startswith("scan"):
        whole = jax.jit(lambda carry, key: lax.scan(epoch, carry, jax.random.split(key, w.epochs)), donate_argnums=0)

        def run():
            nonlocal carry, key
            key, now = jax.random.split(key)
            carry, losses = whole(carry, now)
            losses.block_until_ready()

        return run
    one, rng = jax.jit(step, donate_argnums=0), np.random.default_rng(1)
    Xn, yn = np.asarray(X), np.asarray(y)

    def run():
        nonlocal carry
        for _ in range(w.epochs):
            order = rng.permutation(w.samples) if batches > 1 else None
            for lo in range(0, w.samples, w.batch):
                carry, value = one(carry, (X, y) if order is None else (Xn[order[lo : lo + w.batch]], yn[order[lo : lo + w.batch]]))
        value.block_until_ready()

    return run


serve({"name": "JAX", "version": jax.__version__, "backend": "XLA CPU", "variants": ["step float32", "scan float32", "scan float64"]}, build)
