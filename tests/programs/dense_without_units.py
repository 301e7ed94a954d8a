import keras

row = keras.Input(shape=(13,))  #: (None, 13)
hidden = keras.layers.Dense(row)
#:       ^^^^^^^^^^^^^^^^^^^^^^^ SW606
