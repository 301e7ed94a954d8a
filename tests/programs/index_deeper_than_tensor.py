import tensorflow as tf

table = tf.zeros((3, 4))  #: (3, 4)
picked = tf.gather_nd(table, [[0, 1, 2], [1, 2, 0]])
#:       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW404
