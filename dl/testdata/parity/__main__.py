"""Writes the fixtures that the parity tests of package dl read.

    python -m venv parity && parity/bin/pip install torch==2.15.0 keras==3.15.1 numpy==2.4.6 safetensors==0.8.0
    parity/bin/python dl/testdata/parity [layers] [losses] [optimizers] [schedules]

Everything is computed in float64 on one thread. Parameters have dl's shapes:
channels last, weights in×out. The tests need no Python.
"""

import os
import sys

os.environ["KERAS_BACKEND"] = "torch"

import keras
import numpy as np
import torch

keras.config.set_floatx("float64")

import common
import layers
import losses
import optimizers
import schedules

topics = {"layers": layers, "losses": losses, "optimizers": optimizers, "schedules": schedules}
for name in sys.argv[1:] or topics:
    fixture = {"torch": torch.__version__, "keras": keras.__version__, "numpy": np.__version__}
    common.write(name, fixture | topics[name].fixture())
