import keras
import numpy as np
import tensorflow as tf
from keras import layers

h = tf.zeros((4, 3))  #: (4, 3)
flat = tf.reshape(h, [-1, 5])
#:     ^^^^^^^^^^^^^^^^^^^^^^ SW401
