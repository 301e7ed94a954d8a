import keras
import numpy as np
from keras import layers

x = keras.Input(shape=(30,))  #: (None, 30)
#:                    ^^^^^ SW201
y = layers.Conv1D(filters=4, kernel_size=3)(x)
