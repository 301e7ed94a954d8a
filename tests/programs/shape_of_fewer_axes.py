import keras
import numpy as np

rows = np.zeros((100, 28))  #: (100, 28)
if True:
    samples, steps, features = rows.shape
#:  ^^^^^^^^^^^^^^^^^^^^^^^^ SW408
series = keras.Input(shape=(10, 4))  #: (None, 10, 4)
length, width = series.shape
#:              ^^^^^^^^^^^^ SW408
right = keras.Input(shape=(width or 4,))  #: (None, ?)
