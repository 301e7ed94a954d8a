import keras
import numpy as np
from keras import layers

x = keras.Input((20, 3))  #: (None, 20, 3)
model = keras.Model(x, layers.LSTM(4)(x))  #: (None, 20, 3) → (None, 4)
data = np.zeros((5, 3, 20))  #: (5, 3, 20)
#:     ^^^^^^^^^^^^^^^^^^^^ SW501
model.predict(data, verbose=0)
