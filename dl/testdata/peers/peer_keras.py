"""tf.keras, float32, as its users train: compile and fit. A new call of fit has a
cost of its own, which W1's few rows show most: say so wherever W1 is quoted."""

import os
import sys

THREADS = int(sys.argv[1])
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import keras
import tensorflow as tf
from keras import layers

from workloads import BLOCKS, CONTEXT, HEADS, UNITS, VOCABULARY, WIDTH, data, serve

tf.config.threading.set_intra_op_parallelism_threads(THREADS)
tf.config.threading.set_inter_op_parallelism_threads(THREADS)
keras.utils.set_random_seed(1)


@keras.saving.register_keras_serializable()
class Position(layers.Layer):
    def build(self, shape):
        self.P = self.add_weight(shape=shape[1:], initializer="uniform")

    def call(self, x):
        return x + self.P


def transformer():
    x = keras.Input((CONTEXT,))
    h = Position()(layers.Embedding(VOCABULARY, WIDTH)(x))
    for _ in range(BLOCKS):
        n = layers.LayerNormalization()(h)
        h = h + layers.MultiHeadAttention(HEADS, WIDTH // HEADS)(n, n, use_causal_mask=True)
        n = layers.LayerNormalization()(h)
        h = h + layers.Dense(WIDTH)(layers.Dense(4 * WIDTH, activation="gelu")(n))
    return keras.Model(x, layers.Dense(VOCABULARY)(layers.LayerNormalization()(h)))


def model(w):
    match w.name:
        case "W1":
            return keras.Sequential([keras.Input((2,)), layers.Dense(1)])
        case "W4":
            conv = [part for f in (32, 64) for part in (layers.Conv2D(f, 3, activation="relu"), layers.MaxPooling2D())]
            return keras.Sequential([keras.Input((28, 28, 1)), *conv, layers.Flatten(), layers.Dense(128, activation="relu"), layers.Dense(10)])
        case "W5-transformer":
            return transformer()
        case "W5-GRU" | "W5-LSTM":
            kind = layers.GRU if w.name == "W5-GRU" else layers.LSTM
            return keras.Sequential([keras.Input((CONTEXT,)), layers.Embedding(VOCABULARY, WIDTH), kind(UNITS, return_sequences=True), layers.Dense(VOCABULARY)])
    return keras.Sequential([keras.Input(w.sizes[:1]), *(layers.Dense(n, activation="relu") for n in w.sizes[1:-1]), layers.Dense(w.sizes[-1])])


def build(w, variant):
    if w.name.startswith("W6"):
        return None
    if w.name == "W1":
        w.epochs = 50  # an epoch takes as long as the others, and 1,000 take 20 s
    X, y = data(w)
    m = model(w)
    m.compile("adam", "mse" if w.name == "W1" else keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return lambda: m.fit(X, y, batch_size=w.batch, epochs=w.epochs, verbose=0)


serve({"name": "tf.keras", "version": keras.__version__, "backend": f"TensorFlow {tf.__version__}, float32", "variants": ["fit"]}, build)
