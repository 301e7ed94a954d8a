"""SW2xx to SW4xx: what layers ask for, merging, numbers of elements."""

from __future__ import annotations

from shapewright.findings.finding import Severity
from shapewright.findings.rules.rule import declare

LAYER_RANK = declare(
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
LAYER_AXIS = declare(
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
NO_SIZE_LEFT = declare(
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
UNDEFINED = declare(
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
CHANNELS_FIRST = declare(
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
OPERATION_RANK = declare(
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
WEIGHT_SHAPE = declare(
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
LOST = declare(
    "SW208",
    "shape-lost-in-python-code",
    "What `tf.numpy_function` or `tf.py_function` gives has no known shape, and a model is trained on it.",
    "TensorFlow does not look into Python code that it calls from a graph: of what comes back it knows the dtype alone, not even "
    "the number of axes. `set_shape` says what it is.",
    """
import numpy as np
import tensorflow as tf

def load(number):
    return np.zeros((8,), np.float32)

def element(number):
    x = tf.numpy_function(load, [number], tf.float32)
    return x, 0.0

data = tf.data.Dataset.range(8).map(element).batch(4)
model = tf.keras.Sequential([tf.keras.Input(shape=(8,)), tf.keras.layers.Dense(1)])
model.compile(loss="mse")
model.fit(data)
""",
    """
import numpy as np
import tensorflow as tf

def load(number):
    return np.zeros((8,), np.float32)

def element(number):
    x = tf.numpy_function(load, [number], tf.float32)
    x.set_shape((8,))
    return x, 0.0

data = tf.data.Dataset.range(8).map(element).batch(4)
model = tf.keras.Sequential([tf.keras.Input(shape=(8,)), tf.keras.layers.Dense(1)])
model.compile(loss="mse")
model.fit(data)
""",
)
MAPS = declare(
    "SW209",
    "classes-for-every-position",
    "A classifier of images ends in a softmax for every position of its maps.",
    "Dense works on the last axis and keeps all axes in front of it: behind a convolution it gives one row of classes for every "
    "position of the maps. For one row for each image it takes a Flatten or a global pooling in front of it. Nothing is said "
    "where targets show what is meant.",
    """
import keras

model = keras.Sequential([
    keras.Input(shape=(28, 28, 1)),
    keras.layers.Conv2D(8, 3),
    keras.layers.Dense(10, activation="softmax"),
])
model.compile(loss="categorical_crossentropy")
""",
    """
import keras

model = keras.Sequential([
    keras.Input(shape=(28, 28, 1)),
    keras.layers.Conv2D(8, 3),
    keras.layers.Flatten(),
    keras.layers.Dense(10, activation="softmax"),
])
model.compile(loss="categorical_crossentropy")
""",
    Severity.WARNING,
)
MERGE = declare(
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
OUTER = declare(
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
ELEMENTS = declare(
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
INDEX = declare(
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
NO_AXIS = declare(
    "SW404",
    "axis-does-not-exist",
    "A function is told to work on an axis that its array does not have.",
    "The axes of an array are counted from 0, or from -1 at the end: an array of two axes has 0 and 1, which are -2 and -1. A "
    "transpose names every axis once, the batch axis as well.",
    """
import numpy as np

means = np.ones((3, 4)).mean(axis=2)
""",
    """
import numpy as np

means = np.ones((3, 4)).mean(axis=1)
""",
)
NOT_ONE = declare(
    "SW405",
    "squeeze-of-longer-axis",
    "An axis is squeezed out that has more than one position.",
    "Squeezing takes away axes of size 1, which hold nothing of their own. An axis with more positions is taken away by an "
    "index, which picks one of them, or by a reduction.",
    """
import numpy as np

row = np.squeeze(np.ones((3, 4)), axis=0)
""",
    """
import numpy as np

row = np.squeeze(np.ones((1, 4)), axis=0)
""",
)
UNEVEN = declare(
    "SW406",
    "split-leaves-remainder",
    "An axis is cut into equal parts, and its size is no multiple of their number.",
    "`split` with a number cuts into equal parts. `array_split` of NumPy and Keras lets them differ by one; a list of sizes or "
    "positions says where to cut.",
    """
import numpy as np

parts = np.split(np.ones((10, 2)), 3)
""",
    """
import numpy as np

parts = np.split(np.ones((10, 2)), 5)
""",
)
REORDERED = declare(
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
RAGGED = declare(
    "SW407",
    "rows-of-several-lengths",
    "An array is made of rows that have not all one length.",
    "An array has one length for each axis. Rows of several lengths are filled up or cut first, or kept as a list.",
    """
import numpy as np

words = np.array([[3, 5, 2], [7, 1]])
""",
    """
import numpy as np

words = np.array([[3, 5, 2], [7, 1, 0]])
""",
)
LABELS = declare(
    "SW303",
    "labels-against-logits",
    "Labels that a loss of `tf.nn` cannot compare with the logits.",
    "`sparse_softmax_cross_entropy_with_logits` takes whole numbers, one for each row of logits; "
    "`softmax_cross_entropy_with_logits` and `sigmoid_cross_entropy_with_logits` take labels of the shape of the logits.",
    """
import tensorflow as tf

labels = tf.zeros((8, 3), tf.int32)
loss = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=tf.zeros((8, 3)))
""",
    """
import tensorflow as tf

labels = tf.zeros((8,), tf.int32)
loss = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=tf.zeros((8, 3)))
""",
)
UNPACKED = declare(
    "SW408",
    "unpacked-into-other-number",
    "A shape, an array or what a layer or function gives is taken apart into another number of names than it has parts.",
    "The shape of color images has three sizes, that of a batch of them four; an LSTM with `return_state=True` gives its output "
    "and two states; an array has as many parts as its first axis is long. Every part needs a name, or a slice takes those that "
    "are wanted.",
    """
import numpy as np

image = np.zeros((28, 32, 3))
height, width = image.shape
""",
    """
import numpy as np

image = np.zeros((28, 32, 3))
height, width = image.shape[:2]
""",
)
