"""`training`: what an outer call is given holds for the layers inside it, and `fit` and `evaluate` give it."""
import keras
import numpy as np
from keras import layers, ops


class Noisy(layers.Layer):
    def call(self, x, training=None):
        if training:
            noise = keras.random.uniform((ops.shape(x)[0], 1))  #: (None, 1) | (5, 1)
            return x * noise
        return x


class Block(layers.Layer):
    def __init__(self):
        super().__init__()
        self.noisy = Noisy()

    def call(self, x):
        return self.noisy(x)


class Quiet(layers.Layer):
    def call(self, x, training=False):
        if training:
            found = ops.concatenate([x, x])  #: (6, 4)
            return found
        return x


class Other(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(1)

    def call(self, x, training=True):
        if not training:
            seen = ops.concatenate([x, x], axis=-1)  #: (None, 8)
            x = seen[:, :4]
        return self.dense(x)


x, y = np.ones((40, 4), "float32"), np.ones((40, 1), "float32")  #: (40, 4) ; (40, 1)
inputs = keras.Input((4,))  #: (None, 4)
model = keras.Model(inputs, layers.Dense(1)(Block()(Noisy()(inputs))))  #: (None, 4) → (None, 1)
model.compile(optimizer="sgd", loss="mse")
model.fit(x, y, epochs=1, verbose=0)
a = Block()(x[:5], training=True)  #: (5, 4)
b = model(x[:5], training=True)  #: (5, 1)
c = Quiet()(x[:3])  #: (3, 4)
d = Quiet()(x[:3], training=True)  #: (6, 4)
other = Other()
other.compile(optimizer="sgd", loss="mse")
other.fit(x, y, epochs=1, verbose=0)
other.evaluate(x, y, verbose=0)
