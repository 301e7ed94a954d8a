import keras
import numpy as np
from keras import layers

x = keras.Input((3, 32, 32))  #: (None, 3, 32, 32)
#:              ^^^^^^^^^^^ SW205
y = layers.Conv2D(4, 3, padding="same")(x)  #: (None, 3, 32, 4)
z = layers.Conv2D(4, 3, padding="same")(keras.Input((1, 32, 32)))  #: (None, 1, 32, 4)
#:                                                  ^^^^^^^^^^^ SW205
