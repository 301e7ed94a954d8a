import keras
from keras import layers

a = keras.Input(shape=(4,))  #: (None, 4)
b = keras.Input(shape=(4,))  #: (None, 4)
c = layers.Add([a, b])
#:  ^^^^^^^^^^^^^^^^^^ SW606
