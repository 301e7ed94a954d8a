"""A function that nothing calls is read with sizes that are named after its parameters."""
import keras
import numpy as np
from keras import layers


def build(height, width, classes, filters=8):
    x = keras.Input((height, width, 3))  #: (None, height, width, 3)
    y = layers.Conv2D(filters, 3, padding="same")(x)  #: (None, height, width, 8)
    z = layers.Conv2D(4, 3)(y)  #: (None, height-2, width-2, 4)
    p = layers.MaxPooling2D()(y)  #: (None, height//2, width//2, 8)
    half = height // 2
    made = np.zeros((half, 4))  #: (height//2, 4)
    flat = keras.ops.reshape(y, (-1, height * width, 8))  #: (None, height*width, 8)
    return keras.Model(x, layers.Dense(classes)(flat))


def stack(a, b):
    both = np.stack([a, b])  #: -
    unsure = np.zeros(a)  #: -
    return both


class Encoder:
    def __init__(self, width):
        self.width = width

    def rows(self):
        made = np.ones((2, self.width))  #: (2, width)
        return made
