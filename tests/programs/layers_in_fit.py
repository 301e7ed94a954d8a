"""What `fit`, `evaluate` and `predict` call a functional model with becomes a graph: sizes that values decide are open there."""
import keras
import numpy as np
import tensorflow as tf
from keras import layers


class Kept(layers.Layer):
    def call(self, x):
        kept = tf.boolean_mask(x, x[:, 0] > 0)  #: (None, 4)
        self.add_loss(tf.reduce_sum(kept))
        return x


inputs = keras.Input((4,))  #: (None, 4)
model = keras.Model(inputs, layers.Dense(1)(Kept()(inputs)))  #: (None, 4) → (None, 1)
model.compile(optimizer="sgd", loss="mse")
x, y = np.ones((40, 4), "float32"), np.ones((40, 1), "float32")  #: (40, 4) ; (40, 1)
model.fit(x, y, validation_data=(x, y), epochs=1, verbose=0)
found = model.predict(x, verbose=0)  #: (40, 1)
