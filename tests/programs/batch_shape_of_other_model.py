import keras
import numpy as np
from keras import layers

x = keras.Input((8, 8, 3))  #: (None, 8, 8, 3)
encoder = keras.Model(x, layers.Conv2D(4, 3, padding="same")(x))  #: (None, 8, 8, 3) → (None, 8, 8, 4)
z = keras.Input(shape=encoder.output.shape)  #: (None, None, 8, 8, 4)
#:                    ^^^^^^^^^^^^^^^^^^^^ SW101
y = layers.Conv2DTranspose(3, 3)(z)
