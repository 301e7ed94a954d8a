import keras
from keras import layers

x = keras.Input((5, 1))  #: (None, 5, 1)
y = layers.GRU(8, stateful=True)(x)
#:  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW104
