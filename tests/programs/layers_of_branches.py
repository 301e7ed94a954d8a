"""`model.layers` of a model with branches is in Keras's order: by depth, then as they were met."""
import keras
import numpy as np
from keras import layers

inputs = keras.Input((8, 8, 3))  #: (None, 8, 8, 3)
side = layers.Conv2D(4, 1, name="side")(inputs)  #: (None, 8, 8, 4)
x = layers.Conv2D(6, 3, padding="same", name="first")(inputs)  #: (None, 8, 8, 6)
x = layers.Conv2D(4, 3, padding="same", name="second")(x)  #: (None, 8, 8, 4)
x = layers.Add()([x, side])  #: (None, 8, 8, 4)
x = layers.DepthwiseConv2D(5, padding="same")(x)  #: (None, 8, 8, 4)
outputs = layers.GlobalAveragePooling2D()(x)  #: (None, 4)
model = keras.Model(inputs, outputs)  #: (None, 8, 8, 3) → (None, 4)
first = model.layers[1].get_weights()[0]  #: (3, 3, 3, 6)
second = model.layers[2].get_weights()[0]  #: (3, 3, 6, 4)
beside = model.layers[3].get_weights()[0]  #: (1, 1, 3, 4)
last = model.layers[-2].get_weights()[0]  #: (5, 5, 4, 1)
shape = model.layers[0].output  #: (None, 8, 8, 3)


class Tokens(layers.Layer):
    def call(self, x):
        count = keras.ops.shape(x)[0]
        flat = keras.ops.reshape(x, [100, 4])  #: (100, 4)
        again = keras.ops.reshape(flat, [count, 20, 4])  #: (5, 20, 4)
        both = keras.ops.reshape(flat, [count, -1, 4])  #: (None, None, 4)
        return again


tokens = keras.Input((20, 4))  #: (None, 20, 4)
back = Tokens()(tokens)  #: (5, 20, 4)
flags = []
for number in range(300):
    flag = 0
    if np.random.rand() > 0.5:
        flag = 1
    flags.append(np.array([flag]))
labels = np.array(flags)  #: (300, 1)


class Table(layers.Layer):
    def __init__(self, width, **kwargs):
        super().__init__(**kwargs)
        self.width = width

    def call(self, x):
        return x[:, : self.width]

    def codes(self, x):
        return keras.ops.argmax(x, axis=1)


named = keras.Sequential([keras.Input((4,)), Table(3, name="table"), layers.Dense(2)])  #: (None, 4) → (None, 2)
codes = named.get_layer("table").codes(keras.ops.ones((5, 4)))  #: (5,)
