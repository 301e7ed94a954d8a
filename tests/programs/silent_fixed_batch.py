import keras
import numpy as np
from keras import layers

x = keras.Input((20, 8))  #: (None, 20, 8)
y = keras.ops.reshape(x, (32, 160))  #: (32, 160)
#:                       ^^^^^^^^^ SW106
z = keras.ops.reshape(x, (-1, 160))  #: (None, 160)
