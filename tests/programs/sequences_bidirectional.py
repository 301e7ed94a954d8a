import keras
import numpy as np
from keras import layers

x = keras.Input((10, 3))  #: (None, 10, 3)
h = layers.Bidirectional(layers.GRU(8))(x)  #: (None, 16)
#:                       ^^^^^^^^^^^^^ SW201
y = layers.GRU(4)(h)  #: (None, 4)
