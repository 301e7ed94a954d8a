import keras
from keras import layers

a = keras.Input((3,))  #: (None, 3)
b = keras.Input((3,))  #: (None, 3)
d = layers.Dense(2)(a)  #: (None, 2)
unused = keras.Model([a, b], d)
middle = keras.Model(d, layers.Dense(4)(d))  #: (None, 2) → (None, 4), 12 parameters
same = keras.Model(a, a)  #: (None, 3) → (None, 3)
outer = keras.Model(b, unused([b, b]))  #: (None, 3) → (None, 2)
