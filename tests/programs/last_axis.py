import keras
from keras import layers

shared = layers.Dense(4)
a = shared(keras.Input((8,)))  #: (None, 4)
b = shared(keras.Input((9,)))  #: (None, 4)
#:  ^^^^^^^^^^^^^^^^^^^^^^^^^ SW202
conv = layers.Conv1D(4, 3)
c = conv(keras.Input((10, 2)))  #: (None, 8, 4)
d = conv(keras.Input((10, 3)))  #: -
#:  ^^^^^^^^^^^^^^^^^^^^^^^^^^ SW202
