"""SW6xx: the API; SW9xx: the analysis itself."""

from __future__ import annotations

from shapewright.findings.finding import Severity
from shapewright.findings.rules.rule import declare

REMOVED = declare(
    "SW601",
    "argument-removed-in-keras-3",
    "An argument that Keras 3 layers do not take any more.",
    "Layers of Keras 2 took `batch_input_shape`. Keras 3 refuses arguments that it does not know: what the model is given is "
    "said by an Input in front. `add_weight`, in a layer of your own, took the name first; now the name is a keyword.",
    """
import keras

model = keras.Sequential([keras.layers.Conv2D(8, 3, batch_input_shape=(None, 32, 32, 3))])
""",
    """
import keras

model = keras.Sequential([keras.Input(shape=(32, 32, 3)), keras.layers.Conv2D(8, 3)])
""",
)
DISCONNECTED = declare(
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
INT_FOR_TUPLE = declare(
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
SYMBOLIC = declare(
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
ARGUMENT = declare(
    "SW605",
    "argument-out-of-range",
    "A layer is made with an argument that its constructor refuses.",
    "Numbers of units, filters and heads are positive, rates lie between 0 and 1, and `groups` divides `filters`: Keras looks at "
    "these before the layer has seen any input.",
    """
import keras

x = keras.Input(shape=(28, 28, 3))
y = keras.layers.Conv2D(10, 3, groups=3)(x)
""",
    """
import keras

x = keras.Input(shape=(28, 28, 3))
y = keras.layers.Conv2D(9, 3, groups=3)(x)
""",
)
DECLARED = declare(
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
UNUSED_IGNORE = declare(
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
TENSOR_FOR_ARGUMENT = declare(
    "SW606",
    "layer-not-called",
    "A tensor is given where a layer is made, or a layer where a tensor is asked for.",
    "A layer is made first, with what it has to know of itself, and then called on a tensor: `Flatten()(x)`. `Flatten(x)` takes "
    "the tensor for an argument of the layer, and `x = Flatten()` is a layer still.",
    """
import keras

x = keras.Input(shape=(28, 28))
y = keras.layers.Flatten(x)
""",
    """
import keras

x = keras.Input(shape=(28, 28))
y = keras.layers.Flatten()(x)
""",
)
INPUTS_OF_CALL = declare(
    "SW607",
    "inputs-of-a-layer",
    "A layer is called with another number of inputs than it takes.",
    "Layers that merge take one list of tensors: `Add()([a, b])`. Other layers take one tensor, and a list has to be made into "
    "one before.",
    """
import keras

a = keras.Input(shape=(3,))
b = keras.Input(shape=(3,))
y = keras.layers.Add()(a, b)
""",
    """
import keras

a = keras.Input(shape=(3,))
b = keras.Input(shape=(3,))
y = keras.layers.Add()([a, b])
""",
)
SIZES = declare(
    "SW608",
    "no-sizes-of-a-shape",
    "The sizes of an `Input` are not whole numbers.",
    "A shape is one flat tuple of whole numbers. `width / 2` is a float, `(x_train.shape[1:], 1)` a tuple in a tuple, and a size "
    "that may be any is `None`, not -1.",
    """
import keras

width = 28
x = keras.Input(shape=(width / 2, 1))
""",
    """
import keras

width = 28
x = keras.Input(shape=(width // 2, 1))
""",
)
