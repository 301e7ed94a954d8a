import keras
from keras import layers

x = keras.Input((8,))  #: (None, 8)
y = layers.Dense(1, activation="softmax")(x)  #: (None, 1)
#:                             ^^^^^^^^^ SW505
