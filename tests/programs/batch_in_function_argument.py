import keras
import numpy as np
from keras import layers

zeros = np.zeros((2, 3))  #: (2, 3)



def build(shape):
    inputs = keras.Input(shape=shape)
    return keras.Model(inputs, layers.LSTM(4)(inputs))


model = build((1, 6, 2))  #: (None, 1, 6, 2) → (None, 4)
#:            ^^^^^^^^^ SW101
