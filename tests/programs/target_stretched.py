import keras
import numpy as np
from keras import layers

model = keras.Sequential([keras.Input((20, 3)), layers.LSTM(16), layers.Dense(1)])
#:                                              ^^^^^^^^^^^^^^^ SW504
model.compile(optimizer="adam", loss="mse")
data = np.zeros((64, 20, 3))  #: (64, 20, 3)
model.fit(data, np.zeros((64, 20, 1)), verbose=0)
