import keras
import numpy as np
from keras import layers

x = keras.Input((1, 18, 8))  #: (None, 1, 18, 8)
y = layers.Reshape((15, 8))(x)
#:                 ^^^^^^^ SW401
