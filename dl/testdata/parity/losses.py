"""Each loss with its gradient with respect to the predictions. dl's losses take
logits, and are means as in Keras: over samples or elements, class weights
included. Keras computes losses partly in float32 even when told otherwise: where
the convention is Keras's, PyTorch computes it and Keras must be near."""

import keras
import torch
import torch.nn.functional as F

from common import Draw, array


def fixture():
    cases = []

    def case(name, source, yhat, y, function, **spec):
        yhat.requires_grad_()
        value = function(yhat, y)
        value.backward()
        cases.append({"name": name, "from": source, "loss": spec, "yhat": array(yhat), "y": array(y), "value": float(value.detach()), "grad": array(yhat.grad)})

    def probabilities(draw, *shape):
        p = torch.softmax(draw(*shape), -1).round(decimals=3)
        p[..., 0] += 1 - p.sum(-1)
        return p

    def near_keras(function, keras_loss, weight=lambda y: None):
        def loss(yhat, y):
            value = function(yhat, y)
            near = keras_loss(y, yhat.detach(), sample_weight=weight(y))
            assert abs(near.item() / value.item() - 1) < 1e-6, (near, value)
            return value

        return loss

    d = Draw("regression")
    for name, shape in [("one output", (7, 1)), ("three outputs", (4, 3)), ("one sample", (1, 2))]:
        case(f"MSE, {name}", "torch", d(*shape), d(*shape), F.mse_loss, type="MSE")
        case(f"MAE, {name}", "torch", d(*shape), d(*shape), F.l1_loss, type="MAE")
        case(f"Huber, {name}", "torch", d(*shape, scale=2), d(*shape), F.huber_loss, type="Huber")
    case("MAE where ŷ = y", "torch", torch.tensor([[1.0], [2.0], [3.0]]), torch.tensor([[1.0], [5.0], [1.0]]), F.l1_loss, type="MAE")
    huber = lambda yhat, y: F.huber_loss(yhat, y, delta=0.3)
    case("Huber, δ = 0.3", "torch", d(6, 2), d(6, 2), near_keras(huber, keras.losses.Huber(0.3)), type="Huber", Delta=0.3)

    d = Draw("binary")
    yes = lambda *shape: (d(*shape) > 0).double()
    bce = F.binary_cross_entropy_with_logits
    smooth = near_keras(lambda yhat, y: bce(yhat, 0.8 * y + 0.1), keras.losses.BinaryCrossentropy(from_logits=True, label_smoothing=0.2))
    case("binary cross-entropy", "torch", d(9, 1, scale=2), yes(9, 1), bce, type="BinaryCrossEntropy")
    case("binary cross-entropy, three labels", "torch", d(4, 3), yes(4, 3), bce, type="BinaryCrossEntropy")
    case("binary cross-entropy, far logits", "torch", torch.tensor([[-800.0], [-40], [-0.0], [40], [800], [30], [-30]]), torch.tensor([[0.0], [1], [1], [0], [1], [1], [0]]), bce, type="BinaryCrossEntropy")
    case("binary cross-entropy, probabilities", "torch", d(5, 2), torch.sigmoid(d(5, 2)).round(decimals=3), bce, type="BinaryCrossEntropy")
    case("binary cross-entropy, label smoothing", "torch", d(6, 1), yes(6, 1), smooth, type="BinaryCrossEntropy", LabelSmoothing=0.2)
    case("binary cross-entropy, weight of a yes", "torch", d(6, 1), yes(6, 1), lambda yhat, y: bce(yhat, y, pos_weight=torch.tensor([3.0])), type="BinaryCrossEntropy", PositiveWeight=3)

    d = Draw("classes")
    number = lambda C, *shape: torch.floor(torch.sigmoid(d(*shape)) * C)
    rows = lambda yhat, y: F.cross_entropy(yhat.reshape(-1, yhat.shape[-1]), y.long().reshape(-1))
    ce = dict(type="CrossEntropy")
    case("cross-entropy", "torch", d(8, 3, scale=2), number(3, 8, 1), rows, **ce)
    case("cross-entropy, ten classes, one sample", "torch", d(1, 10), number(10, 1, 1), rows, **ce)
    case("cross-entropy, two classes", "torch", d(5, 2), number(2, 5, 1), rows, **ce)
    case("cross-entropy of a sequence", "torch", d(3, 4, 5), number(5, 3, 4), rows, **ce)
    case("cross-entropy, one-hot rows", "torch", d(6, 4), F.one_hot(number(4, 6).long(), 4).double(), F.cross_entropy, **ce)
    case("cross-entropy, probabilities", "torch", d(6, 4), probabilities(d, 6, 4), F.cross_entropy, **ce)
    far = torch.tensor([[1000.0, 0, -1000], [-1000, 0, 1000], [3, 3, 3], [0, 40, 80]])
    case("cross-entropy, far logits", "torch", far, torch.tensor([[0.0], [0], [1], [0]]), rows, **ce)
    case("cross-entropy, label smoothing", "torch", d(7, 5), number(5, 7, 1), lambda yhat, y: F.cross_entropy(yhat, y.long()[:, 0], label_smoothing=0.1), **ce, LabelSmoothing=0.1)
    k = keras.losses
    smooth = near_keras(lambda yhat, y: F.cross_entropy(yhat, y, label_smoothing=0.3), k.CategoricalCrossentropy(from_logits=True, label_smoothing=0.3))
    case("cross-entropy, label smoothing of one-hot rows", "torch", d(7, 3), F.one_hot(number(3, 7).long(), 3).double(), smooth, **ce, LabelSmoothing=0.3)

    weights = [0.5, 3.0, 1.0, 0.0]
    w = torch.tensor(weights)
    own = lambda y: y @ w if y.shape[1] == 4 else w[y.long()[:, 0]]  # of each sample

    def weighted(S, keras_loss=None):
        def mean(yhat, y):
            target = y if y.shape[1] == 4 else y.long()[:, 0]
            return (own(y) * F.cross_entropy(yhat, target, label_smoothing=S, reduction="none")).mean()

        return near_keras(mean, keras_loss, own) if keras_loss else mean

    case("cross-entropy, class weights", "torch", d(9, 4), number(4, 9, 1), weighted(0, k.SparseCategoricalCrossentropy(from_logits=True)), **ce, ClassWeights=weights)
    case("cross-entropy, class weights, one-hot rows", "torch", d(9, 4), F.one_hot(number(4, 9).long(), 4).double(), weighted(0, k.CategoricalCrossentropy(from_logits=True)), **ce, ClassWeights=weights)
    case("cross-entropy, class weights and label smoothing", "torch", d(6, 4), F.one_hot(number(4, 6).long(), 4).double(), weighted(0.1, k.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1)), **ce, ClassWeights=weights, LabelSmoothing=0.1)
    case("cross-entropy, class weights of probabilities", "torch", d(5, 4), probabilities(d, 5, 4), weighted(0), **ce, ClassWeights=weights)

    d = Draw("distances")
    kl = lambda yhat, y: F.kl_div(F.log_softmax(yhat, -1), y, reduction="batchmean")
    case("KL divergence", "torch", d(5, 4), probabilities(d, 5, 4), kl, type="KLDivergence")
    case("KL divergence from a one-hot row", "torch", d(2, 3), torch.tensor([[0.0, 1, 0], [0.5, 0, 0.5]]), kl, type="KLDivergence")

    def info_nce(temperature):
        def loss(yhat, y):
            a, b = (F.normalize(half, dim=1) for half in yhat.chunk(2, 1))
            s, own = a @ b.T / temperature, torch.arange(len(yhat))
            return (F.cross_entropy(s, own) + F.cross_entropy(s.T, own)) / 2

        return loss

    case("InfoNCE", "torch", d(5, 6), torch.zeros(5, 1), info_nce(0.07), type="InfoNCE")
    case("InfoNCE, τ = 0.5", "torch", d(8, 4), torch.zeros(8, 1), info_nce(0.5), type="InfoNCE", Temperature=0.5)
    return {"cases": cases, "penalties": penalties()}


def penalties():
    """λ Σ |w| and λ Σ w² of a layer's weights, as Keras's regularizers have them."""
    d, cases = Draw("penalties"), []
    regularizers = keras.regularizers
    for kind, f, keras_penalty in ("L1", torch.abs, regularizers.L1), ("L2", torch.square, regularizers.L2):
        W = d(3, 4).requires_grad_()
        W.data[1, 2] = 0
        value = 0.01 * f(W).sum()
        value.backward()
        assert abs(keras_penalty(0.01)(W.detach()).item() / value.item() - 1) < 1e-6
        cases.append({"name": kind, "penalty": {"type": kind, "value": 0.01}, "W": array(W), "value": float(value.detach()), "grad": array(W.grad)})
    return cases
