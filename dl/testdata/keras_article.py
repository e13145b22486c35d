"""Trains the article's model with tf.keras and writes keras_article.json.

The code between the two rulers is the article's, with a fixed start and fixed
noise in place of random ones. The start is what dl.Sequential draws with its
default seed 1, the targets those of datasets.Line(4, 1, 1), so that a cell of a
notebook gets both without copying numbers.

    python -m venv keras && keras/bin/pip install tensorflow-cpu==2.21.0
    keras/bin/python dl/testdata/keras_article.py        (about a minute)
"""

import json
import os
import pathlib
import platform

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import keras
import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential

Y = [4.740351837688472, 8.405633952921178, 10.96996996231737, 14.64797660773308]
NOISE = [v - w for v, w in zip(Y, (5, 8, 11, 14))]
W, B = [[-0.7398509421368904], [0.002606078603019033]], [0.0]
EVERY = 50


def article(optimizer):
    # ----------------------------------------------------------------- article
    X = np.array([[1, 2], [2, 3], [3, 4], [4, 5]])
    y = np.dot(X, np.array([1, 2])) + np.array(NOISE)

    model = Sequential([Dense(1, input_shape=(2,))])
    model.set_weights([np.array(W), np.array(B)])
    model.compile(optimizer=optimizer, loss="mean_squared_error")
    history = model.fit(X, y, epochs=1000, verbose=0)
    # ------------------------------------------------------------------------
    loss = history.history["loss"]
    W1, b1 = model.get_weights()
    run = {
        "optimizer": "adam" if isinstance(optimizer, str) else "Adam(learning_rate=0.1)",
        "lr": round(float(model.optimizer.learning_rate.numpy()), 6),
        "epochs": len(loss),
        "loss": [{"epoch": e, "loss": loss[e]} for e in sorted({*range(0, len(loss), EVERY), len(loss) - 1})],
        "finalLoss": float(model.evaluate(X, y, verbose=0)),
        "W": W1.flatten().tolist(),
        "b": b1.tolist(),
        "predictions": model.predict(X, verbose=0).flatten().tolist(),
        "predictionFor5and6": float(model.predict(np.array([[5, 6]]), verbose=0)[0, 0]),
    }
    print(run["optimizer"])
    for row in run["loss"]:
        print(f"  epoch {row['epoch']:4d}  loss {row['loss']:.6g}")
    print(f"  after training: loss {run['finalLoss']:.6g}, W {W1.flatten()}, b {b1}, predictions {run['predictions']}")
    return X.tolist(), y.tolist(), run


X, y, adam = article("adam")
_, _, faster = article(keras.optimizers.Adam(learning_rate=0.1))
out = {
    "about": "the article's model, trained by tf.keras in float32 from a fixed start (keras_article.py); loss of epoch e is before that epoch's update",
    "versions": {"tensorflow": tf.__version__, "keras": keras.__version__, "numpy": np.__version__, "python": platform.python_version()},
    "X": X, "y": y, "noise": NOISE, "W": np.array(W).flatten().tolist(), "b": B,
    "runs": [adam, faster],
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(out, indent=1) + "\n")
