import keras
import numpy as np
from keras import layers

inner = keras.Sequential([keras.Input((10,)), layers.Dense(6)], name="inner")  #: (None, 10) → (None, 6)
outer = keras.Sequential([keras.Input((10,)), inner, layers.Dense(2)])  #: (None, 10) → (None, 2), 80 parameters
x = keras.Input((10,))  #: (None, 10)
y = outer(x)  #: (None, 2)
z = layers.Dense(3)(inner(x))  #: (None, 3)
model = keras.Model(x, [y, z])  #: (None, 10) → [(None, 2), (None, 3)]
both = keras.Model(x, layers.Concatenate()([y, z]))  #: (None, 10) → (None, 5), 101 parameters
eager = inner(np.zeros((5, 10)))  #: (5, 6)
late = keras.Sequential([layers.Dense(7)])  #: (2, 4) → (2, 7)
first = late(np.ones((2, 4)))  #: (2, 7)
again = late(np.ones((3, 4)))  #: (3, 7)
