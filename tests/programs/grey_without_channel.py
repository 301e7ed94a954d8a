import keras
import numpy as np
from keras import layers

zeros = np.zeros((2, 3))  #: (2, 3)

model = keras.Sequential()  #: (None, 28, 28) → (None, ?, ?, 4)
model.add(layers.Conv2D(4, 3, input_shape=(28, 28)))
#:                                        ^^^^^^^^ SW201
