import numpy as np
import keras
from keras import layers, ops


def first_steps(x, steps=1):
    taken = x[:, :steps]  #: (None, 3, 2)
    return taken


def distance(pair):
    a, b = pair
    return ops.sqrt(ops.sum(ops.square(a - b), axis=1, keepdims=True))


x = keras.Input((5, 2))  #: (None, 5, 2)
y = layers.Lambda(first_steps, arguments={"steps": 3})(x)  #: (None, 3, 2)
z = layers.Lambda(lambda t: ops.mean(t, axis=1))(y)  #: (None, 2)
declared = layers.Lambda(lambda t: t, output_shape=(7,))(z)  #: (None, 7)
numbers = keras.Input((4,), dtype="int32")  #: (None, 4)
same = layers.Lambda(lambda t: t * 2)(numbers)  #: (None, 4)
apart = layers.Lambda(distance)([z, z])  #: (None, 1)
model = keras.Sequential([keras.Input((6,)), layers.Lambda(lambda t: t[:, None]), layers.LSTM(3)])  #: (None, 6) → (None, 3)
out = model.predict(np.ones((8, 6)))  #: (8, 3)
