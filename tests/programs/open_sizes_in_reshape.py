import keras
import numpy as np
import tensorflow as tf
from keras import ops

a = np.ones((3, 4)).reshape(-1, -1)
#:  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW401
b = tf.reshape(tf.ones((3, 4)), (-1, -1))
#:  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW401
c = ops.reshape(ops.ones((3, 4)), (-1, -1))
#:  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW401
x = keras.Input((3, 4))  #: (None, 3, 4)
d = ops.reshape(x, (-1, -1))
#:  ^^^^^^^^^^^^^^^^^^^^^^^^ SW401
e = ops.reshape(ops.ones((3, 4)), (5, 5))
#:  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW401
f = ops.reshape(ops.ones((3, 4)), (5, -1))
#:  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW401
g = ops.reshape(x, (-1, 12))  #: (None, 12)
h = ops.reshape(keras.Input(batch_shape=(2, 6)), (5, 3))
#:                                               ^^^^^^ SW401
