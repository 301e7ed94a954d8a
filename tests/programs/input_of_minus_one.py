import keras

tokens = keras.Input(shape=(-1, 8))
#:                          ^^ SW608
batches = keras.Input(batch_shape=(-1, 8))
#:                                 ^^ SW608
any_length = keras.Input(shape=(None, 8))  #: (None, None, 8)
