import keras
from keras import layers

x = keras.Input((3, 1))  #: (None, 3, 1)
layers.
y = layers.LSTM(10)(x)  #: (None, 10)
z = layers.Dense(
