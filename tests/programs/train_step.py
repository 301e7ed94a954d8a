import keras
import numpy as np
import tensorflow as tf
from keras import layers


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(3)
        self.loss_fn = keras.losses.MeanSquaredError()
        self.tracker = keras.metrics.Mean()

    def call(self, inputs):  #: (None, 5)
        return self.dense(inputs)

    def train_step(self, data):
        x, y = data  #: (None, 5) ; (None, 3)
        with tf.GradientTape() as tape:
            out = self(x, training=True)  #: (None, 3)
            loss = self.loss_fn(y, out)  #: ()
        self.tracker.update_state(loss)
        mean = self.tracker.result()  #: ()
        return {"loss": mean}


net = Net()
net.compile(optimizer="adam")
net.fit(np.zeros((40, 5)), np.zeros((40, 3)), verbose=0)
