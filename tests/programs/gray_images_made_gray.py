import tensorflow as tf

gray = tf.zeros((28, 28, 1))  #: (28, 28, 1)
color = tf.zeros((28, 28, 3))  #: (28, 28, 3)
again = tf.image.rgb_to_grayscale(gray)
#:      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW206
thrice = tf.image.grayscale_to_rgb(color)
#:       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW206
right = tf.image.grayscale_to_rgb(gray)  #: (28, 28, 3)
