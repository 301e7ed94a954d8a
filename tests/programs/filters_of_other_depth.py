import tensorflow as tf

images = tf.zeros((2, 8, 8, 3))  #: (2, 8, 8, 3)
filters = tf.zeros((5, 5, 4, 16))  #: (5, 5, 4, 16)
#:        ^^^^^^^^^^^^^^^^^^^^^^^ SW301
maps = tf.nn.conv2d(images, filters, strides=1, padding="SAME")
