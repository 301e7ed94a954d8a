import keras
from keras import layers

x = keras.Input((5, 7))  #: (None, 5, 7)
a = layers.Permute((0, 2, 1))(x)
#:                 ^^^^^^^^^ SW605
b = layers.Permute((1, 0))(x)
#:                 ^^^^^^ SW605
c = layers.Permute((2, 1))(x)  #: (None, 7, 5)
d = layers.Permute((1, 3))
#:                 ^^^^^^ SW605
