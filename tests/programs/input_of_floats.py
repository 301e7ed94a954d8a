import keras

image = keras.Input(shape=(28.0, 28, 1))
#:                         ^^^^ SW608
right = keras.Input(shape=(28, 28, 1))  #: (None, 28, 28, 1)
