import keras
import numpy as np
from keras import layers

steps = keras.Sequential([keras.Input((1, 6)), layers.LSTM(3), layers.Dense(1)])  #: (None, 1, 6) → (None, 1)
p = steps.predict(np.ones((8, 6)), verbose=0)
#:                ^^^^^^^^^^^^^^^ SW501
q = steps.predict(np.ones((8, 1, 6)), verbose=0)  #: (8, 1)
