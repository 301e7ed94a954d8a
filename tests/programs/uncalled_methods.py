"""Methods that the program never calls are read with what its instances hold."""
import keras
import numpy as np


class Block:
    def __init__(self, width):
        self.width = width
        self.dense = keras.layers.Dense(width)
        self.count = 2

    def grow(self):
        self.count = 3

    def apply(self, x):
        noise = np.zeros((4, self.width))  #: (4, 8)
        again = self.scaled(noise)  #: (4, 8)
        unsettled = np.zeros((self.count, 1))  #: (?, 1)
        return self.dense(x)

    def scaled(self, x):
        return x * 2.0


block = Block(8)
narrow = np.zeros(block.width)  #: (8,)


class Never:
    def __init__(self, width=6):
        self.width = width

    def rows(self):
        made = np.ones((2, self.width))  #: (2, 6)
        return made
