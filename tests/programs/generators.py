import keras
import numpy as np
from keras import layers


def widths():
    for units in (4, 8):
        yield units


def batches(size=16):
    while True:
        x = np.zeros((size, 6))  #: (16, 6) | (4, 6)
        yield x, np.zeros((size, 1))


x = keras.Input((6,))  #: (None, 6)
for units in widths():
    x = layers.Dense(units)(x)  #: (None, 4) | (None, 8)
model = keras.Model(x, layers.Dense(1)(x))  #: (None, 8) → (None, 1)
data, target = next(batches())  #: (16, 6) ; (16, 1)
for data, target in batches(4):  #: (4, 6) ; (4, 1)
    break


def good(size=4):
    while True:
        yield np.zeros((size, 8)), np.zeros((size, 1))


def bad(size=4):
    while True:
        yield np.zeros((size, 5)), np.zeros((size, 1))


model.compile(optimizer="adam", loss="mse")
model.fit(good(), steps_per_epoch=2, epochs=1, verbose=0)
z = keras.Input((8,))  #: (None, 8)
#:               ^ SW501
other = keras.Model(z, layers.Dense(1)(z))  #: (None, 8) → (None, 1)
other.compile(optimizer="adam", loss="mse")
other.fit(bad(), steps_per_epoch=2, epochs=1, verbose=0)
