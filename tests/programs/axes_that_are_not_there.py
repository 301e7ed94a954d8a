import keras
import numpy as np
import tensorflow as tf
from keras import ops

a = np.ones((3, 4))  #: (3, 4)
means = a.mean(axis=2)
#:      ^^^^^^^^^^^^^^ SW404
labels = np.argmax(a, axis=-3)
#:       ^^^^^^^^^^^^^^^^^^^^^ SW404
flat = np.ones((7,)).sum(axis=1)
#:     ^^^^^^^^^^^^^^^^^^^^^^^^^ SW404
deeper = np.expand_dims(a, 3)
#:       ^^^^^^^^^^^^^^^^^^^^ SW404
turned = np.transpose(a, (0, 2, 1))
#:                       ^^^^^^^^^ SW404
moved = a.transpose(0, 2, 1)
#:      ^^^^^^^^^^^^^^^^^^^^ SW404
joined = np.concatenate([a, a], axis=2)
#:       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW404
t = tf.ones((3, 4))  #: (3, 4)
total = tf.reduce_sum(t, axis=2)
#:      ^^^^^^^^^^^^^^^^^^^^^^^^ SW404
best = tf.argmax(t, axis=2)
#:     ^^^^^^^^^^^^^^^^^^^^ SW404
more = tf.expand_dims(t, 3)
#:     ^^^^^^^^^^^^^^^^^^^^ SW404
other = tf.transpose(t, [0, 2, 1])
#:                      ^^^^^^^^^ SW404
soft = tf.nn.softmax(t, axis=2)
#:     ^^^^^^^^^^^^^^^^^^^^^^^^ SW404
x = keras.Input((3, 4))  #: (None, 3, 4)
pooled = ops.mean(x, axis=3)
#:       ^^^^^^^^^^^^^^^^^^^ SW404
grown = ops.expand_dims(x, 5)
#:      ^^^^^^^^^^^^^^^^^^^^^ SW404
swapped = ops.transpose(x, (1, 0))
#:                         ^^^^^^ SW404
fits = ops.transpose(x, (0, 2, 1))  #: (None, 4, 3)
eager = ops.max(t, axis=2)
#:      ^^^^^^^^^^^^^^^^^^ SW404
