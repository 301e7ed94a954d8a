"""The masks that layers make, keep, drop and hand to a `call` that takes them."""
import keras
import numpy as np
from keras import layers, ops


class Weighted(layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True

    def call(self, inputs, mask=None):
        if mask is None:
            return inputs
        kept = ops.cast(mask, "float32")  #: (None, None) | (3, 7) | (None, 4)
        wide = ops.expand_dims(kept, -1)  #: (None, None, 1) | (3, 7, 1) | (None, 4, 1)
        return inputs * wide


class Positions(layers.Layer):
    def __init__(self):
        super().__init__()
        self.tokens = layers.Embedding(20, 6)

    def call(self, inputs):
        return self.tokens(inputs)

    def compute_mask(self, inputs, mask=None):
        found = ops.not_equal(inputs, 0)  #: (None, 9)
        return found


class Encoder(layers.Layer):
    def __init__(self):
        super().__init__()
        self.attention = layers.MultiHeadAttention(2, 3)

    def call(self, inputs, mask=None):
        padding = None
        if mask is not None:
            padding = ops.cast(mask[:, None, :], "int32")  #: (None, 1, 9)
        return self.attention(inputs, inputs, attention_mask=padding)


class Two(layers.Layer):
    def call(self, left, right, left_mask=None, right_mask=None):
        a = ops.cast(left_mask, "float32")  #: (None, 4)
        assert right_mask is None
        return left + ops.expand_dims(a, -1) * right


words = keras.Input((None,), dtype="int32")  #: (None, None)
x = layers.Embedding(10, 5, mask_zero=True)(words)  #: (None, None, 5)
x = Weighted()(layers.Dropout(0.1)(layers.Dense(4)(x)))  #: (None, None, 4)
y = layers.LSTM(3, return_sequences=True)(x)  #: (None, None, 3)
model = keras.Model(words, Weighted()(y))  #: (None, None) → (None, None, 3)
z = model(np.ones((3, 7), "int32"))  #: (3, 7, 3)
steps = keras.Input((4, 5))  #: (None, 4, 5)
marked = layers.Masking()(steps)  #: (None, 4, 5)
v = Weighted()(layers.Add()([marked, steps]))  #: (None, 4, 5)
both = Weighted()(layers.Add()([marked, marked]))  #: (None, 4, 5)
w = Weighted()(layers.Conv1D(2, 2)(marked))  #: (None, 3, 2)
u = Two()(marked, steps)  #: (None, 4, 5)
tokens = keras.Input((9,), dtype="int32")  #: (None, 9)
t = Encoder()(Positions()(tokens))  #: (None, 9, 6)
