import keras
import numpy as np
from keras import layers

rows, steps, width = 64, 10, 3
data = np.zeros((rows, steps, width))  #: (64, 10, 3)
sample = (rows, steps, width)
#:       ^^^^^^^^^^^^^^^^^^^^ SW101
x = keras.Input(shape=sample)  #: (None, 64, 10, 3)
y = layers.SimpleRNN(4)(x)  #: (None, 4)
