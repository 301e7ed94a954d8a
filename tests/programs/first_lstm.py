"""The program it all began with, as it should be."""
import keras
import numpy as np

data = np.array([1, 2, 3]).reshape((1, 3, 1))  #: (1, 3, 1)
x = keras.layers.Input(shape=(3, 1))  #: (None, 3, 1)
y = keras.layers.LSTM(10)(x)  #: (None, 10), 480 parameters
model = keras.Model(inputs=x, outputs=y)  #: (None, 3, 1) → (None, 10), 480 parameters
result = model.predict(data, verbose=0)  #: (1, 10)
