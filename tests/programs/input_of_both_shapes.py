import keras

inputs = keras.Input(shape=(8,), batch_shape=(None, 8))
#:                                           ^^^^^^^^^ SW608
one = keras.Input(batch_shape=(None, 8))  #: (None, 8)
