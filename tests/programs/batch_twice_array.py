import keras
import numpy as np
from keras import layers

model = keras.Sequential([keras.Input((8, 2)), layers.LSTM(4)])  #: (None, 8, 2) → (None, 4)
window = np.zeros((1, 8, 2))  #: (1, 8, 2)
model.predict(np.array([window]), verbose=0)
#:            ^^^^^^^^^^^^^^^^^^ SW501
