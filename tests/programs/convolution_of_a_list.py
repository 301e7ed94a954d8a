import keras

before = keras.Input(shape=(64, 64, 3))  #: (None, 64, 64, 3)
after = keras.Input(shape=(64, 64, 3))  #: (None, 64, 64, 3)
maps = keras.layers.Conv2D(8, 3)([before, after])
#:                               ^^^^^^^^^^^^^^^ SW607
