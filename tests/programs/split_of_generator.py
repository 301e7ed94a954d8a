import keras
import numpy as np


def batches():
    while True:
        yield np.zeros((8, 4)), np.zeros((8, 1))


model = keras.Sequential([keras.Input(shape=(4,)), keras.layers.Dense(1)])
model.compile(loss="mse")
model.fit(batches(), steps_per_epoch=2, validation_split=0.25, verbose=0)
#:                                                       ^^^^ SW508
x = np.zeros((8, 4))  #: (8, 4)
