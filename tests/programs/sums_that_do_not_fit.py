import keras
import numpy as np
import tensorflow as tf

a = keras.Input((3, 4))  #: (None, 3, 4)
b = keras.Input((5, 4))  #: (None, 5, 4)
added = a + b
#:      ^^^^^ SW301
added_by_function = keras.ops.add(a, b)
#:                  ^^^^^^^^^^^^^^^^^^^ SW301
scaled = a * keras.Input((3,))
#:       ^^^^^^^^^^^^^^^^^^^^^ SW301
kept = a * keras.ops.expand_dims(keras.Input((3,)), -1)  #: (None, 3, 4)
images = tf.ones((8, 32, 32, 3))  #: (8, 32, 32, 3)
weights = tf.ones((8,))  #: (8,)
weighed = images * weights
#:        ^^^^^^^^^^^^^^^^ SW301
far = tf.ones((2, 3)) - tf.ones((4, 3))
#:    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW301
named = tf.add(tf.ones((2, 3)), tf.ones((2, 4)))
#:      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW301
same = tf.ones((2, 3)) == tf.ones((2, 4))
less = tf.ones((2, 3)) < tf.ones((2, 4))
#:     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW301
scores = np.ones((6, 10))  #: (6, 10)
totals = scores.sum(axis=1)  #: (6,)
shares = scores / totals
#:       ^^^^^^^^^^^^^^^ SW301
right = scores / totals[:, None]  #: (6, 10)
table = np.zeros((6, 10))  #: (6, 10)
for _ in range(1):
    table += np.ones((6, 9))
#:  ^^^^^^^^^^^^^^^^^^^^^^^^ SW301
