import keras
import numpy as np
from keras import layers

x = keras.Input((8, 8, 4))  #: (None, 8, 8, 4)
y = layers.Permute((2, 1))(x)
#:                 ^^^^^^ SW201
