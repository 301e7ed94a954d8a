"""TensorFlow converts no tensor to another dtype and does not calculate with bools: nothing is shown for what it refuses."""

import numpy as np
import tensorflow as tf

counts = tf.ones((2, 3), tf.int32)
floats = tf.ones((2, 3))
mask = floats > 0  #: (2, 3)

same = floats + tf.ones(3)  #: (2, 3)
array = floats * np.ones((2, 3))  #: (2, 3)
halves = counts / 2  #: (2, 3)
both = mask & ~mask  #: (2, 3)
compared = counts > 1  #: (2, 3)
one = tf.concat([tf.ones(6)], 1)  #: (6,)
stored = tf.Variable(floats).assign(np.ones((2, 3)))  #: (2, 3)

try:
    mixed = counts + floats  #: -
except Exception as error:
    print(error)
try:
    product = tf.matmul(floats, tf.ones((3, 2), tf.float64))  #: -
except Exception as error:
    print(error)
try:
    bools = tf.add(mask, mask)  #: -
except Exception as error:
    print(error)
try:
    fraction = counts * 2.5  #: -
except Exception as error:
    print(error)
try:
    other = tf.Variable(floats).assign(tf.ones((2, 4)))  #: -
except Exception as error:
    print(error)
