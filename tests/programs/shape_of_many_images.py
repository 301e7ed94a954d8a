import numpy as np
import tensorflow as tf

images = np.zeros((100, 28, 28, 3))  #: (100, 28, 28, 3)
batch, height, width = images.shape
#:                     ^^^^^^^^^^^^ SW408
tensor = tf.zeros((8, 10, 4))  #: (8, 10, 4)
count, steps = tensor.shape
#:             ^^^^^^^^^^^^ SW408
n, h, w, c = images.shape
