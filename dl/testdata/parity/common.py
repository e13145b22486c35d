"""What the fixtures have in common: inputs, tensors as JSON, files."""

import gzip
import json
import pathlib

import numpy as np
import torch

HERE = pathlib.Path(__file__).parent
torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


class Draw:
    """Normal numbers of a few decimals, so that the files stay small; the same
    ones for the same name."""

    def __init__(self, name, decimals=3):
        self.rng, self.decimals = np.random.default_rng(list(name.encode())), decimals

    def __call__(self, *shape, scale=1.0):
        return torch.tensor(np.round(self.rng.standard_normal(shape) * scale, self.decimals))


def array(t):
    """A tensor as JSON: its shape, and its elements in row-major order."""
    a = t.detach().numpy() if isinstance(t, torch.Tensor) else np.asarray(t)
    return {"shape": list(a.shape), "data": [float(v) for v in a.ravel()]}


def write(name, fixture):
    """Writes one fixture; json prints a float64 with all the digits it needs.
    The file is compressed above 200 kB, with no time in it, so that a second
    run gives the same bytes."""
    text = json.dumps(fixture, separators=(",", ":"), ensure_ascii=False)
    text = text.replace('{"name"', '\n{"name"') + "\n"
    path = HERE / f"{name}.json"
    for old in (path, path.with_suffix(".json.gz")):
        old.unlink(missing_ok=True)
    if len(text) > 200_000:
        path = path.with_suffix(".json.gz")
        path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    else:
        path.write_text(text)
    print(f"{path.name}: {len(fixture['cases'])} cases, {path.stat().st_size:,} bytes")
