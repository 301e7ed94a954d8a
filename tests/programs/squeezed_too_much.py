import keras
import numpy as np
import tensorflow as tf
from keras import ops

a = np.ones((3, 1, 4))  #: (3, 1, 4)
first = np.squeeze(a, axis=0)
#:      ^^^^^^^^^^^^^^^^^^^^^ SW405
method = a.squeeze(2)
#:       ^^^^^^^^^^^^ SW405
right = a.squeeze(1)  #: (3, 4)
second = tf.squeeze(tf.ones((3, 4)), axis=0)
#:       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW405
last = tf.squeeze(tf.ones((3, 1, 4)), -1)
#:     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW405
x = keras.Input((3, 1))  #: (None, 3, 1)
symbolic = ops.squeeze(x, 1)
#:         ^^^^^^^^^^^^^^^^^ SW405
kept = ops.squeeze(x, 2)  #: (None, 3)
eager = ops.squeeze(ops.ones((3, 4)), axis=1)
#:      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW405
