"""The rules, each declared once: what it is called, how bad it is, what it means, and programs that show it.

`shapewright rule`, the pages in docs/rules and the codes in an editor come from here.
"""

from __future__ import annotations

from dataclasses import dataclass

from shapewright.findings.finding import Severity

DOCUMENTATION = "https://github.com/shapewright/shapewright/blob/main/docs/rules"


@dataclass(frozen=True)
class Rule:
    """A kind of mistake."""

    code: str
    name: str
    severity: Severity
    summary: str
    why: str
    wrong: str
    right: str

    @property
    def url(self) -> str:
        """The rule's page."""
        return f"{DOCUMENTATION}/{self.code}.md"


RULES: dict[str, Rule] = {}


def _declare(
    code: str, name: str, summary: str, why: str, wrong: str, right: str, severity: Severity = Severity.ERROR
) -> Rule:
    rule = Rule(code, name, severity, summary, why, wrong.strip() + "\n", right.strip() + "\n")
    RULES[code] = rule
    return rule


BATCH_IN_INPUT = _declare(
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
BATCH_MISSING = _declare(
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
SAMPLE_AS_BATCH = _declare(
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
STATEFUL = _declare(
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
SAMPLES_MIXED = _declare(
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
BATCH_FIXED = _declare(
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
NONE_SIZE = _declare(
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
COUNT_AS_SIZE = _declare(
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
LAYER_RANK = _declare(
    "SW201",
    "layer-input-rank",
    "A layer is called on a tensor with too many or too few axes.",
    "Recurrent layers take (batch, time, features), Conv2D takes (batch, height, width, channels), Dense at least "
    "(batch, features).",
    """
import keras

x = keras.Input(shape=(64,))
y = keras.layers.LSTM(10)(x)
""",
    """
import keras

x = keras.Input(shape=(64, 1))
y = keras.layers.LSTM(10)(x)
""",
)
LAYER_AXIS = _declare(
    "SW202",
    "layer-input-size",
    "A layer is called again on a tensor of another width than the one it was built for.",
    "A layer makes its weights at the first call, for the number of features that it sees there. Later calls must have "
    "the same number.",
    """
import keras

shared = keras.layers.Dense(4)
a = shared(keras.Input(shape=(8,)))
b = shared(keras.Input(shape=(9,)))
""",
    """
import keras

shared = keras.layers.Dense(4)
a = shared(keras.Input(shape=(8,)))
b = shared(keras.Input(shape=(8,)))
""",
)
NO_SIZE_LEFT = _declare(
    "SW203",
    "no-size-left",
    "A convolution or pooling leaves no positions on an axis.",
    "A window that is larger than its axis fits nowhere. Too many poolings in a row, or channels in the place of the "
    'height, are the usual reasons. `padding="same"` keeps at least one position.',
    """
import keras

x = keras.Input(shape=(2, 8))
y = keras.layers.Conv1D(4, kernel_size=3)(x)
""",
    """
import keras

x = keras.Input(shape=(2, 8))
y = keras.layers.Conv1D(4, kernel_size=3, padding="same")(x)
""",
)
UNDEFINED = _declare(
    "SW204",
    "size-not-defined",
    "A layer makes weights for an axis whose size is not known.",
    "A Dense layer has a weight for each feature, so the last axis of its input needs a size. Flatten over an axis of size "
    "`None` gives such an axis; a global pooling does not.",
    """
import keras

x = keras.Input(shape=(None, 4))
y = keras.layers.Dense(2)(keras.layers.Flatten()(x))
""",
    """
import keras

x = keras.Input(shape=(None, 4))
y = keras.layers.Dense(2)(keras.layers.GlobalMaxPooling1D()(x))
""",
)
CHANNELS_FIRST = _declare(
    "SW205",
    "channels-not-last",
    "Images seem to have their channels first, and the layer takes the last axis for the channels.",
    'Keras expects (height, width, channels) unless `data_format="channels_first"` says otherwise. On (3, 32, 32) a '
    "convolution slides over 3 rows of 32 columns with 32 channels each: it runs, and learns nothing of what was "
    "meant.",
    """
import keras

x = keras.Input(shape=(3, 32, 32))
y = keras.layers.Conv2D(8, (3, 3), padding="same")(x)
""",
    """
import keras

x = keras.Input(shape=(32, 32, 3))
y = keras.layers.Conv2D(8, (3, 3), padding="same")(x)
""",
    Severity.WARNING,
)
OPERATION_RANK = _declare(
    "SW206",
    "operation-rank",
    "A function of TensorFlow is called on a tensor with too many or too few axes, or a crop has too few sizes.",
    "`tf.nn.conv2d` and its like take a batch, (batch, height, width, channels). The functions of `tf.image` take an "
    "image, (height, width, channels), or a batch of them: a gray image has a last axis of size 1. The size of "
    "`tf.image.random_crop` has a number for every axis, the batch and the channels as well.",
    """
import tensorflow as tf

gray = tf.zeros((28, 28))
large = tf.image.resize(gray, (56, 56))
""",
    """
import tensorflow as tf

gray = tf.zeros((28, 28))
large = tf.image.resize(gray[..., tf.newaxis], (56, 56))
""",
)
WEIGHT_SHAPE = _declare(
    "SW207",
    "weight-shape",
    "`set_weights` gives a layer arrays of other shapes than its weights have.",
    "The weights of a layer have the shapes that its arguments and its input ask for: those of an Embedding are "
    "(input_dim, output_dim). An array of another shape cannot be put into them.",
    """
import keras
import numpy as np

words = keras.layers.Embedding(50, 100)
y = words(keras.Input(shape=(7,)))
words.set_weights([np.zeros((400, 40))])
""",
    """
import keras
import numpy as np

words = keras.layers.Embedding(400, 40)
y = words(keras.Input(shape=(7,)))
words.set_weights([np.zeros((400, 40))])
""",
)
MERGE = _declare(
    "SW301",
    "merge-of-unlike-shapes",
    "Shapes that are added, concatenated or otherwise merged do not fit together.",
    "Add and its like need sizes that are equal or 1; Concatenate needs all sizes but the joined one to be equal.",
    """
import keras

a = keras.Input(shape=(5, 3))
b = keras.Input(shape=(4, 3))
c = keras.layers.Add()([a, b])
""",
    """
import keras

a = keras.Input(shape=(5, 3))
b = keras.Input(shape=(4, 3))
c = keras.layers.Concatenate(axis=1)([a, b])
""",
)
OUTER = _declare(
    "SW302",
    "every-pair-instead-of-each",
    "A prediction of shape (n, 1) and targets of shape (n,) are combined to (n, n).",
    "Broadcasting puts a row beside a column: instead of one difference for each sample there is one for every pair "
    "of samples. The loss is a number all the same, and the model learns the mean of the targets.",
    """
import keras
import numpy as np

model = keras.Sequential([keras.Input(shape=(4,)), keras.layers.Dense(1)])
x, y = np.zeros((16, 4), "float32"), np.zeros((16,), "float32")
error = y - model(x)
""",
    """
import keras
import numpy as np

model = keras.Sequential([keras.Input(shape=(4,)), keras.layers.Dense(1)])
x, y = np.zeros((16, 4), "float32"), np.zeros((16,), "float32")
error = y[:, None] - model(x)
""",
    Severity.WARNING,
)
ELEMENTS = _declare(
    "SW401",
    "reshape-changes-element-count",
    "A reshape asks for another number of elements than there are.",
    "Reshaping keeps every element: the sizes of the old and the new shape have the same product. The Reshape layer "
    "leaves the batch axis alone, `numpy.reshape` does not.",
    """
import numpy as np

data = np.arange(12).reshape((5, 2))
""",
    """
import numpy as np

data = np.arange(12).reshape((6, 2))
""",
)
INDEX = _declare(
    "SW402",
    "index-out-of-shape",
    "An index does not exist in the shape of the array.",
    "An array of n axes takes at most n indices, and each must be smaller than the size of its axis.",
    """
import numpy as np

row = np.zeros((3, 4))[3]
""",
    """
import numpy as np

row = np.zeros((3, 4))[2]
""",
)
REORDERED = _declare(
    "SW403",
    "reshape-instead-of-transpose",
    "A reshape gives the same sizes in another order: it does not move axes, it mixes what is in them.",
    "`reshape` keeps the elements in their order in memory and cuts them anew. To put axes in another order takes "
    "`transpose`; after the reshape every sample holds parts of several.",
    """
import numpy as np

images = np.random.rand(3, 12, 50)
samples = images.reshape(50, 3, 12)
""",
    """
import numpy as np

images = np.random.rand(3, 12, 50)
samples = np.transpose(images, (2, 0, 1))
""",
    Severity.WARNING,
)
DATA_SHAPE = _declare(
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
TARGET_SHAPE = _declare(
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
ROW_COUNTS = _declare(
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
TARGET_BROADCAST = _declare(
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
SOFTMAX_ONE = _declare(
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
REMOVED = _declare(
    "SW601",
    "argument-removed-in-keras-3",
    "An argument that Keras 3 layers do not take any more.",
    "Layers of Keras 2 took `batch_input_shape`. Keras 3 refuses arguments that it does not know: what the model is given is "
    "said by an Input in front.",
    """
import keras

model = keras.Sequential([keras.layers.Conv2D(8, 3, batch_input_shape=(None, 32, 32, 3))])
""",
    """
import keras

model = keras.Sequential([keras.Input(shape=(32, 32, 3)), keras.layers.Conv2D(8, 3)])
""",
)
DISCONNECTED = _declare(
    "SW602",
    "output-not-connected-to-inputs",
    "An output of a model is computed from an Input that the model does not have.",
    "`keras.Model(inputs, outputs)` takes the part of the graph between its inputs and its outputs: every Input that an output "
    "is computed from has to be among the inputs.",
    """
import keras

a = keras.Input(shape=(3,))
b = keras.Input(shape=(3,))
model = keras.Model(a, keras.layers.Add()([a, b]))
""",
    """
import keras

a = keras.Input(shape=(3,))
b = keras.Input(shape=(3,))
model = keras.Model([a, b], keras.layers.Add()([a, b]))
""",
)
INT_FOR_TUPLE = _declare(
    "SW603",
    "number-for-a-shape",
    "A number is given where a shape is asked for.",
    "A shape is a tuple of sizes. For one axis it is written with a comma: `(784,)`.",
    """
import keras

x = keras.Input(shape=(28, 28))
y = keras.layers.Reshape(784)(x)
""",
    """
import keras

x = keras.Input(shape=(28, 28))
y = keras.layers.Reshape((784,))(x)
""",
)
SYMBOLIC = _declare(
    "SW604",
    "keras-tensor-in-another-library",
    "A Keras tensor is given to a function of TensorFlow or NumPy.",
    "What `Input` and layers give while a model is described holds no numbers. In Keras 3 only layers and `keras.ops` "
    "take it; a function of TensorFlow needs a layer around it.",
    """
import keras
import tensorflow as tf

x = keras.Input(shape=(2, 2))
y = tf.expand_dims(x, -1)
""",
    """
import keras

x = keras.Input(shape=(2, 2))
y = keras.ops.expand_dims(x, -1)
""",
)
DECLARED = _declare(
    "SW620",
    "declared-shape-differs",
    "A shape that a comment or an annotation declares is not the one that the value has.",
    "`# shape: (batch, 3)` behind an assignment and annotations of jaxtyping say which shape a reader may count on. Names "
    "stand for any size; numbers and the number of axes are compared with what is known.",
    """
import numpy as np

weights = np.zeros((2, 3))  # shape: (3, 2)
""",
    """
import numpy as np

weights = np.zeros((2, 3))  # shape: (2, 3)
""",
    Severity.HINT,
)
UNUSED_IGNORE = _declare(
    "SW901",
    "unused-ignore",
    "A comment silences what is not found there.",
    "The mistake was mended, or the comment stands on another line. A comment that stays behind would hide the next one.",
    """
import keras

x = keras.Input(shape=(3, 1))  # shapewright: ignore[SW101]
y = keras.layers.LSTM(10)(x)
""",
    """
import keras

x = keras.Input(shape=(3, 1))
y = keras.layers.LSTM(10)(x)
""",
    Severity.HINT,
)
