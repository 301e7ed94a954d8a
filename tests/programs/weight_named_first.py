# Keras 2 took the name of a weight first, Keras 3 takes its shape.
import keras


class Scale(keras.layers.Layer):
    def build(self, input_shape):
        self.kernel = self.add_weight("kernel", shape=(input_shape[-1], 3))
#:                                    ^^^^^^^^ SW601

    def call(self, inputs):
        return inputs @ self.kernel


class Shift(keras.layers.Layer):
    def build(self, input_shape):
        self.bias = self.add_weight(shape=(input_shape[-1],), name="bias")  #: (4,)

    def call(self, inputs):
        return inputs + self.bias


x = keras.Input((4,))
y = Scale()(x)
z = Shift()(x)  #: (None, 4)
