import keras

a = keras.Input(shape=(6,))  #: (None, 6)
b = keras.Input(shape=(6,))  #: (None, 6)
c = keras.layers.add(a, b)
#:  ^^^^^^^^^^^^^^^^^^^^^^ SW607
d = keras.layers.concatenate(a, b)
#:  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW607
e = keras.layers.multiply([a, b])  #: (None, 6)
