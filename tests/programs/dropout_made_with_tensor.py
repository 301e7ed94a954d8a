import keras

row = keras.Input(shape=(13,))  #: (None, 13)
fewer = keras.layers.Dropout(row)
#:      ^^^^^^^^^^^^^^^^^^^^^^^^^ SW606
