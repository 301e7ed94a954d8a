"""A `PyDataset` is asked for its batches by number: the last one may be smaller."""
import math

import keras
import numpy as np
from keras import layers


class Batches(keras.utils.PyDataset):
    def __init__(self, x, y, size, **kwargs):
        super().__init__(**kwargs)
        self.x, self.y, self.size = x, y, size

    def __len__(self):
        return math.ceil(len(self.x) / self.size)

    def __getitem__(self, number):
        low = number * self.size
        high = min(low + self.size, len(self.x))
        batch = self.x[low:high]  #: (16, 4) | (8, 4)
        target = self.y[low:high]  #: (16, 1) | (8, 1)
        return batch, target


class Model(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(1)

    def call(self, x):
        y = self.dense(x)  #: (None, 1)
        return y


x, y = np.ones((40, 4)), np.ones((40, 1))  #: (40, 4) ; (40, 1)
model = Model()
model.compile(optimizer="sgd", loss="mse")
model.fit(Batches(x, y, 16), epochs=1, verbose=0)
same = keras.Sequential([keras.Input((4,)), layers.Dense(1)])  #: (None, 4) → (None, 1)
same.compile(optimizer="sgd", loss="mse")
same.fit(Batches(x, y, 16), epochs=1, verbose=0)
