import keras
import numpy as np
from keras import layers

batch_size = 32
x = keras.Input((784,))  #: (None, 784)
y = layers.Reshape((batch_size, 28, 28))(x)
#:                 ^^^^^^^^^^^^^^^^^^^^ SW401
