"""Two calls of one function make two models."""
import keras
from keras import layers


def build(steps, features, units=4):
    x = keras.Input((steps, features))  #: (None, 3, 1) | (None, 7, 2)
    y = layers.LSTM(units)(x)  #: (None, 4) | (None, 9)
    return keras.Model(x, y)


small = build(3, 1)  #: (None, 3, 1) → (None, 4), 96 parameters
large = build(7, features=2, units=9)  #: (None, 7, 2) → (None, 9), 432 parameters
same = build(3, 1)  #: (None, 3, 1) → (None, 4)
chosen = {"small": small, "large": large}["large"]  #: (None, 7, 2) → (None, 9)
