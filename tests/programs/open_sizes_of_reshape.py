import keras
from keras import layers

x = keras.Input((6, 4))  #: (None, 6, 4)
a = layers.Reshape((-1, -1))(x)
#:                 ^^^^^^^^ SW605
b = layers.Reshape((-2, 4))(x)
#:                 ^^^^^^^ SW605
c = layers.Reshape((-1, 12))(x)  #: (None, 2, 12)
