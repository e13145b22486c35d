"""Makes metrics.json: what scikit-learn says of small random cases.

    pip install scikit-learn==1.9.1 numpy==2.4.6
    python dl/metrics/testdata/metrics.py

The tests of dl read the file and need no Python.
"""

import json
import pathlib
import warnings

import numpy as np
from scipy.special import expit, log_softmax, softmax
from sklearn import metrics as sk
from sklearn.calibration import calibration_curve

warnings.simplefilter("ignore")  # zero divisions are among the cases
rng = np.random.default_rng(4)
AVERAGES = ["macro", "micro", "weighted"]


def averages(y, predicted, names, **keywords):
    scores = {}
    for average in names:
        p, r, f, _ = sk.precision_recall_fscore_support(y, predicted, average=average, zero_division=0, **keywords)
        prefix = "" if average == "binary" else average + " "
        scores |= {prefix + "precision": p, prefix + "recall": r, prefix + "F1": f}
    return scores


def per_class(y, predicted, classes):
    scores = sk.precision_recall_fscore_support(y, predicted, labels=range(classes), zero_division=0)
    return {
        "confusion": sk.confusion_matrix(y, predicted, labels=range(classes)).ravel().tolist(),
        "per_class": np.stack(scores, axis=1).ravel().tolist(),
    }


def binary(name, z, y):
    """A single logit: scores, curves and calibration of class 1."""
    z = z.round(4)
    predicted, p = (z > 0).astype(int), expit(z)
    scores = {"accuracy": sk.accuracy_score(y, predicted)} | averages(y, predicted, ["binary"] + AVERAGES)
    scores["recall at 0.25"] = sk.recall_score(y, p > 0.25, zero_division=0)
    scores["log loss"] = sk.log_loss(y, p, labels=[0, 1])
    scores["average precision"] = sk.average_precision_score(y, z)
    case = {"name": name, "cols": 1, "yhat": z.tolist(), "y": y.tolist(), "scores": scores} | per_class(y, predicted, 2)
    if 0 < y.sum() < len(y):
        scores["area under ROC"] = sk.roc_auc_score(y, z)
        fpr, tpr, threshold = sk.roc_curve(y, z, drop_intermediate=False)
        case["roc"] = np.stack([fpr[1:], tpr[1:], threshold[1:]], axis=1).ravel().tolist()  # without +inf
        precision, recall, threshold = sk.precision_recall_curve(y, z)
        case["precision_recall"] = np.stack([precision[:-1], recall[:-1], threshold], axis=1)[::-1].ravel().tolist()
    right, confidence = calibration_curve(y, p, n_bins=10)
    case["calibration"] = np.stack([confidence, right], axis=1).ravel().tolist()
    count = np.bincount(np.searchsorted(np.linspace(0, 1, 11)[1:-1], p), minlength=10)
    scores["calibration error"] = float(np.sum(count[count > 0] * abs(right - confidence)) / len(y))
    return case


def log_odds(z, rest):
    """ln p/(1-p) of a class with logits z, equal where the sorted rest is equal but for a shift."""
    largest = rest[:, -1]
    return (z - largest) - np.log(np.exp(rest - largest[:, None]).sum(axis=1))


def multiclass(name, z, y, ties=False):
    z = z.round(4)
    (n, classes), predicted = z.shape, z.argmax(axis=1)
    scores = {"accuracy": sk.accuracy_score(y, predicted)} | averages(y, predicted, AVERAGES)
    if not ties and classes > 2:
        scores["top-2 accuracy"] = sk.top_k_accuracy_score(y, z, k=2, labels=range(classes))
    scores["log loss"] = -float(np.mean(log_softmax(z, axis=1)[np.arange(n), y]))
    case = {"name": name, "cols": classes, "yhat": z.ravel().tolist(), "y": y.tolist(), "scores": scores}
    if classes == 2:
        scores |= averages(y, predicted, ["binary"])
        scores["area under ROC"] = sk.roc_auc_score(y, z[:, 1] - z[:, 0])
    odds = [log_odds(z[:, k], np.sort(np.delete(z, k, axis=1), axis=1)) for k in range(classes)]
    case["one_versus_rest"] = [
        float(sk.roc_auc_score(y == k, odds[k])) if 0 < (y == k).sum() < n else None for k in range(classes)
    ]
    confidence, right = softmax(z, axis=1).max(axis=1), predicted == y
    error, bins = 0, np.minimum(np.ceil(confidence * 15).astype(int) - 1, 14)
    for b in set(bins):
        error += abs(np.sum(confidence[bins == b]) - np.sum(right[bins == b])) / n
    scores["calibration error"] = float(error)  # Guo et al. 2017, equation 3; not in scikit-learn
    return case | per_class(y, predicted, classes)


def regression(name, yhat, y):
    scores = {"mean absolute error": sk.mean_absolute_error(y, yhat), "root mean squared error": sk.root_mean_squared_error(y, yhat)}
    if len(y) > 1:
        scores["R²"] = sk.r2_score(y, yhat)
    return {"name": name, "cols": 1, "yhat": yhat.tolist(), "y": y.tolist(), "scores": scores}


def normal(*shape, decimals=4):
    return rng.normal(size=shape).round(decimals)


def noisy(y, classes, decimals=4):
    return (normal(len(y), classes, decimals=decimals) + 1.5 * np.eye(classes)[y]).round(decimals)


yes = rng.integers(0, 2, 40)
rare = (np.arange(40) % 13 == 0).astype(int)
four, five = rng.integers(0, 4, 48), rng.integers(0, 5, 30)
two = rng.integers(0, 2, 25)
cases = [
    binary("a single logit", normal(40) + yes, yes),
    binary("a single logit with ties", (2 * normal(40) + 2 * yes).round() / 2, yes),
    binary("all logits equal", np.full(40, 0.5), yes),
    binary("a rare class, never predicted", -abs(normal(40)) - 0.5, rare),
    binary("only class 0", normal(12), np.zeros(12, int)),
    binary("one sample of class 1", np.array([0.3]), np.array([1])),
    binary("a perfect order", (normal(40) / 10 + 8 * yes - 4).round(4), yes),
    multiclass("four classes", noisy(four, 4), four),
    multiclass("four classes with ties", noisy(four, 4, decimals=0), four, ties=True),
    multiclass("class 2 never predicted", noisy(four, 4) - np.array([0, 0, 99, 0]), four),
    multiclass("class 3 neither predicted nor in y", noisy(five % 3, 5) - np.array([0, 0, 0, 99, 0]), five % 3),
    multiclass("two logits", noisy(two, 2), two),
    multiclass("one sample of four classes", np.array([[0.1, 0.4, -0.2, 0.3]]), np.array([3])),
    multiclass("large logits", 250 * noisy(four, 4), four),
    regression("regression", normal(30), normal(30)),
    regression("regression far from 0", 1e6 + normal(30), 1e6 + normal(30)),
    regression("regression to a constant", normal(10), np.full(10, 2.0)),
    regression("regression of one sample", normal(1), normal(1)),
]
path = pathlib.Path(__file__).with_name("metrics.json")
lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
path.write_text("[\n" + lines + "\n]\n")
