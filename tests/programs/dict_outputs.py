"""A model whose outputs are a dict gives a dict of what its layers make of the data."""
import keras
import numpy as np
from keras import layers

x = keras.Input((8,))  #: (None, 8)
features = {"small": layers.Dense(2)(x), "large": layers.Dense(5)(x)}
model = keras.Model(x, features)
found = model(np.zeros((3, 8)))
small = found["small"]  #: (3, 2)
large = found["large"]  #: (3, 5)
y = keras.Input((8,))  #: (None, 8)
again = model(y)
whole = keras.Model(y, layers.Concatenate()([again["small"], again["large"]]))
result = whole.predict(np.zeros((4, 8)), verbose=0)  #: (4, 7)
