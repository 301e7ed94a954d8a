import tensorflow as tf

image = tf.zeros((28, 28, 1))  #: (28, 28, 1)
framed = tf.pad(image, [[2, 2], [2, 2]])
#:                     ^^^^^^^^^^^^^^^^ SW206
batch = tf.pad(image, [[0, 0], [2, 2], [2, 2], [0, 0]])
#:                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW206
