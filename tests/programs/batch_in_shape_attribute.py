import keras
import numpy as np
from keras import layers

data = np.zeros((100, 7, 2))  #: (100, 7, 2)
x = keras.Input(shape=data.shape)  #: (None, 100, 7, 2)
#:                    ^^^^^^^^^^ SW101
y = layers.GRU(4)(x)  #: (None, 4)
