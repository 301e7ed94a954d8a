import keras
import numpy as np
import tensorflow as tf
from keras import layers

h = tf.zeros((5, 8, 8, 16))  #: (5, 8, 8, 16)
flat = tf.reshape(h, [5, 4 * 4 * 16])
#:                   ^^^^^^^^^^^^^^^ SW401
