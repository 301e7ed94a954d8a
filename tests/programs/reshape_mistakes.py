import keras
import numpy as np
from keras import layers

a = np.arange(12).reshape((5, 2))
#:                        ^^^^^^ SW401
b = np.zeros((3, 4)).reshape(5, -1)
#:  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW401
x = keras.Input((6, 4))  #: (None, 6, 4)
c = layers.Reshape((5, 5))(x)
#:  ^^^^^^^^^^^^^^^^^^^^^^^^^ SW401
d = np.zeros((3, 4))[3]
#:  ^^^^^^^^^^^^^^^^^^^ SW402
e = layers.Reshape((-1, 5))(x)
#:  ^^^^^^^^^^^^^^^^^^^^^^^^^^ SW401
