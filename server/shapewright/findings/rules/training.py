"""SW5xx: data against the model."""

from __future__ import annotations

from shapewright.findings.finding import Severity
from shapewright.findings.rules.rule import declare

DATA_SHAPE = declare(
    "SW501",
    "data-does-not-fit-model",
    "The shape of the data does not fit the input of the model.",
    "The axes behind the batch axis must have the sizes that the model's Input declares.",
    """
import keras
import numpy as np

x = keras.Input(shape=(3, 2))
model = keras.Model(x, keras.layers.LSTM(10)(x))
model.predict(np.zeros((8, 5, 2)))
""",
    """
import keras
import numpy as np

x = keras.Input(shape=(3, 2))
model = keras.Model(x, keras.layers.LSTM(10)(x))
model.predict(np.zeros((8, 3, 2)))
""",
)
TARGET_SHAPE = declare(
    "SW502",
    "target-does-not-fit-output",
    "The loss cannot compare the targets with what the model gives.",
    "Each loss asks for targets of a certain shape. `categorical_crossentropy` takes one-hot labels, of the same shape as the "
    "output; `sparse_categorical_crossentropy` takes whole numbers, one for each row of classes. A Dense after a convolution "
    "or on images works on the last axis alone: without Flatten the output keeps all axes in front of it.",
    """
import keras
import numpy as np

model = keras.Sequential([keras.Input(shape=(8,)), keras.layers.Dense(3, activation="softmax")])
model.compile(loss="categorical_crossentropy")
model.fit(np.zeros((6, 8)), np.array([0, 1, 2, 0, 1, 2]))
""",
    """
import keras
import numpy as np

model = keras.Sequential([keras.Input(shape=(8,)), keras.layers.Dense(3, activation="softmax")])
model.compile(loss="sparse_categorical_crossentropy")
model.fit(np.zeros((6, 8)), np.array([0, 1, 2, 0, 1, 2]))
""",
)
INPUT_MISSING = declare(
    "SW506",
    "input-without-data",
    "A dict of data lacks one of the inputs of the model.",
    "A model with several inputs takes a dict by the names of its Inputs, or by the keys of the dict that they were given in.",
    """
import keras
import numpy as np

a = keras.Input(shape=(4,), name="age")
b = keras.Input(shape=(3,), name="income")
model = keras.Model([a, b], keras.layers.Concatenate()([a, b]))
model.predict({"age": np.zeros((8, 4)), "salary": np.zeros((8, 3))})
""",
    """
import keras
import numpy as np

a = keras.Input(shape=(4,), name="age")
b = keras.Input(shape=(3,), name="income")
model = keras.Model([a, b], keras.layers.Concatenate()([a, b]))
model.predict({"age": np.zeros((8, 4)), "income": np.zeros((8, 3))})
""",
)
DATA_KIND = declare(
    "SW507",
    "list-for-an-array",
    "Lists of numbers are given to a method that takes arrays.",
    "`fit`, `evaluate` and `predict` of Keras 3 take arrays, datasets and generators. A Python list is a list of inputs: of "
    "arrays, one for each input of the model.",
    """
import keras
import numpy as np

model = keras.Sequential([keras.Input(shape=(2,)), keras.layers.Dense(1)])
model.predict([[1.0, 2.0], [3.0, 4.0]])
""",
    """
import keras
import numpy as np

model = keras.Sequential([keras.Input(shape=(2,)), keras.layers.Dense(1)])
model.predict(np.array([[1.0, 2.0], [3.0, 4.0]]))
""",
)
BESIDE_DATASET = declare(
    "SW508",
    "targets-beside-a-dataset",
    "Targets or weights are given beside a dataset or a generator.",
    "A dataset gives the samples together with their targets (and weights): `(x, y)` or `(x, y, sample_weight)`.",
    """
import keras
import numpy as np
import tensorflow as tf

model = keras.Sequential([keras.Input(shape=(2,)), keras.layers.Dense(1)])
model.compile(loss="mse")
data = tf.data.Dataset.from_tensor_slices((np.zeros((8, 2)), np.zeros((8, 1)))).batch(4)
model.fit(data, np.zeros((8, 1)))
""",
    """
import keras
import numpy as np
import tensorflow as tf

model = keras.Sequential([keras.Input(shape=(2,)), keras.layers.Dense(1)])
model.compile(loss="mse")
data = tf.data.Dataset.from_tensor_slices((np.zeros((8, 2)), np.zeros((8, 1)))).batch(4)
model.fit(data)
""",
)
ROW_COUNTS = declare(
    "SW503",
    "unequal-numbers-of-samples",
    "There are more samples than targets, or fewer.",
    "The first axis of all arrays counts the samples, and Keras takes them in step: every sample needs its target.",
    """
import keras
import numpy as np

model = keras.Sequential([keras.Input(shape=(8,)), keras.layers.Dense(1)])
model.compile(loss="mse")
model.fit(np.zeros((16, 8)), np.zeros((8, 1)))
""",
    """
import keras
import numpy as np

model = keras.Sequential([keras.Input(shape=(8,)), keras.layers.Dense(1)])
model.compile(loss="mse")
model.fit(np.zeros((16, 8)), np.zeros((16, 1)))
""",
)
TARGET_BROADCAST = declare(
    "SW504",
    "target-stretched-to-output",
    "The loss stretches the targets over the output, or the output over the targets, without a word.",
    "A loss that works element by element broadcasts as NumPy does: an axis of size 1 is compared with every position of the "
    "other. The training runs and learns an average.",
    """
import keras
import numpy as np

model = keras.Sequential([keras.Input(shape=(20, 3)), keras.layers.LSTM(16), keras.layers.Dense(1)])
model.compile(loss="mse")
model.fit(np.zeros((64, 20, 3)), np.zeros((64, 20, 1)))
""",
    """
import keras
import numpy as np

model = keras.Sequential([keras.Input(shape=(20, 3)), keras.layers.LSTM(16, return_sequences=True), keras.layers.Dense(1)])
model.compile(loss="mse")
model.fit(np.zeros((64, 20, 3)), np.zeros((64, 20, 1)))
""",
    Severity.WARNING,
)
SOFTMAX_ONE = declare(
    "SW505",
    "softmax-over-one-unit",
    "A softmax over a single unit is always 1.",
    "Softmax makes the units of a layer sum to 1. For a yes or no, one unit takes `sigmoid`; two units take `softmax`.",
    """
import keras

x = keras.Input(shape=(8,))
y = keras.layers.Dense(1, activation="softmax")(x)
""",
    """
import keras

x = keras.Input(shape=(8,))
y = keras.layers.Dense(1, activation="sigmoid")(x)
""",
    Severity.WARNING,
)
