"""Functions that TensorFlow traces: a size that data decides is None there, and some number where code just runs."""

import numpy as np
import tensorflow as tf


@tf.function
def step(images):  #: (3, 4)
    rows = tf.shape(images)[0]  #: ()
    noise = tf.random.normal((rows, 5))  #: (3, 5)
    positive = tf.boolean_mask(images, images[:, 0] > 0)  #: (None, 4)
    return noise


noise = step(np.ones((3, 4)))  #: (3, 5)


@tf.function(input_signature=[tf.TensorSpec([None, 4])])
def signed(images):  #: (None, 4)
    doubled = tf.concat([images, images], 1)  #: (None, 8)
    return doubled


signed(tf.ones((3, 4)))
scaled = tf.function(lambda x: x * 2.0)(tf.ones((2, 2)))  #: (2, 2)
each = tf.map_fn(lambda row: tf.reduce_sum(row), tf.ones((5, 6)))  #: (5,)
all_at_once = tf.vectorized_map(lambda row: row[:2], tf.ones((5, 6)))  #: (5, 2)
sums = tf.scan(lambda total, row: total + row, tf.ones((5, 6)))  #: (5, 6)
chosen = tf.cond(tf.constant(True), lambda: tf.ones((2, 3)), lambda: tf.zeros((2, 3)))  #: (2, 3)
count, grown = tf.while_loop(lambda n, x: n < 3, lambda n, x: (n + 1, x * 2), (0, tf.ones((2,))))  #: () ; (2,)
weights = tf.Variable(tf.zeros((3, 4)))  #: (3, 4)
after = weights.assign_add(tf.ones((3, 4)))  #: (3, 4)
with tf.GradientTape() as tape:
    loss = tf.reduce_sum(weights**2)  #: ()
slope = tape.gradient(loss, weights)  #: (3, 4)
with tf.GradientTape() as tape:
    squares = tf.reduce_sum(weights**2, axis=1)  #: (3,)
jacobian = tape.jacobian(squares, weights)  #: (3, 3, 4)
sizes = weights.shape.as_list()
same = tf.ones(sizes)  #: (3, 4)
joined = tf.ones(tf.TensorShape([2]).concatenate([5]))  #: (2, 5)
start = tf.random_normal_initializer()(shape=(4, 8))  #: (4, 8)
halves = tf.nest.map_structure(lambda t: t[:1], (tf.ones((2, 3)), tf.ones((4,))))
first_half = halves[0]  #: (1, 3)


def plain(x):
    return x.numpy() + 1


@tf.function
def through_python(x):
    y = tf.py_function(plain, [x], tf.float32)  #: -
    y.set_shape([2, 3])
    known = y + 1.0  #: (2, 3)
    return y


through_python(tf.ones((2, 3)))
