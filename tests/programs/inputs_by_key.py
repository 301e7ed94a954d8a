"""A model of several inputs takes a dict in any order: Keras goes by its keys."""

import keras
import numpy as np

a = keras.Input((3,), name="a")  #: (None, 3)
b = keras.Input((4,), name="b")  #: (None, 4)
joined = keras.layers.Concatenate()([keras.layers.Dense(2)(a), b])
by_key = keras.Model({"a": a, "b": b}, joined)
in_order = keras.Model([a, b], joined)

y = by_key({"b": np.ones((5, 4)), "a": np.ones((5, 3))})  #: (5, 6)
z = in_order({"b": np.ones((5, 4)), "a": np.ones((5, 3))})  #: (5, 6)

data = {"a": np.ones((5, 3)), "b": np.ones((5, 4))}
data["a"] = np.ones((6, 3))
data["b"] = np.ones((6, 4))
w = by_key(data)  #: (6, 6)
