import tensorflow as tf

row = tf.zeros((2, 3))  #: (2, 3)
more = tf.tile(row, [4, 1, 1])
#:                  ^^^^^^^^^ SW206
fewer = tf.tile(row, [4])
#:                   ^^^ SW206
right = tf.tile(row, [4, 1])  #: (8, 3)
