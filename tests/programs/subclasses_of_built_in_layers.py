"""Subclasses of Keras's own layers: what the base class makes, builds and calls."""
import keras
import numpy as np
import tensorflow as tf
from keras import layers


class Override(layers.Conv2D):
    def convolution_op(self, inputs, kernel):
        mean, var = tf.nn.moments(kernel, axes=[0, 1, 2], keepdims=True)  #: (1, 1, 1, 6) ; (1, 1, 1, 6)
        whole = (kernel - mean) / tf.sqrt(var + 1e-10)  #: (3, 3, 1, 6)
        found = tf.nn.conv2d(inputs, whole, strides=list(self.strides), padding="VALID")  #: (2, 12, 12, 6)
        return found


class Own(layers.Conv2D):
    def call(self, inputs):
        kernel = self.kernel * 2  #: (3, 3, 6, 4)
        result = self.convolution_op(inputs, kernel)  #: (2, 10, 10, 4)
        if self.use_bias:
            result = result + self.bias  #: (2, 10, 10, 4)
        return result


class Normed(layers.Dense):
    def __init__(self, units, **kwargs):
        super().__init__(units, activation="relu", **kwargs)
        self.norm = layers.LayerNormalization()

    def call(self, inputs):
        found = super().call(inputs)  #: (2, 10, 10, 5)
        return self.norm(found)


class Scaled(layers.Dense):
    def build(self, input_shape):
        super().build(input_shape)
        self.scale = self.add_weight(shape=(self.units,))  #: (7,)

    def call(self, inputs):
        return tf.matmul(inputs, self.kernel) * self.scale


class Tokens(layers.Embedding):
    def call(self, inputs):
        table = tf.convert_to_tensor(self.embeddings)  #: (20, 8)
        return tf.gather(table, inputs)


class Halved(layers.Dense):
    def call(self, inputs):
        return super().call(inputs)[:, :2]


class Attention(layers.MultiHeadAttention):
    def call(self, query, value, key=None):
        found, scores = super().call(query, value, return_attention_scores=True)  #: (2, 4, 6) ; (2, 2, 4, 7)
        return found + query


class Steps(layers.BatchNormalization):
    def call(self, inputs, training=None):
        return super().call(inputs * 2, training=training)


class Plain(layers.LSTM):
    pass


class Other(Plain):
    def helper(self):
        return self.units


images = np.ones((2, 28, 28, 1), "float32")  #: (2, 28, 28, 1)
a = Override(6, 3, strides=2, padding="valid")(images[:, :25, :25])  #: (2, 12, 12, 6)
b = Own(4, 3)(a)  #: (2, 10, 10, 4)
c = Normed(5)(b)  #: (2, 10, 10, 5)
d = Scaled(7)(layers.Flatten()(c))  #: (2, 7)
e = Tokens(20, 8)(np.ones((3, 4), "int32"))  #: (3, 4, 8)
steps = keras.Input((4, 5))  #: (None, 4, 5)
lstm = Other(3, return_sequences=True)
f = lstm(steps)  #: (None, 4, 3)
g = np.ones((2, lstm.units))  #: (2, 3)
model = keras.Sequential([keras.Input((9,)), Scaled(7)])  #: (None, 9) → (None, 7), 77 parameters
made = keras.Model(steps, f)  #: (None, 4, 5) → (None, 4, 3), 108 parameters
h = Halved(5)(np.ones((2, 3)))  #: (2, 2)
i = Halved(5)(keras.Input((3,)))  #: (None, 5)
words, memory = np.ones((2, 4, 6), "float32"), np.ones((2, 7, 6), "float32")  #: (2, 4, 6) ; (2, 7, 6)
j = Attention(num_heads=2, key_dim=3)(words, memory)  #: (2, 4, 6)
k = Steps()(keras.Input((8,)))  #: (None, 8)
normed = keras.Sequential([keras.Input((8,)), Steps()])  #: (None, 8) → (None, 8), 32 parameters
