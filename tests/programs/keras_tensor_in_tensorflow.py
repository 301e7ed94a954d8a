"""A Keras tensor is no input for a function of TensorFlow."""
import keras
import tensorflow as tf

x = keras.Input(shape=(2, 2))  #: (None, 2, 2)
y = tf.expand_dims(x, -1)
#:  ^^^^^^^^^^^^^^^^^^^^^ SW604
z = keras.ops.expand_dims(x, -1)  #: (None, 2, 2, 1)


class Wrapped(keras.layers.Layer):
    def call(self, inputs):
        return tf.expand_dims(inputs, -1)


w = Wrapped()(x)  #: (None, 2, 2, 1)
