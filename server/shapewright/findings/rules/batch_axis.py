"""SW1xx: the batch axis."""

from __future__ import annotations

from shapewright.findings.finding import Severity
from shapewright.findings.rules.rule import declare

BATCH_IN_INPUT = declare(
    "SW101",
    "batch-axis-in-input-shape",
    "The batch axis is written into the shape of an Input.",
    "`shape` (and `input_shape`) is the shape of one sample. Keras adds the batch axis in front of it, so a shape that "
    "already has one gives a tensor with an axis too many. `batch_shape` is the argument for a shape with its batch axis.",
    """
import keras

x = keras.Input(shape=(1, 3, 1))
y = keras.layers.LSTM(10)(x)
""",
    """
import keras

x = keras.Input(shape=(3, 1))
y = keras.layers.LSTM(10)(x)
""",
)
BATCH_MISSING = declare(
    "SW102",
    "batch-axis-missing-in-data",
    "One sample is given where a batch of samples is needed.",
    "`predict`, `fit`, `evaluate` and calling a model take batches: the first axis counts the samples. One sample needs "
    "an axis of size 1 in front.",
    """
import keras
import numpy as np

model = keras.Sequential([keras.Input(shape=(28, 28)), keras.layers.Flatten(), keras.layers.Dense(10)])
image = np.zeros((28, 28))
model.predict(image)
""",
    """
import keras
import numpy as np

model = keras.Sequential([keras.Input(shape=(28, 28)), keras.layers.Flatten(), keras.layers.Dense(10)])
image = np.zeros((28, 28))
model.predict(np.expand_dims(image, axis=0))
""",
)
SAMPLE_AS_BATCH = declare(
    "SW103",
    "one-sample-taken-as-a-batch",
    "Data of exactly one sample's shape is taken as many samples, because Keras adds a last axis of size 1.",
    "When the model's last axis has size 1, Keras accepts data without it. Data that has the shape of one sample then runs, "
    "with its first axis taken for the samples: the result has as many rows as the sample has steps.",
    """
import keras
import numpy as np

model = keras.Sequential([keras.Input(shape=(3, 1)), keras.layers.LSTM(10)])
series = np.zeros((3, 1))
model.predict(series)
""",
    """
import keras
import numpy as np

model = keras.Sequential([keras.Input(shape=(3, 1)), keras.layers.LSTM(10)])
series = np.zeros((3, 1))
model.predict(np.expand_dims(series, axis=0))
""",
    Severity.WARNING,
)
STATEFUL = declare(
    "SW104",
    "stateful-without-batch-size",
    "A stateful layer is called on a tensor whose batch size is open.",
    "`stateful=True` carries one state for each sample from batch to batch, so every batch has the same size, and the Input has "
    "to say which.",
    """
import keras

x = keras.Input(shape=(5, 1))
y = keras.layers.GRU(8, stateful=True)(x)
""",
    """
import keras

x = keras.Input(shape=(5, 1), batch_size=4)
y = keras.layers.GRU(8, stateful=True)(x)
""",
)
SAMPLES_MIXED = declare(
    "SW105",
    "samples-mixed",
    "The samples of a batch are reduced to one, or made to depend on each other.",
    "Axis 0 of a Keras tensor counts the samples. A mean, a maximum or a softmax over it mixes samples that have "
    "nothing to do with each other, and what a model gives for one of them then depends on the others in its batch. "
    "The features are the last axis, -1.",
    """
import keras

x = keras.Input(shape=(10,))
y = keras.layers.Softmax(axis=0)(keras.layers.Dense(3)(x))
""",
    """
import keras

x = keras.Input(shape=(10,))
y = keras.layers.Softmax(axis=-1)(keras.layers.Dense(3)(x))
""",
    Severity.WARNING,
)
BATCH_FIXED = declare(
    "SW106",
    "batch-size-written-into-a-reshape",
    "A reshape works for batches of one size alone.",
    "The last batch is often smaller, and `predict` makes batches of 32 whatever the model was trained with. With -1 "
    "in the place of the batch size the reshape works for any number of samples.",
    """
import keras

x = keras.Input(shape=(20, 8))
y = keras.ops.reshape(x, (32, 160))
""",
    """
import keras

x = keras.Input(shape=(20, 8))
y = keras.ops.reshape(x, (-1, 160))
""",
    Severity.WARNING,
)
NONE_SIZE = declare(
    "SW107",
    "loop-over-the-batch-axis",
    "A number is asked for where the size of an axis is `None`.",
    "The batch axis of a Keras tensor, `shape[0]`, is `None` until there is data, so no Python loop can run over it. "
    "The first axis of one sample is `shape[1]`.",
    """
import keras

x = keras.Input(shape=(4, 6))
parts = [x[:, n] for n in range(x.shape[0])]
""",
    """
import keras

x = keras.Input(shape=(4, 6))
parts = [x[:, n] for n in range(x.shape[1])]
""",
)
COUNT_AS_SIZE = declare(
    "SW108",
    "number-of-samples-as-size",
    "The batch size, or the number of samples, is declared as the number of steps of one sample.",
    "A Sequential model compares the number of axes alone, so that data of another length runs where the layers can do with "
    "it. `input_shape` is the shape of one sample: (time steps, features); how many samples there are is not said there.",
    """
import keras
import numpy as np

model = keras.Sequential([keras.Input(shape=(30, 5)), keras.layers.LSTM(4), keras.layers.Dense(1)])
model.compile(loss="mse")
model.fit(np.zeros((60, 7, 5)), np.zeros((60, 1)), batch_size=30, verbose=0)
""",
    """
import keras
import numpy as np

model = keras.Sequential([keras.Input(shape=(7, 5)), keras.layers.LSTM(4), keras.layers.Dense(1)])
model.compile(loss="mse")
model.fit(np.zeros((60, 7, 5)), np.zeros((60, 1)), batch_size=30, verbose=0)
""",
    Severity.WARNING,
)
