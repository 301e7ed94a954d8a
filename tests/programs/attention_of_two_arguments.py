import keras

query = keras.Input(shape=(10, 16))  #: (None, 10, 16)
value = keras.Input(shape=(12, 16))  #: (None, 12, 16)
found = keras.layers.Attention()(query, value)
#:      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW607
