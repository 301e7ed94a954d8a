import keras
import numpy as np
import tensorflow as tf
from keras import layers

x, y = np.zeros((16, 1), "float32"), np.zeros((16,), "float32")
model = keras.Sequential([keras.Input((1,)), layers.Dense(1)])  #: (None, 1) → (None, 1)
with tf.GradientTape() as tape:
    prediction = model(x)
    error = tf.square(y - prediction)
#:                    ^^^^^^^^^^^^^^ SW302
