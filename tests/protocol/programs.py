"""The first program, and its mistake. Characters beyond the 16-bit ones stand before what is asked about."""

FIRST = """\
import numpy as np
from tensorflow import keras

"🙂 é"; data = np.array([1, 2, 3]).reshape((1, 3, 1))
"🙂 é"; x = keras.layers.Input(shape=(3, 1))
"🙂 é"; y = keras.layers.LSTM(10)(x)
"🙂 é"; model = keras.Model(inputs=x, outputs=y)
print(model.predict(data))
"""

MISTAKE = FIRST.replace("shape=(3, 1)", "shape=(1, 3, 1)")

SHAPES = ["data: (1, 3, 1)", "x: (None, 3, 1)", "y: (None, 10)", "model: (None, 3, 1) → (None, 10)"]
