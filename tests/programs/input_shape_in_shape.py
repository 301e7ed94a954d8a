import keras
import numpy as np

images = np.zeros((100, 28, 28))  #: (100, 28, 28)
inputs = keras.Input(shape=(images.shape[1:], 1))
#:                          ^^^^^^^^^^^^^^^^ SW608
