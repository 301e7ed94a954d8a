import keras

width = 28
half = keras.Input(shape=(width / 2, 3))
#:                        ^^^^^^^^^ SW608
whole = keras.Input(shape=(width // 2, 3))  #: (None, 14, 3)
