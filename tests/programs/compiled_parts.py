"""What a model was compiled with, and metrics and normalizers that a model holds."""
import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops


@keras.saving.register_keras_serializable()
class Distance(keras.metrics.Metric):
    def __init__(self, name, **kwargs):
        super().__init__(name=name, **kwargs)
        self.tracker = keras.metrics.Mean(name="tracker")

    def update_state(self, a, b, sample_weight=None):
        between = ops.sum(a - b, axis=-1)  #: (8, 4)
        self.tracker.update_state(between)

    def result(self):
        return self.tracker.result()


class Denoiser(keras.Model):
    def __init__(self):
        super().__init__()
        self.normalizer = layers.Normalization()
        self.network = keras.Sequential([keras.Input((4, 3)), layers.Dense(3)])

    def compile(self, **kwargs):
        super().compile(**kwargs)
        self.distance = Distance("distance")

    def call(self, images):
        return self.network(images)

    def train_step(self, images):
        normal = self.normalizer(images)
        with tf.GradientTape() as tape:
            found = self.network(normal)  #: (8, 4, 3)
            loss = self.loss(normal, found)  #: (8, 4)
        gradients = tape.gradient(loss, self.network.trainable_weights)
        self.optimizer.apply_gradients(zip(gradients, self.network.trainable_weights))
        back = self.normalizer.mean + found * self.normalizer.variance**0.5  #: (8, 4, 3)
        self.distance.update_state(back, images)
        return {"loss": ops.mean(loss)}


model = Denoiser()
data = tf.data.Dataset.from_tensor_slices(np.zeros((16, 4, 3), "float32")).batch(8, drop_remainder=True)
model.normalizer.adapt(data)
mean = model.normalizer.mean  #: (1, 1, 3)
model.compile(optimizer=keras.optimizers.Adam(), loss=keras.losses.mean_squared_error)
model.fit(data, epochs=1, verbose=0)
both = keras.Model(inputs := keras.Input((3,)), [layers.Dense(2)(inputs), layers.Dense(4)(inputs)])
outputs = both(inputs) + [inputs]
last = outputs[-1]  #: (None, 3)
second = outputs[1]  #: (None, 4)
