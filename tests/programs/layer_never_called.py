import keras
from keras import layers

x = keras.Input(shape=(32, 32, 3))  #: (None, 32, 32, 3)
x = layers.Conv2D(8, 3, activation="relu")(x)  #: (None, 30, 30, 8)
x = layers.Flatten()
#:  ^^^^^^^^^^^^^^^^ SW606
x = layers.Dense(10)(x)
