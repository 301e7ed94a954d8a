import keras
from keras import layers

a = keras.Input((5, 3))  #: (None, 5, 3)
b = keras.Input((4, 3))  #: (None, 4, 3)
c = layers.Add()([a, b])
#:  ^^^^^^^^^^^^^^^^^^^^ SW301
d = layers.Concatenate()([a, b])
#:  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW301
e = layers.Concatenate(axis=1)([a, b])  #: (None, 9, 3)
