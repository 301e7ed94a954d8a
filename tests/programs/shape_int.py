"""A shape is a tuple, also of one axis, and all of it is one argument."""
import keras
from keras import layers

x = keras.Input(28, 28)
#:              ^^ SW603
z = keras.Input(shape=784)
#:                    ^^^ SW603
w = keras.Input((28, 28))  #: (None, 28, 28)
v = layers.Dense(3)(w)  #: (None, 28, 3)
