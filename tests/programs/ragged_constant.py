import tensorflow as tf

sentences = tf.constant([[4, 9, 2], [7, 1]])
#:          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW407
even = tf.constant([[4, 9, 2], [7, 1, 0]])  #: (2, 3)
