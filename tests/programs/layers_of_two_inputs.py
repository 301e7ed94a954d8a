"""Subclassed layers that take two inputs, inside a model that is called on something else."""
import keras
import numpy as np
from keras import layers


class Modulated(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.scale, self.shift = layers.Dense(units), layers.Dense(units)

    def call(self, x, style, training=None):
        return x * self.scale(style) + self.shift(style)


class Mixed(layers.Layer):
    def call(self, x, other=None):
        return x if other is None else keras.ops.concatenate([x, other], axis=-1)


image = keras.Input((4, 6))
style = keras.Input((4, 3))
x = Modulated(6)(image, style)  #: (None, 4, 6)
x = Mixed()(x, other=style)  #: (None, 4, 9)
model = keras.Model([image, style], x)
data = model([np.zeros((5, 4, 6)), np.zeros((5, 4, 3))])  #: (5, 4, 9)
again = model([keras.Input((4, 6), batch_size=2), keras.Input((4, 3), batch_size=2)])  #: (2, 4, 9)
