"""Each layer in several shapes: output, gradient with respect to the input, and
gradients of the parameters, which here have dl's names, shapes and order. What
PyTorch wants in another order is a view of them, so that autograd brings the
gradients back to dl's."""

import keras
import torch
import torch.nn.functional as F
from torch import nn
from torch.func import functional_call

from common import Draw, array

cases = []


def case(name, layers, x, forward, params={}, train=True, running={}, every=1):
    """One fixture: forward(x, p) computes y from x and the parameters p, which
    are named as dl names them; running statistics are given and returned. Of what
    is expected, one element in every is kept."""
    x = x.clone().requires_grad_()
    p = {k: v.clone().requires_grad_() for k, v in params.items()}
    y = forward(x, p | running)
    after = {}
    if isinstance(y, tuple):
        y, after = y
    dy = Draw(name + " dy", 3 if every == 1 else 1)(*y.shape)
    y.backward(dy)
    arrays = lambda named: {k: array(v) for k, v in named.items()}
    some = lambda t: array(t.flatten()[::every])["data"]
    cases.append({
        "name": name, "layers": layers, "in": list(x.shape[1:]), "train": train, "x": array(x), "params": arrays(p | running),
        "dy": array(dy), "every": every, "y": some(y), "dx": None if x.grad is None else some(x.grad),
        "grads": {k: some(v.grad) for k, v in p.items()}, "running": {k: some(v) for k, v in after.items()},
    })


def layer(name, spec, x, forward, every=1, **params):
    """A case of one layer; forward(x, W=…, b=…)."""
    prefix = f"0.{spec['type']}."
    case(name, [spec], x, lambda x, p: forward(x, **{k.removeprefix(prefix): v for k, v in p.items()}), {prefix + k: v for k, v in params.items()}, every=every)


# Dense ------------------------------------------------------------------------


def dense(x, W, b=torch.zeros(1, 1)):
    return F.linear(x, W.T) + b


def dense_cases():
    d = Draw("dense")
    layer("Dense 3→2", dict(type="Dense", Units=2), d(4, 3), dense, W=d(3, 2), b=d(1, 2))
    layer("Dense 1→1, one sample", dict(type="Dense", Units=1), d(1, 1), dense, W=d(1, 1), b=d(1, 1))
    layer("Dense 17→13", dict(type="Dense", Units=13), d(9, 17), dense, W=d(17, 13), b=d(1, 13))
    layer("Dense without bias", dict(type="Dense", Units=5, NoBias=True), d(3, 4), dense, W=d(4, 5))
    layer("Dense on the last axis", dict(type="Dense", Units=3), d(2, 5, 4), dense, W=d(4, 3), b=d(1, 3))
    w = {"0.Chain.0.Dense.W": d(3, 4), "0.Chain.0.Dense.b": d(1, 4), "0.Chain.1.Dense.W": d(4, 2), "0.Chain.1.Dense.b": d(1, 2)}
    case("Chain of two Dense", [dict(type="Chain", Layers=[dict(type="Dense", Units=4), dict(type="Dense", Units=2)])], d(5, 3), lambda x, p: dense(dense(x, *list(p.values())[:2]), *list(p.values())[2:]), w)


# Activations ------------------------------------------------------------------


def activation_cases():
    functions = [
        ("ReLU", dict(type="ReLU"), F.relu),
        ("LeakyReLU", dict(type="LeakyReLU"), lambda x: F.leaky_relu(x, 0.3)),
        ("LeakyReLU, slope 0.01", dict(type="LeakyReLU", Slope=0.01), lambda x: F.leaky_relu(x, 0.01)),
        ("ELU", dict(type="ELU"), F.elu),
        ("ELU, α = 0.5", dict(type="ELU", Alpha=0.5), lambda x: F.elu(x, 0.5)),
        ("GELU", dict(type="GELU"), F.gelu),
        ("GELU by tanh", dict(type="GELU", Tanh=True), lambda x: F.gelu(x, approximate="tanh")),
        ("SiLU", dict(type="SiLU"), F.silu),
        ("Sigmoid", dict(type="Sigmoid"), torch.sigmoid),
        ("Tanh", dict(type="Tanh"), torch.tanh),
        ("Softplus", dict(type="Softplus"), lambda x: F.softplus(x, threshold=700)),
        ("Softmax", dict(type="Softmax"), lambda x: torch.softmax(x, -1)),
    ]
    far = torch.tensor([[-700.0, -40, -20, -8, -1e-3, 0, 1e-3, 8, 20, 40, 700]])
    for name, spec, f in functions:
        layer(name, spec, Draw(name)(3, 11, scale=2), f)
        layer(name + " of a sequence, one sample", spec, Draw(name)(1, 3, 5), f)
        layer(name + " near 0", spec, Draw(name)(2, 8, scale=0.02), f)
        layer(name + " far from 0", spec, far, f)


# Shapes -----------------------------------------------------------------------


def shape_cases():
    d = Draw("shapes")
    layer("Flatten", dict(type="Flatten"), d(2, 3, 2, 2), lambda x: x.flatten(1))
    layer("Reshape", dict(type="Reshape", Shape=[2, -1]), d(3, 8), lambda x: x.reshape(3, 2, 4))
    layer("Slice", dict(type="Slice", From=1, To=3), d(3, 4), lambda x: x[:, 1:3])
    layer("Slice to the end of a sequence", dict(type="Slice", From=2), d(2, 3, 5), lambda x: x[..., 2:])
    case("Dropout after training", [dict(type="Dropout", Rate=0.5)], d(3, 4), lambda x, p: F.dropout(x, 0.5, training=False), train=False)


# Normalisation ----------------------------------------------------------------


def batch_norm(eps, momentum, train):
    """PyTorch puts the unbiased variance, n/(n-1) σ², into its average, dl and
    Keras σ²; Keras, which computes this layer in float32, must be near."""

    def forward(x, p):
        gamma, beta, mean, variance = (v[0] for v in p.values())
        rows = x.reshape(-1, x.shape[-1])
        n, before = len(rows), variance
        mean, variance = mean.clone(), variance.clone()
        y = F.batch_norm(rows, mean, variance, gamma, beta, train, 1 - momentum, eps).reshape(x.shape)
        if train:
            variance = momentum * before + (variance - momentum * before) * (n - 1) / n
        k = keras.layers.BatchNormalization(momentum=momentum, epsilon=eps)
        k.build(x.shape)
        k.set_weights([v[0].detach().numpy() for v in p.values()])
        near = lambda a, b: torch.allclose(a, b, rtol=1e-5, atol=1e-5)
        assert near(k(x.detach(), training=train), y) and near(k.moving_mean.value, mean) and near(k.moving_variance.value, variance)
        return y, {"0.BatchNorm.mean": mean[None], "0.BatchNorm.variance": variance[None]}

    return forward


def norm_cases():
    for name, shape, train, spec in [
        ("BatchNorm, training", (8, 3), True, {}),
        ("BatchNorm of images, training", (2, 3, 4, 5), True, {}),
        ("BatchNorm, training, PyTorch's ε and momentum", (6, 4), True, dict(Eps=1e-5, Momentum=0.9)),
        ("BatchNorm of two samples, training", (2, 1), True, {}),
        ("BatchNorm after training", (5, 3), False, {}),
        ("BatchNorm of images after training, one sample", (1, 2, 3, 4), False, dict(Eps=1e-5)),
    ]:
        d, c = Draw(name), shape[-1]
        params = {"0.BatchNorm.gamma": d(1, c), "0.BatchNorm.beta": d(1, c)}
        running = {"0.BatchNorm.mean": d(1, c), "0.BatchNorm.variance": d(1, c).abs() + 0.5}
        case(name, [dict(type="BatchNorm", **spec)], d(*shape) + 2, batch_norm(spec.get("Eps", 1e-3), spec.get("Momentum", 0.99), train), params, train, running)
    d = Draw("layer norm")
    norm = lambda eps: lambda x, gamma, beta: F.layer_norm(x, x.shape[-1:], gamma[0], beta[0], eps)
    layer("LayerNorm", dict(type="LayerNorm"), d(4, 5) + 1, norm(1e-3), gamma=d(1, 5), beta=d(1, 5))
    layer("LayerNorm of a sequence, PyTorch's ε", dict(type="LayerNorm", Eps=1e-5), d(2, 3, 7), norm(1e-5), gamma=d(1, 7), beta=d(1, 7))
    layer("LayerNorm, one sample of two features", dict(type="LayerNorm"), d(1, 2), norm(1e-3), gamma=d(1, 2), beta=d(1, 2))


# Convolution and pooling ------------------------------------------------------

first = lambda x: x.movedim(-1, 1)  # channels
last = lambda x: x.movedim(1, -1)


def padded(x, size, stride, value=0.0):
    """x with the padding that "same" asks for: what is missing, half of it before
    and half after, the odd one after."""
    pad = []
    for n in reversed(x.shape[2:]):
        missing = max((-(-n // stride) - 1) * stride + size - n, 0)
        pad += [missing // 2, missing - missing // 2]
    return F.pad(x, pad, value=value)


def conv(stride, same):
    def forward(x, W, b=None):
        u = padded(first(x), W.shape[0], stride) if same else first(x)
        f = F.conv2d if x.ndim == 4 else F.conv1d
        y = last(f(u, W.movedim(-1, 0).movedim(-1, 1).contiguous(), None if b is None else b[0], stride))
        k = keras.ops.conv(x, W, stride, "same" if same else "valid", data_format="channels_last") + (0 if b is None else b[0])
        assert torch.allclose(y, k, rtol=1e-12, atol=1e-12)
        return y

    return forward


def conv_transpose(stride, same):
    """PyTorch's product, its edges cut off or filled with zeros as in Keras."""

    def forward(x, W, b=None):
        y = F.conv_transpose2d(first(x), W.permute(3, 2, 0, 1).contiguous(), None, stride)
        before = max(W.shape[0] - stride, 0) // 2 if same else 0
        for axis in (2, 3):
            n = x.shape[axis - 1] * stride
            n += 0 if same else max(W.shape[0] - stride, 0)
            missing = max(before + n - y.shape[axis], 0)
            y = F.pad(y, [0, missing] if axis == 3 else [0, 0, 0, missing]).narrow(axis, before, n)
        return last(y) + (0 if b is None else b[0])

    return forward


def conv_cases():
    for name, x, kernel, filters, spec in [
        ("Conv1D", (2, 7, 3), 3, 4, {}),
        ("Conv1D, stride 2, same", (2, 8, 2), 5, 3, dict(Stride=2, Padding=1)),
        ("Conv1D, one sample, one step", (1, 1, 2), 1, 3, {}),
        ("Conv1D, same, kernel longer than the input", (1, 2, 2), 4, 3, dict(Padding=1)),
        ("Conv2D", (2, 5, 6, 3), 3, 4, {}),
        ("Conv2D, same", (2, 5, 4, 2), 3, 3, dict(Padding=1)),
        ("Conv2D, even kernel, same", (1, 4, 5, 2), 4, 3, dict(Padding=1)),
        ("Conv2D, stride 2", (2, 7, 8, 2), 3, 5, dict(Stride=2)),
        ("Conv2D, stride 2, same", (2, 6, 7, 2), 3, 3, dict(Stride=2, Padding=1)),
        ("Conv2D, stride 3, kernel 2, same", (1, 8, 7, 1), 2, 2, dict(Stride=3, Padding=1)),
        ("Conv2D, 1×1", (3, 3, 2, 4), 1, 2, {}),
        ("Conv2D without bias", (1, 4, 4, 1), 2, 9, dict(NoBias=True)),
        ("Conv2D of a one-pixel output", (2, 3, 3, 2), 3, 2, {}),
    ]:
        d, kind = Draw(name), name[:6]
        p = {"W": d(*[kernel] * (len(x) - 2), x[-1], filters)} | ({} if spec.get("NoBias") else {"b": d(1, filters)})
        layer(name, dict(type=kind, Filters=filters, Kernel=kernel, **spec), d(*x), conv(spec.get("Stride", 1), spec.get("Padding") == 1), **p)
    for name, x, kernel, filters, spec in [
        ("ConvTranspose2D", (2, 3, 4, 3), 3, 2, {}),
        ("ConvTranspose2D, stride 2", (2, 3, 2, 2), 3, 4, dict(Stride=2)),
        ("ConvTranspose2D, stride 2, kernel 4, same", (1, 3, 4, 2), 4, 3, dict(Stride=2, Padding=1)),
        ("ConvTranspose2D, stride 2, kernel 3, same", (2, 4, 3, 1), 3, 2, dict(Stride=2, Padding=1)),
        ("ConvTranspose2D, stride 3, kernel 2", (1, 2, 3, 2), 2, 2, dict(Stride=3)),
        ("ConvTranspose2D, stride 3, kernel 2, same", (1, 3, 2, 1), 2, 1, dict(Stride=3, Padding=1)),
        ("ConvTranspose2D, 1×1, without bias", (2, 2, 3, 3), 1, 4, dict(NoBias=True)),
    ]:
        d = Draw(name)
        p = {"W": d(kernel, kernel, filters, x[-1])} | ({} if spec.get("NoBias") else {"b": d(1, filters)})
        layer(name, dict(type="ConvTranspose2D", Filters=filters, Kernel=kernel, **spec), d(*x), conv_transpose(spec.get("Stride", 1), spec.get("Padding") == 1), **p)


def max_pool(size, stride, same):
    def forward(x):
        u = padded(first(x), size, stride, -torch.inf) if same else first(x)
        return last(F.max_pool2d(u, size, stride))

    return forward


def avg_pool(size, stride, same):
    def forward(x):
        if not same:
            return last(F.avg_pool2d(first(x), size, stride))
        u, inside = padded(first(x), size, stride), padded(torch.ones_like(first(x)), size, stride)
        y = last(F.avg_pool2d(u, size, stride) / F.avg_pool2d(inside, size, stride))
        assert torch.allclose(y, keras.ops.average_pool(x, size, stride, "same", data_format="channels_last"), rtol=1e-12)
        return y

    return forward


def pool_cases():
    for kind, f in ("MaxPool2D", max_pool), ("AvgPool2D", avg_pool):
        for name, x, size, spec in [
            ("", (2, 4, 6, 3), 2, {}),
            (", odd sides", (2, 5, 7, 2), 2, {}),
            (", odd sides, same", (2, 5, 7, 2), 2, dict(Padding=1)),
            (", overlapping", (1, 6, 5, 2), 3, dict(Stride=2)),
            (", overlapping, same", (2, 4, 5, 1), 3, dict(Stride=1, Padding=1)),
            (", of the whole image", (1, 3, 3, 4), 3, {}),
        ]:
            d = Draw(kind + name)
            layer(kind + name, dict(type=kind, Pool=size, **spec), d(*x), f(size, spec.get("Stride", size), spec.get("Padding") == 1))
    d = Draw("global")
    layer("GlobalAvgPool of images", dict(type="GlobalAvgPool"), d(2, 3, 4, 5), lambda x: x.mean((1, 2)))
    layer("GlobalAvgPool of sequences, one sample", dict(type="GlobalAvgPool"), d(1, 4, 3), lambda x: x.mean(1))


# Sequences --------------------------------------------------------------------


def last_or_all(every, y):
    return y if every else y[:, -1]


def simple_rnn(every):
    def forward(x, W, U, b):
        weights = {"weight_ih_l0": W.T, "weight_hh_l0": U.T, "bias_ih_l0": b[0], "bias_hh_l0": torch.zeros_like(b[0])}
        return last_or_all(every, functional_call(nn.RNN(*W.shape, batch_first=True), weights, x)[0])

    return forward


def gru(every):
    """dl has the blocks in Keras's order z, r, h; PyTorch in the order r, z, h."""

    def reorder(v):
        z, r, h = v.chunk(3, -1)
        return torch.cat([r, z, h], -1)

    def forward(x, W, U, b, c):
        weights = {"weight_ih_l0": reorder(W).T, "weight_hh_l0": reorder(U).T, "bias_ih_l0": reorder(b)[0], "bias_hh_l0": reorder(c)[0]}
        return last_or_all(every, functional_call(nn.GRU(W.shape[0], U.shape[0], batch_first=True), weights, x)[0])

    return forward


def lstm(every):
    def forward(x, W, U, b):
        weights = {"weight_ih_l0": W.T, "weight_hh_l0": U.T, "bias_ih_l0": b[0], "bias_hh_l0": torch.zeros_like(b[0])}
        return last_or_all(every, functional_call(nn.LSTM(W.shape[0], U.shape[0], batch_first=True), weights, x)[0])

    return forward


def attention(heads, causal):
    def forward(x, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
        T, D = x.shape[1:]
        if Wq.shape[1] != D:  # nn.MultiheadAttention can't: its heads share D
            split = lambda v: v.unflatten(-1, (heads, -1)).transpose(1, 2)
            o = F.scaled_dot_product_attention(split(x @ Wq + bq), split(x @ Wk + bk), split(x @ Wv + bv), is_causal=causal)
            return o.transpose(1, 2).flatten(2) @ Wo + bo
        weights = {"in_proj_weight": torch.cat([Wq.T, Wk.T, Wv.T]), "in_proj_bias": torch.cat([bq, bk, bv], 1)[0], "out_proj.weight": Wo.T, "out_proj.bias": bo[0]}
        mask = torch.triu(torch.full((T, T), -torch.inf), 1) if causal else None
        return functional_call(nn.MultiheadAttention(D, heads, batch_first=True), weights, (x, x, x), {"attn_mask": mask, "need_weights": False})[0]

    return forward


def attention_params(d, D, K):
    p = {}
    for v in "qkv":
        p |= {"W" + v: d(D, K, scale=0.7), "b" + v: d(1, K)}
    return p | {"Wo": d(K, D, scale=0.7), "bo": d(1, D)}


def sequence_cases():
    for shape, H, every in [((3, 5, 4), 3, False), ((3, 5, 4), 3, True), ((1, 4, 2), 5, True), ((2, 1, 3), 4, False), ((1, 1, 1), 1, True)]:
        name = f"{shape[0]}×{shape[1]}×{shape[2]}→{H}, {'all steps' if every else 'last step'}"
        d, D = Draw(name), shape[-1]
        spec = dict(Units=H) | (dict(Sequence=True) if every else {})
        w = lambda gates: dict(W=d(D, gates * H, scale=0.7), U=d(H, gates * H, scale=0.7), b=d(1, gates * H))
        layer("SimpleRNN " + name, dict(type="SimpleRNN", **spec), d(*shape), simple_rnn(every), **w(1))
        layer("GRU " + name, dict(type="GRU", **spec), d(*shape), gru(every), **w(3), c=d(1, 3 * H))
        layer("LSTM " + name, dict(type="LSTM", **spec), d(*shape), lstm(every), **w(4))
    for name, shape, heads, spec in [
        ("MultiHeadAttention", (2, 4, 6), 2, {}),
        ("MultiHeadAttention, causal", (2, 5, 6), 3, dict(Causal=True)),
        ("MultiHeadAttention, one head, one sample", (1, 3, 4), 1, {}),
        ("MultiHeadAttention, one step", (2, 1, 4), 2, dict(Causal=True)),
        ("MultiHeadAttention, wider keys, causal", (2, 4, 3), 2, dict(KeyDim=4, Causal=True)),
    ]:
        d, D = Draw(name), shape[-1]
        params = attention_params(d, D, heads * spec.get("KeyDim", D // heads))
        layer(name, dict(type="MultiHeadAttention", Heads=heads, **spec), d(*shape), attention(heads, "Causal" in spec), **params)
    d = Draw("embedding")
    look = lambda x, W: F.embedding(x.long(), W)
    layer("Embedding", dict(type="Embedding", Vocab=6, Units=3), torch.tensor([[0.0, 5, 2, 5], [1, 1, 0, 3]]), look, W=d(6, 3))
    layer("Embedding, one sample of one token", dict(type="Embedding", Vocab=2, Units=4), torch.tensor([[1.0]]), look, W=d(2, 4))
    layer("PositionalEmbedding", dict(type="PositionalEmbedding", Length=5), d(2, 3, 4), lambda x, P: x + P[:3], P=d(5, 4))

    def encoding(x):
        T, D = x.shape[1:]
        t, i = torch.arange(T)[:, None], torch.arange(0, D, 2)
        P = torch.zeros(T, D)
        P[:, 0::2], P[:, 1::2] = torch.sin(t / 10000 ** (i / D)), torch.cos(t / 10000 ** (i / D))[:, : D // 2]
        return x + P

    layer("PositionalEncoding", dict(type="PositionalEncoding"), d(1, 6, 4), encoding)
    layer("PositionalEncoding, an odd number of features", dict(type="PositionalEncoding"), d(2, 3, 5), encoding)


# Containers -------------------------------------------------------------------


def container_cases():
    d = Draw("containers")
    case("Residual", [dict(type="Residual", Layers=[dict(type="Dense", Units=4), dict(type="Tanh"), dict(type="Dense", Units=3)])], d(4, 3),
         lambda x, p: x + dense(torch.tanh(dense(x, *list(p.values())[:2])), *list(p.values())[2:]),
         {"0.Residual.0.Dense.W": d(3, 4), "0.Residual.0.Dense.b": d(1, 4), "0.Residual.2.Dense.W": d(4, 3), "0.Residual.2.Dense.b": d(1, 3)})
    case("Concat", [dict(type="Concat", Branches=[dict(type="Dense", Units=2), dict(type="Chain", Layers=[dict(type="Dense", Units=4), dict(type="Tanh")])])], d(3, 5),
         lambda x, p: torch.cat([dense(x, *list(p.values())[:2]), torch.tanh(dense(x, *list(p.values())[2:]))], -1),
         {"0.Concat.0.Dense.W": d(5, 2), "0.Concat.0.Dense.b": d(1, 2), "0.Concat.1.Chain.0.Dense.W": d(5, 4), "0.Concat.1.Chain.0.Dense.b": d(1, 4)})
    for name, shape, heads, spec in [
        ("TransformerBlock", (2, 4, 6), 2, {}),
        ("TransformerBlock, causal", (3, 3, 4), 1, dict(Causal=True)),
        ("TransformerBlock, causal, narrow, one sample", (1, 5, 4), 2, dict(Causal=True, Hidden=3)),
    ]:
        hidden, causal = spec.get("Hidden", 4 * shape[-1]), "Causal" in spec
        p, forward = transformer(name, "0.TransformerBlock.", shape[-1], heads, hidden, causal, 1e-3)
        case(name, [dict(type="TransformerBlock", Heads=heads, **spec)], Draw(name + " x")(*shape), forward, p)
    name, (B, T, D) = "transformer block of two Residuals, PyTorch's ε", (2, 4, 4)
    p, forward = transformer(name, "", D, 2, 8, True, 1e-5)
    norm = dict(type="LayerNorm", Eps=1e-5)
    mix = [norm, dict(type="MultiHeadAttention", Heads=2, Causal=True)]
    feed = [norm, dict(type="Dense", Units=8), dict(type="GELU"), dict(type="Dense", Units=D)]
    case(name, [dict(type="Residual", Layers=mix), dict(type="Residual", Layers=feed)], Draw(name + " x")(B, T, D), forward, p)


def transformer(name, prefix, D, heads, hidden, causal, eps):
    """The parameters of a pre-norm block, and nn.TransformerEncoderLayer with them."""
    d, a, f = Draw(name), prefix + "0.Residual.", prefix + "1.Residual."
    p = {a + "0.LayerNorm.gamma": d(1, D), a + "0.LayerNorm.beta": d(1, D)}
    p |= {a + "1.MultiHeadAttention." + k: v for k, v in attention_params(d, D, D).items()}
    p |= {f + "0.LayerNorm.gamma": d(1, D), f + "0.LayerNorm.beta": d(1, D)}
    p |= {f + "1.Dense.W": d(D, hidden, scale=0.5), f + "1.Dense.b": d(1, hidden), f + "3.Dense.W": d(hidden, D, scale=0.5), f + "3.Dense.b": d(1, D)}

    def forward(x, p):
        gamma1, beta1, Wq, bq, Wk, bk, Wv, bv, Wo, bo, gamma2, beta2, W1, b1, W2, b2 = p.values()
        weights = {
            "norm1.weight": gamma1[0], "norm1.bias": beta1[0], "norm2.weight": gamma2[0], "norm2.bias": beta2[0],
            "self_attn.in_proj_weight": torch.cat([Wq.T, Wk.T, Wv.T]), "self_attn.in_proj_bias": torch.cat([bq, bk, bv], 1)[0],
            "self_attn.out_proj.weight": Wo.T, "self_attn.out_proj.bias": bo[0],
            "linear1.weight": W1.T, "linear1.bias": b1[0], "linear2.weight": W2.T, "linear2.bias": b2[0],
        }
        block = nn.TransformerEncoderLayer(D, heads, hidden, dropout=0.0, activation=F.gelu, layer_norm_eps=eps, batch_first=True, norm_first=True)
        T = x.shape[1]
        mask = torch.triu(torch.full((T, T), -torch.inf), 1) if causal else None
        return functional_call(block, weights, (x,), {"src_mask": mask})

    return p, forward


# Large enough to be shared among threads and cut into blocks ------------------


def large_cases():
    d = Draw("large", 1)
    layer("Dense, large", dict(type="Dense", Units=97), d(130, 171), dense, 29, W=d(171, 97), b=d(1, 97))
    layer("Conv2D, large, same", dict(type="Conv2D", Filters=17, Kernel=3, Padding=1), d(8, 13, 14, 9), conv(1, True), 37, W=d(3, 3, 9, 17), b=d(1, 17))
    layer("ConvTranspose2D, large", dict(type="ConvTranspose2D", Filters=9, Kernel=4, Stride=2), d(8, 7, 6, 17), conv_transpose(2, False), 37, W=d(4, 4, 9, 17), b=d(1, 9))
    layer("MaxPool2D, large", dict(type="MaxPool2D"), Draw("large pool")(16, 14, 14, 9), max_pool(2, 2, False), 37)
    layer("LayerNorm, large", dict(type="LayerNorm"), d(4, 40, 65), lambda x, gamma, beta: F.layer_norm(x, x.shape[-1:], gamma[0], beta[0], 1e-3), 17, gamma=d(1, 65), beta=d(1, 65))
    layer("GRU, large", dict(type="GRU", Units=65, Sequence=True), d(9, 20, 33), gru(True), 37, W=d(33, 195, scale=0.3), U=d(65, 195, scale=0.3), b=d(1, 195), c=d(1, 195))
    layer("LSTM, large", dict(type="LSTM", Units=65), d(9, 20, 33), lstm(False), 37, W=d(33, 260, scale=0.3), U=d(65, 260, scale=0.3), b=d(1, 260))
    layer("MultiHeadAttention, large, causal", dict(type="MultiHeadAttention", Heads=4, Causal=True), d(5, 65, 36), attention(4, True), 37, **{k: 0.3 * v for k, v in attention_params(d, 36, 36).items()})
    layer("GELU, large", dict(type="GELU"), d(70, 300), F.gelu, 37)
    layer("Softmax, large", dict(type="Softmax"), d(300, 65), lambda x: torch.softmax(x, -1), 37)


def fixture():
    for topic in dense_cases, activation_cases, shape_cases, norm_cases, conv_cases, pool_cases, sequence_cases, container_cases, large_cases:
        topic()
    return {"cases": cases}
