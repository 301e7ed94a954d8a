"""A model of the program's own class that is made of inputs and outputs; its own loss and metric, given to `compile`."""
import keras
import numpy as np
from keras import layers, ops


class Trainer(keras.Model):
    def train_step(self, data):
        x, y = data  #: (None, 12) ; (None, 3)
        y_pred = self(x, training=True)  #: (None, 3)
        return {"loss": ops.mean(y - y_pred)}


inputs = keras.Input((12,))  #: (None, 12)
hidden = layers.Dense(7, name="hidden")(inputs)  #: (None, 7)
outputs = layers.Dense(3)(hidden)  #: (None, 3)
model = Trainer(inputs, outputs)
whole = model(np.zeros((5, 12)))  #: (5, 3)
start = model.input  #: (None, 12)
features = model.get_layer("hidden").output  #: (None, 7)
model.compile("sgd")
model.fit(np.zeros((40, 12)), np.zeros((40, 3)), verbose=0)
rows = model.predict(np.zeros((6, 12)), verbose=0)  #: (6, 3)


class Squares(keras.losses.Loss):
    def call(self, y_true, y_pred):
        difference = y_true - y_pred  #: (None, 3)
        return ops.mean(ops.square(difference), axis=-1)


class Hits(keras.metrics.Metric):
    def __init__(self, **options):
        super().__init__(**options)
        self.hits = self.add_variable(shape=(), initializer="zeros", name="hits")  #: ()

    def update_state(self, y_true, y_pred, sample_weight=None):
        same = ops.cast(y_true == y_pred, "float32")  #: (None, 3)
        self.hits.assign_add(ops.sum(same))

    def result(self):
        return self.hits


def largest(y_true, y_pred):
    each = ops.max(ops.abs(y_true - y_pred), axis=-1)  #: (None,)
    return each


measured = keras.Model(inputs, outputs)
measured.compile("sgd", loss=Squares(), metrics=[Hits(), largest])
measured.fit(np.zeros((40, 12)), np.zeros((40, 3)), verbose=0)

words = layers.Embedding(9, 4, mask_zero=True)
mask = words.compute_mask(np.zeros((2, 5), "int32"))  #: (2, 5)
