import keras
from keras import layers

x = keras.Input((5, 1))  #: (None, 5, 1)
#:  ^^^^^^^^^^^^^^^^^^^ SW104
y = layers.GRU(8, stateful=True)(x)
