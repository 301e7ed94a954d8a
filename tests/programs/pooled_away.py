import keras
import numpy as np
from keras import layers

x = keras.Input((8, 8, 3))  #: (None, 8, 8, 3)
h = layers.MaxPooling2D(4)(x)  #: (None, 2, 2, 3)
y = layers.Conv2D(4, 3)(h)
#:  ^^^^^^^^^^^^^^^^^^^ SW203
