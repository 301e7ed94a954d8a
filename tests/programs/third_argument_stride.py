import keras
import numpy as np
from keras import layers

zeros = np.zeros((2, 3))  #: (2, 3)
model = keras.Sequential()
model.add(keras.Input((20, 20, 3)))
model.add(layers.Conv2D(4, 3, 3))
#:        ^^^^^^^^^^^^^^^^^^^^^^ SW203
model.add(layers.MaxPooling2D(2))
model.add(layers.Conv2D(4, 3, 3))
model.add(layers.MaxPooling2D(2))
