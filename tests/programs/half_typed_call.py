"""An open bracket costs its own line."""
import keras
from keras import layers

x = keras.Input((3, 1))  #: (None, 3, 1)
broken = layers.LSTM(10)(
y = layers.LSTM(10)(x)  #: (None, 10)
model = keras.Model(x, y)  #: (None, 3, 1) → (None, 10)
