"""The batch axis in `shape`, however it is written."""
import keras
import numpy as np
from keras import Input, layers

series = np.zeros((32, 10, 2))  #: (32, 10, 2)
x = keras.Input(shape=(32, 10, 2))  #: (None, 32, 10, 2)
#:                    ^^^^^^^^^^^ SW101
y = layers.LSTM(4)(x)  #: (None, 4)
a = Input((1, 28, 28, 3))  #: (None, 1, 28, 28, 3)
#:        ^^^^^^^^^^^^^^ SW101
b = layers.MaxPooling2D()(a)  #: -
batch_size = 16
c = Input(shape=(batch_size, 7, 3))  #: (None, 16, 7, 3)
#:              ^^^^^^^^^^^^^^^^^^ SW101
d = layers.GRU(5)(c)  #: (None, 5)
e = Input(shape=(None, 6, 3))  #: (None, None, 6, 3)
#:              ^^^^^^^^^^^^ SW101
f = layers.SimpleRNN(5)(e)  #: (None, 5)
