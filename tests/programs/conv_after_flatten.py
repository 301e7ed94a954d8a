import keras
import numpy as np
from keras import layers

x = keras.Input((16, 3))  #: (None, 16, 3)
h = layers.Flatten()(x)  #: (None, 48)
#:  ^^^^^^^^^^^^^^^^ SW201
y = layers.Conv1D(4, 3)(h)
