import keras
from keras import layers

x = keras.Input((64,))  #: (None, 64)
y = layers.LSTM(10)(x)  #: (None, 10)
#:  ^^^^^^^^^^^^^^^^^^ SW201
z = layers.Dense(3)(y)  #: (None, 3)
f = keras.Input(())  #: (None,)
d = layers.Dense(3)(f)
#:  ^^^^^^^^^^^^^^^^^^ SW201
i = keras.Input((8, 8))  #: (None, 8, 8)
c = layers.Conv2D(4, 3)(i)
#:  ^^^^^^^^^^^^^^^^^^^^^^ SW201
r = layers.RepeatVector(4)(i)
#:  ^^^^^^^^^^^^^^^^^^^^^^^^^ SW201
p = layers.MaxPooling1D()(x)
#:  ^^^^^^^^^^^^^^^^^^^^^^^^ SW201
