"""One sample that runs as many, because Keras adds the last axis."""
import keras
import numpy as np

model = keras.Sequential([keras.Input(shape=(3, 1)), keras.layers.LSTM(10)])  #: (None, 3, 1) → (None, 10)
series = np.zeros((3, 1))  #: (3, 1)
#:       ^^^^^^^^^^^^^^^^ SW103
p = model.predict(series, verbose=0)  #: (3, 10)
