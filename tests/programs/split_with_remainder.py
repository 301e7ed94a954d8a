import keras
import numpy as np
import tensorflow as tf
from keras import ops

a = np.ones((10, 2))  #: (10, 2)
parts = np.split(a, 3)
#:      ^^^^^^^^^^^^^^ SW406
halves, rest = np.split(a, 2)  #: (5, 2) ; (5, 2)
thirds = tf.split(tf.ones((10, 2)), 3)
#:       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW406
of_ops = ops.split(ops.ones((10, 2)), 3)
#:       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW406
uneven = np.array_split(a, 3)
