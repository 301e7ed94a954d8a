import keras
from keras.layers import Dense

x = keras.Input((5,))  #: (None, 5)
a = Dense(7)(x)  #: (None, 7), 42 parameters
b = Dense(7, use_bias=False)(x)  #: (None, 7), 35 parameters
c = Dense(units=1)(a)  #: (None, 1), 8 parameters
t = keras.Input((4, 6, 3))  #: (None, 4, 6, 3)
d = Dense(2)(t)  #: (None, 4, 6, 2), 8 parameters
shared = Dense(9)  #: (None, 5) → (None, 9)
e = shared(x)  #: (None, 9), 54 parameters
f = shared(x)  #: (None, 9), 54 parameters
n = 3
g = Dense(n * 2 + 1)(x)  #: (None, 7)
