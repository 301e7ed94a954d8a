import keras
import numpy as np
from keras import layers


class Scale(layers.Layer):
    def __init__(self, width, **kwargs):
        super().__init__(**kwargs)
        self.width = width

    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.width))  #: (5, 7) | (5, 3)
        self.b = self.add_weight(shape=(self.width,))  #: (7,) | (3,)

    def call(self, inputs):
        return inputs @ self.w + self.b


class Block(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.dense = layers.Dense(units)
        self.norm = layers.LayerNormalization()

    def call(self, x):
        return self.norm(self.dense(x))


x = keras.Input((5,))  #: (None, 5)
y = Scale(7)(x)  #: (None, 7)?
z = Block(4)(x)  #: (None, 4)
v = Block(4)(y)  #: (None, 4)?
model = keras.Sequential([keras.Input((5,)), Scale(7), Block(2)])  #: (None, 5) → (None, 2)?
named = Scale(3, name="scaled")
w = named(x)  #: (None, 3)
whole = keras.Model(x, layers.Dense(2)(w))  #: (None, 5) → (None, 2)
part = keras.Model(whole.input, whole.get_layer("scaled").output)  #: (None, 5) → (None, 3)
middle = part(np.ones((4, 5)))  #: (4, 3)
twice = Scale(3)
a, b = twice(x), twice(x)  #: (None, 3) ; (None, 3)
