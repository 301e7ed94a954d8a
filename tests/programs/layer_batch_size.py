"""Layers of Keras 3 take no batch size."""
import keras
from keras import layers

x = keras.Input((3, 1))  #: (None, 3, 1)
y = layers.LSTM(4, batch_size=8)(x)
#:                            ^ SW601
z = layers.LSTM(4)(keras.Input((3, 1), batch_size=8))  #: (8, 4)
