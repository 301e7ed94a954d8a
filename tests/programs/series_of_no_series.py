import keras

x = keras.Input(shape=(10, 16))  #: (None, 10, 16)
y = keras.layers.TimeDistributed(keras.layers.LSTM(4))(x)
#:  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW201
