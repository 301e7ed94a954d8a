import keras
import numpy as np
from keras import layers

x = keras.Input((28, 28))  #: (None, 28, 28)
h = layers.Reshape((-1, 28, 28, 1))(x)  #: (None, 1, 28, 28, 1)
#:                 ^^^^^^^^^^^^^^^ SW201
y = layers.Conv2D(4, 3)(h)
