import keras
import numpy as np
from keras import layers

zeros = np.zeros((2, 3))  #: (2, 3)

model = keras.Sequential(  #: (None, 10, 3) → (None, 4)
    [
        keras.Input((10, 3)),
        layers.LSTM(8),
#:      ^^^^^^^^^^^^^^ SW201
        layers.LSTM(4),
    ]
)
