import keras
from keras.layers import Conv2D, Input, TimeDistributed

image = Input(shape=(32, 32, 3))  #: (None, 32, 32, 3)
maps = TimeDistributed(Conv2D(8, 3))(image)
#:     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW201
