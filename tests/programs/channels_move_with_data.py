import keras
import numpy as np
from keras import layers

images = np.zeros((24, 28, 28), "float32")  #: (24, 28, 28)
tests = np.zeros((6, 28, 28), "float32")  #: (6, 28, 28)
images = images.reshape(images.shape[0], 1, 28, 28)  #: (24, 1, 28, 28)
tests = tests.reshape(tests.shape[0], 1, 28, 28)  #: (6, 1, 28, 28)
model = keras.Sequential()  #: (None, 1, 28, 28) → (None, ?)
model.add(layers.Conv2D(4, (3, 3), input_shape=(1, 28, 28)))
#:                                             ^^^^^^^^^^^ SW203
model.add(layers.Flatten())
