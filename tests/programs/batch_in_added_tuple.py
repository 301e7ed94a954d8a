import keras
import numpy as np
from keras import layers

size = (32, 32, 3)
x = keras.Input(shape=(1,) + size)  #: (None, 1, 32, 32, 3)
#:                    ^^^^^^^^^^^ SW101
y = layers.Conv2D(4, 3)(x)
