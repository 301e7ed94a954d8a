import keras
from keras import layers

x = keras.Input((28, 28))  #: (None, 28, 28)
y = layers.Reshape(784)(x)
#:                 ^^^ SW603
