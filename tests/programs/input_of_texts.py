import keras

any_length = keras.Input(shape=("None", 8))
#:                              ^^^^^^ SW608
right = keras.Input(shape=(None, 8))  #: (None, None, 8)
