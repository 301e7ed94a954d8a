import keras
from keras import layers

x = keras.Input((64,))  #: (None, 64)
#:              ^^^^^ SW201
y = layers.LSTM(10)(x)  #: (None, 10)
z = layers.Dense(3)(y)  #: (None, 3)
f = keras.Input(())  #: (None,)
d = layers.Dense(3)(f)
#:  ^^^^^^^^^^^^^^^^^^ SW201
i = keras.Input((8, 8))  #: (None, 8, 8)
#:              ^^^^^^ SW201
c = layers.Conv2D(4, 3)(i)
r = layers.RepeatVector(4)(keras.Input((8, 8)))
#:                                     ^^^^^^ SW201
p = layers.MaxPooling1D()(keras.Input((64,)))
#:                                    ^^^^^ SW201
