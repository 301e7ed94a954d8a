import keras
import numpy as np
from keras import layers

x = keras.Input((None, None, 3))  #: (None, None, None, 3)
h = layers.Conv2D(4, 3)(x)  #: (None, None, None, 4)
h = layers.Flatten()(h)  #: (None, None)
#:  ^^^^^^^^^^^^^^^^ SW204
y = layers.Dense(2)(h)  #: (None, 2)
