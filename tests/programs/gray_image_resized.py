import tensorflow as tf

gray = tf.zeros((28, 28))  #: (28, 28)
rgb = tf.image.resize(tf.zeros((28, 28, 3)), (56, 56))  #: (56, 56, 3)
pages = tf.image.resize(tf.zeros((5, 28, 28, 1)), (56, 56))  #: (5, 56, 56, 1)
large = tf.image.resize(gray, (56, 56))
#:                      ^^^^ SW206
