import tensorflow as tf

images = tf.zeros((8, 64, 64, 3))  #: (8, 64, 64, 3)
first = tf.image.random_crop(images[0], (20, 20, 3))  #: (20, 20, 3)
crops = tf.image.random_crop(images, size=[20, 20])
#:                                        ^^^^^^^^ SW206
