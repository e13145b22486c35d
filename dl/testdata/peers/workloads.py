"""The workloads that are measured, and the loop that measures them.

Every peer trains the same models on data of the same shapes, with Adam, batches
in a new order each epoch, and the loss kept but not printed. Inputs and targets are
random: speed does not depend on them, as long as losses do not reach zero, where
denormal numbers would slow some peers down.
"""

import json
import sys
import time
from types import SimpleNamespace as Workload

import numpy as np

WORKLOADS = {
    w.name: w
    for w in (
        Workload(name="W1", about="the article's model, 4×2, full batch", unit="steps/s", samples=4, batch=4, epochs=1000),
        Workload(name="W2", about="MLP 64-128-64-10, batch 32", unit="samples/s", samples=1792, batch=32, epochs=10, sizes=(64, 128, 64, 10)),
        Workload(name="W3", about="MLP 784-512-256-10, batch 128", unit="samples/s", samples=12800, batch=128, epochs=1, sizes=(784, 512, 256, 10)),
        Workload(name="W4", about="convnet 28×28×1, batch 64", unit="images/s", samples=640, batch=64, epochs=1),
        Workload(name="W5-transformer", about="d 64, 4 heads, 2 blocks, context 64, batch 32", unit="tokens/s", samples=128, batch=32, epochs=1),
        Workload(name="W5-GRU", about="GRU 128 over embedding 64, context 64, batch 32", unit="tokens/s", samples=128, batch=32, epochs=1),
        Workload(name="W5-LSTM", about="LSTM 128 over embedding 64, context 64, batch 32", unit="tokens/s", samples=128, batch=32, epochs=1),
        *(Workload(name=f"W6-{t}-{n}", about=f"product of {n}×{n} float64, {t}", unit="GFLOP/s", n=n, transposes=t) for n in (64, 128, 256, 512, 1024, 2048) for t in ("NN", "TN", "NT", "TT")),
    )
}
VOCABULARY, CONTEXT, WIDTH, HEADS, BLOCKS, UNITS = 65, 64, 64, 4, 2, 128


def data(w, dtype=np.float32):
    """X and y of a workload: class numbers or tokens, but for W1."""
    rng = np.random.default_rng(1)
    if w.name == "W1":
        return rng.random((4, 2)).astype(dtype), rng.random((4, 1)).astype(dtype)
    if w.name.startswith("W5"):
        return rng.integers(0, VOCABULARY, (w.samples, CONTEXT)), rng.integers(0, VOCABULARY, (w.samples, CONTEXT))
    X = rng.random((w.samples, 28, 28, 1) if w.name == "W4" else (w.samples, w.sizes[0]))
    return X.astype(dtype), rng.integers(0, 10, w.samples)


def units(w):
    """How much one call of a runner gets done, in the workload's unit."""
    if w.name.startswith("W6"):
        return 2 * w.n**3 / 1e9
    per_sample = {"W1": 1 / w.samples}.get(w.name, CONTEXT if w.name.startswith("W5") else 1)
    return w.samples * w.epochs * per_sample


def measure(run, w, seconds):
    """Calls run until the time is over, at least three times, as go test -bench does."""
    calls, start = 0, time.perf_counter()
    while calls < 3 or time.perf_counter() < start + seconds:
        run()
        calls += 1
    return calls * units(w) / (time.perf_counter() - start)


def serve(about, build):
    """Answers lines {"workload", "variant", "seconds"} on standard input with a
    rate. build(workload, variant) returns a function without arguments that
    trains for w.epochs epochs, or None where the peer lacks the workload; it is
    built and warmed up once."""
    print(json.dumps(about), flush=True)
    runners = {}
    for line in sys.stdin:
        ask = json.loads(line)
        w, key = WORKLOADS[ask["workload"]], (ask["workload"], ask["variant"])
        if key not in runners:
            runners[key] = build(w, ask["variant"])
            if runners[key]:
                runners[key]()  # compile, warm up
        rate = measure(runners[key], w, ask["seconds"]) if runners[key] else None
        print(json.dumps({"rate": rate}), flush=True)
