"""A broken line inside a function costs that line; a broken head costs no other statement."""
import keras
from keras import layers


def build(x):  #: (None, 3, 1)
    y = layers.LSTM(10)(x)  #: (None, 10)
    w = layers.Dense(
    z = layers.Dense(2)(y)  #: (None, 2)
    return z


x = keras.Input((3, 1))  #: (None, 3, 1)
out = build(x)  #: (None, 2)
def other(
after = layers.Dense(5)(out)  #: (None, 5)
