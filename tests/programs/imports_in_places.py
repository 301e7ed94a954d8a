"""Imports in try, in functions, under if."""
try:
    from keras import layers
except ImportError:
    from tensorflow.keras import layers

if True:
    import numpy


def build():
    from keras import Input, Model
    x = Input((5,))  #: (None, 5)
    return Model(x, layers.Dense(2)(x))


model = build()  #: (None, 5) → (None, 2)
data = numpy.zeros((6, 5))  #: (6, 5)
out = model.predict(data, verbose=0)  #: (6, 2)
