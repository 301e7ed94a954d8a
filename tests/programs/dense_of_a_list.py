import keras
from keras import layers

age = keras.Input(shape=(1,))  #: (None, 1)
income = keras.Input(shape=(1,))  #: (None, 1)
hidden = layers.Dense(8, activation="relu")([age, income])
#:                                          ^^^^^^^^^^^^^ SW607
