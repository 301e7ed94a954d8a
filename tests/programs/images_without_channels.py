import tensorflow as tf

gray = tf.ones((32, 32))  #: (32, 32)
a = tf.image.resize_with_pad(gray, 64, 64)
#:                           ^^^^ SW206
b = tf.image.central_crop(gray, 0.5)
#:                        ^^^^ SW206
c = tf.image.rot90(gray)
#:                 ^^^^ SW206
d = tf.image.adjust_contrast(gray, 2.0)
#:                           ^^^^ SW206
e = tf.image.adjust_saturation(gray, 2.0)
#:  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW206
j = tf.image.adjust_hue(tf.ones((8, 8, 1)), 0.1)
#:  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW206
g = tf.image.transpose(gray)
#:                     ^^^^ SW206
h = tf.image.extract_patches(tf.ones((32, 32, 3)), [1, 4, 4, 1], [1, 4, 4, 1], [1, 1, 1, 1], "VALID")
#:                           ^^^^^^^^^^^^^^^^^^^^ SW206
i = tf.image.adjust_brightness(gray, 0.1)  #: (32, 32)
right = tf.image.rot90(gray[..., tf.newaxis])  #: (32, 32, 1)
