import keras

query = keras.Input(shape=(16,))  #: (None, 16)
alike = keras.layers.Dot(axes=1)(query)
#:      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW607
