import keras
from keras import layers

x = keras.Input((28, 28, 3))  #: (None, 28, 28, 3)
a = layers.Conv2D(32, 3)(x)  #: (None, 26, 26, 32), 896 parameters
b = layers.Conv2D(32, (3, 5), padding="same")(x)  #: (None, 28, 28, 32), 1,472 parameters
c = layers.Conv2D(8, 3, strides=2)(x)  #: (None, 13, 13, 8)
d = layers.Conv2D(8, 3, strides=(2, 1), padding="same")(x)  #: (None, 14, 28, 8)
e = layers.Conv2D(8, 3, dilation_rate=2)(x)  #: (None, 24, 24, 8)
s = keras.Input((100, 4))  #: (None, 100, 4)
f = layers.Conv1D(16, 5)(s)  #: (None, 96, 16), 336 parameters
g = layers.Conv1D(16, 5, padding="causal")(s)  #: (None, 100, 16)
h = layers.Conv1D(16, 5, strides=3, padding="valid")(s)  #: (None, 32, 16)
free = keras.Input((None, None, 1))  #: (None, None, None, 1)
i = layers.Conv2D(4, 3)(free)  #: (None, None, None, 4)
j = layers.Conv2D(4, kernel_size=(3, 3), strides=(2, 2), activation="relu", use_bias=False)(x)  #: (None, 13, 13, 4), 108 parameters
