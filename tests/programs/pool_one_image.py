import tensorflow as tf

images = tf.zeros((8, 64, 64, 3))  #: (8, 64, 64, 3)
halves = tf.nn.max_pool2d(images, 2, 2, "SAME")  #: (8, 32, 32, 3)
image = images[0]  #: (64, 64, 3)
half = tf.nn.max_pool2d(image, 2, 2, "SAME")
#:                      ^^^^^ SW206
