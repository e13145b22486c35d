"""Writes the files that package safetensors must read with the Python package of
the same name, and reads the one that dl wrote, dl.safetensors.

    python -m venv parity && parity/bin/pip install safetensors==0.8.0 numpy==2.4.6
    parity/bin/python dl/safetensors/testdata/make.py

contents.json says what is in each, in hexadecimal floating point, which is
exact. To write dl.safetensors again, delete it, run go test
./dl/safetensors, which writes it and fails, and then this script, which reads it.
"""

import json
import pathlib
import struct

import numpy as np
from safetensors import safe_open
from safetensors.numpy import save_file

HERE = pathlib.Path(__file__).parent
LIMITS = {t: [0.0, -0.0, np.finfo(t).max, np.finfo(t).tiny, np.finfo(t).smallest_subnormal, -np.inf, np.inf, np.nan] for t in (np.float32, np.float64)}

for name, types in {"f64": [np.float64], "f32": [np.float32], "mixed": [np.float32, np.float64]}.items():
    tensors = {}
    for t in types:
        rng, s = np.random.default_rng(1), f".{np.dtype(t).itemsize * 8}"
        tensors |= {
            "0.Dense.W" + s: rng.standard_normal((3, 2)).astype(t),
            "a scalar" + s: np.array(1.5, t),
            "images" + s: rng.standard_normal((2, 2, 3, 1)).astype(t),
            "limits" + s: np.array(LIMITS[t], t),
            "nothing" + s: np.zeros((0, 4), t),
            "θ, with \"quotes\" and a tab\t" + s: np.arange(3, dtype=t) / 3,
        }
    save_file(tensors, HERE / f"{name}.safetensors", metadata={"format": "np", "note": "é and \n"})
save_file({"counts": np.arange(4), "W": np.ones(2)}, HERE / "int64.safetensors")  # dl has no whole numbers
header = b'{"W":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}}  '  # NumPy has no bfloat16
(HERE / "bfloat16.safetensors").write_bytes(struct.pack("<Q", len(header)) + header + bytes(4))


def contents(path):
    with safe_open(path, "np") as f:
        tensors = {k: f.get_tensor(k) for k in f.keys()}
        return {
            "metadata": f.metadata() or {},
            "tensors": {k: {"type": str(v.dtype), "shape": list(v.shape), "data": [float(e).hex() for e in v.ravel()]} for k, v in sorted(tensors.items())},
        }


files = {p.name: contents(p) for p in sorted(HERE.glob("*.safetensors")) if p.stem not in ("int64", "bfloat16")}
(HERE / "contents.json").write_text(json.dumps(files, indent=1, ensure_ascii=False) + "\n")
print({name: len(c["tensors"]) for name, c in files.items()})
