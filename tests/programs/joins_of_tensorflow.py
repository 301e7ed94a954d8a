import tensorflow as tf

a = tf.ones((3, 4))  #: (3, 4)
wide = tf.ones((3, 5))  #: (3, 5)
below = tf.concat([a, wide], axis=0)
#:      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW301
beside = tf.concat([a, wide], axis=1)  #: (3, 9)
one = tf.concat([a, tf.ones((4,))], 0)
#:    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW301
stacked = tf.stack([a, wide])
#:        ^^^^^^^^^^^^^^^^^^^ SW301
over = tf.concat([a, a], axis=2)
#:     ^^^^^^^^^^^^^^^^^^^^^^^^^ SW404
between = tf.stack([a, a], axis=3)
#:        ^^^^^^^^^^^^^^^^^^^^^^^^ SW404
