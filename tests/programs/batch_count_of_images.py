import keras
import numpy as np
from keras import layers

x = keras.Input(shape=(6000, 28, 28, 1))  #: (None, 6000, 28, 28, 1)
#:                    ^^^^^^^^^^^^^^^^^ SW101
y = layers.Conv2D(4, 3)(x)
