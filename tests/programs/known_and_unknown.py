import json

import keras
from keras import layers


def head(x, units):
    y = layers.Dense(units)(x)  #: -
    return y


sizes = json.loads("[4]")
a = keras.Input((3,))  #: (None, 3)
first = head(a, 8)  #: (None, 8)
for size in sizes:
    other = head(json.loads("null") or a, 8)


def widen(t):
    w = layers.Dense(6)(t)  #: -
    return w


b = widen(a)  #: (None, 6)
encoder = json.JSONEncoder(default=widen)
