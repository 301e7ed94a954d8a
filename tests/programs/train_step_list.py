"""A list of inputs without targets comes to train_step in a tuple of one item; layers that return lists keep their items."""
import keras
import numpy as np
from keras import layers


class Halves(layers.Layer):
    def call(self, x):
        return [x[:, n : n + 2] for n in (0, 2)]


a = keras.Input((4,))  #: (None, 4)
left, right = Halves()(a)  #: (None, 2) ; (None, 2)
joined = layers.Concatenate()([left, layers.Dense(3)(right)])  #: (None, 5)
whole = keras.Model(a, layers.Dense(1)(joined))
result = whole.predict(np.zeros((6, 4)), verbose=0)  #: (6, 1)


class Pair(keras.Model):
    def train_step(self, data):
        first, second = data[0]  #: (None, 4) ; (None, 2)
        return {"sum": keras.ops.sum(first)}

    def call(self, inputs):
        return inputs[0]


pair = Pair()
pair.compile()
pair.fit([np.zeros((40, 4)), np.zeros((40, 2))], verbose=0)
