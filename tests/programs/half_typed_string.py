import keras

x = keras.Input((3, 1))  #: (None, 3, 1)
name = "unfinished
y = keras.layers.LSTM(10)(x)  #: (None, 10)
for
z = keras.layers.Dense(4)(y)  #: (None, 4)
if x ==
w = keras.layers.Dense(1)(z)  #: (None, 1)
