import numpy as np
import keras
from keras import layers

colours = keras.Input((1,), dtype="string")  #: (None, 1)
known = layers.StringLookup(vocabulary=["red", "green"], output_mode="one_hot")(colours)  #: (None, 3)
many = keras.Input((5,), dtype="string")  #: (None, 5)
counted = layers.StringLookup(vocabulary=["red", "green"], num_oov_indices=2, output_mode="count")(many)  #: (None, 4)
places = layers.StringLookup(vocabulary=["red"])(many)  #: (None, 5)
bins = layers.Discretization([0.0, 1.0, 2.0], output_mode="one_hot")(keras.Input((1,)))  #: (None, 4)
