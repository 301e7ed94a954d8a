import keras

x = keras.Input(shape=(10, 16))  #: (None, 10, 16)
y = keras.layers.MultiHeadAttention(2, 8)(x)
#:  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW607
