import keras

x = keras.Input(shape=(10, 16))  #: (None, 10, 16)
y = keras.ops.pad(x, [[1, 1], [0, 0]])
#:                   ^^^^^^^^^^^^^^^^ SW206
