import keras
import numpy as np
import tensorflow as tf
from keras import layers

zeros = np.zeros((2, 3))  #: (2, 3)

ds = tf.data.Dataset.from_tensor_slices((np.zeros((8, 3), "float32"), np.zeros((8, 1), "float32")))
#:   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW501
model = keras.Sequential([layers.Dense(4), layers.Dense(1)])
for x, y in ds:
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(x) - y))
