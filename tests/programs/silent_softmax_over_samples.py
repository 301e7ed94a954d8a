import keras
import numpy as np
from keras import layers

x = keras.Input((10,))  #: (None, 10)
y = layers.Softmax(axis=0)(layers.Dense(3)(x))  #: (None, 3)
#:  ^^^^^^^^^^^^^^^^^^^^^^ SW105
z = keras.ops.mean(layers.Dense(3)(x), axis=0)  #: (3,)
#:  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW105
