"""PyTorch, eager, float32: Adam as it comes, and fused; for the convnet also with
channels last in memory. W6 is torch.mm in float64."""

import sys

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from workloads import BLOCKS, CONTEXT, HEADS, UNITS, VOCABULARY, WIDTH, data, serve

THREADS = int(sys.argv[1])
torch.set_num_threads(THREADS)
torch.manual_seed(1)


class Transformer(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(VOCABULARY, WIDTH)
        self.position = nn.Parameter(torch.randn(CONTEXT, WIDTH) * 0.05)
        self.blocks = nn.ModuleList(nn.TransformerEncoderLayer(WIDTH, HEADS, 4 * WIDTH, dropout=0.0, activation=F.gelu, batch_first=True, norm_first=True) for _ in range(BLOCKS))
        self.norm, self.head = nn.LayerNorm(WIDTH), nn.Linear(WIDTH, VOCABULARY)
        self.register_buffer("mask", nn.Transformer.generate_square_subsequent_mask(CONTEXT))

    def forward(self, x):
        h = self.embed(x) + self.position
        for block in self.blocks:
            h = block(h, src_mask=self.mask, is_causal=True)
        return self.head(self.norm(h))


class Recurrent(nn.Module):
    def __init__(self, kind):
        super().__init__()
        self.embed, self.rnn, self.head = nn.Embedding(VOCABULARY, WIDTH), kind(WIDTH, UNITS, batch_first=True), nn.Linear(UNITS, VOCABULARY)

    def forward(self, x):
        return self.head(self.rnn(self.embed(x))[0])


def model(w):
    match w.name:
        case "W1":
            return nn.Linear(2, 1)
        case "W4":
            return nn.Sequential(nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(1600, 128), nn.ReLU(), nn.Linear(128, 10))
        case "W5-transformer":
            return Transformer()
        case "W5-GRU" | "W5-LSTM":
            return Recurrent(nn.GRU if w.name == "W5-GRU" else nn.LSTM)
    layers = [part for i, o in zip(w.sizes, w.sizes[1:]) for part in (nn.Linear(i, o), nn.ReLU())]
    return nn.Sequential(*layers[:-1])


def train(w, variant):
    X, y = (torch.tensor(v) for v in data(w))
    if w.name == "W4":
        X = X.permute(0, 3, 1, 2).contiguous()  # PyTorch's own order
    m = model(w)
    if "channels last" in variant:
        X, m = X.to(memory_format=torch.channels_last), m.to(memory_format=torch.channels_last)
    optimizer = torch.optim.Adam(m.parameters(), 0.001, fused="fused" in variant or None)
    loss_of = F.mse_loss if w.name == "W1" else lambda z, y: F.cross_entropy(z.flatten(0, -2), y.flatten())

    def run():
        for _ in range(w.epochs):
            order = torch.randperm(w.samples) if w.batch < w.samples else None
            total = 0.0
            for lo in range(0, w.samples, w.batch):
                x, t = (X, y) if order is None else (X[order[lo : lo + w.batch]], y[order[lo : lo + w.batch]])
                loss = loss_of(m(x), t)
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                total += loss.detach()

    return run


def product(w):
    rng = np.random.default_rng(1)
    a, b, c = (torch.tensor(v) for v in rng.standard_normal((3, w.n, w.n)))
    a, b = (a.T if w.transposes[0] == "T" else a), (b.T if w.transposes[1] == "T" else b)
    return lambda: torch.mm(a, b, out=c)


def build(w, variant):
    if w.name.startswith("W6"):
        return product(w) if variant == "mm float64" else None
    if variant == "mm float64" or "channels last" in variant and w.name != "W4":
        return None
    return train(w, variant)


variants = ["eager Adam", "fused Adam", "fused Adam, channels last", "mm float64"]
serve({"name": "PyTorch", "version": torch.__version__, "backend": "eager, MKL and oneDNN; Adam in float32, mm in float64", "variants": variants}, build)
