import tensorflow as tf

image = tf.zeros((28, 28, 1))  #: (28, 28, 1)
framed = tf.pad(image, [[2, 2], [2, 2]], "REFLECT")
#:                     ^^^^^^^^^^^^^^^^ SW206
