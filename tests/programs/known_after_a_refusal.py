"""What is not known after a refusal hides nothing that is known: the program ends there."""
import keras
import tensorflow as tf
from keras import layers


class Mix(layers.Layer):
    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[1][-1], 4))  #: (5, 4)

    def call(self, inputs):
        left, right = inputs  #: (None, 3, 3) ; (None, 3, 5)
        mixed = tf.matmul(left, right)  #: (None, 3, 5)
        return tf.matmul(mixed, self.kernel)


def decoder(shape):
    z = keras.Input((8,))  #: (None, 8)
    y = layers.Dense(tf.shape(tf.ones(shape))[0])(z)  #: -
#:                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW605
    return keras.Model(z, y)


pair = [keras.Input((3, 3)), keras.Input((3, 5))]
model = keras.Model(pair, Mix()(pair))  #: [(None, 3, 3), (None, 3, 5)] → (None, 3, 4)
made = decoder((3,)).predict(tf.ones((2, 8)))  #: -
found = model([made, tf.ones((2, 3, 5))])  #: -
