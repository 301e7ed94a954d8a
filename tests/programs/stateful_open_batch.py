import keras
import numpy as np
from keras import layers

zeros = np.zeros((2, 3))  #: (2, 3)

model = keras.Sequential()
model.add(keras.Input(shape=(5, 1)))
#:        ^^^^^^^^^^^^^^^^^^^^^^^^^ SW104
model.add(layers.LSTM(4, stateful=True))
