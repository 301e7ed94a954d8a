"""The data's shape written into the Input."""
import keras
import numpy as np

data = np.array([1, 2, 3]).reshape((1, 3, 1))  #: (1, 3, 1)
x = keras.layers.Input(shape=(1, 3, 1))  #: (None, 1, 3, 1)
#:                           ^^^^^^^^^ SW101
y = keras.layers.LSTM(10)(x)  #: (None, 10)
model = keras.Model(inputs=x, outputs=y)  #: (None, 1, 3, 1) → (None, 10)
