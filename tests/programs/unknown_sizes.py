"""A size that nobody knows beside sizes that are known; one of two layers; a reshape that leaves two axes open."""
import os

import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops

count = int(os.environ.get("SHAPEWRIGHT_NEVER_SET", "3"))
rows = np.zeros((count, 4))  #: (?, 4)
again = tf.reshape(rows, (count, 2, 2))  #: (?, 2, 2)


class Patches(layers.Layer):
    def call(self, images):
        batch, channels = ops.shape(images)[0], ops.shape(images)[-1]
        patches = ops.image.extract_patches(images, 2)  #: (None, 4, 4, 12)
        flat = ops.reshape(patches, (batch, -1, 4 * channels))  #: (None, None, 12)
        return flat


x = keras.Input((8, 8, 3))  #: (None, 8, 8, 3)
y = Patches()(x)  #: (None, None, 12)
layer = layers.Dropout(0.5) if count > 3 else layers.Activation("linear")
z = x + layer(x)  #: (None, 8, 8, 3)
model = keras.Model(x, layers.Flatten()(z))  #: (None, 8, 8, 3) → (None, 192)
