"""What Keras asks of a subclassed layer: build with the shapes it wants, compute_output_shape in place of call."""
import keras
from keras import layers


class Fixed(layers.Layer):
    def call(self, x):
        return keras.ops.reshape(x, (-1, 12))

    def compute_output_shape(self, input_shape):
        return (input_shape[0], input_shape[1] * input_shape[2])


class Split(layers.Layer):
    def call(self, x):
        return x[:, :2], x[:, 2:]

    def compute_output_shape(self, input_shape):
        return (input_shape[0], 2), (input_shape[0], input_shape[1] - 2)


class Both(layers.Layer):
    def build(self, left_shape, right_shape):
        self.left = self.add_weight(shape=(left_shape[-1], 4))  #: (3, 4)
        self.right = self.add_weight(shape=(right_shape[-1], 4))  #: (5, 4)

    def call(self, left, right):
        return left @ self.left + right @ self.right


class Merged(layers.Layer):
    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[0][-1], input_shape[1][-1]))  #: (3, 5)

    def call(self, inputs):
        return inputs[0] @ self.kernel + inputs[1]


a = Fixed()(keras.Input((3, 4)))  #: (None, 12)
b, c = Split()(keras.Input((7,)))  #: (None, 2) ; (None, 5)
x = keras.Input((3,))  #: (None, 3)
y = keras.Input((5,))  #: (None, 5)
d = Both()(x, right=y)  #: (None, 4)
e = Merged()([x, y])  #: (None, 5)


stack = keras.Sequential([layers.Dense(2)])
stack.build((None, 6))
f = stack.layers[0].output  #: (None, 2)
