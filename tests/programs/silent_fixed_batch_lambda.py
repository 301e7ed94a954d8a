import keras
import numpy as np
import tensorflow as tf
from keras import layers

batch_size = 32
x = keras.Input((20, 8))  #: (None, 20, 8)
y = layers.Lambda(lambda t: tf.reshape(t, (batch_size, 160)))(x)  #: (32, 160)
#:                                        ^^^^^^^^^^^^^^^^^ SW106
