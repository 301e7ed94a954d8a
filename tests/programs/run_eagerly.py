"""Models that run eagerly see each batch as it is; their variables and losses are lists."""
import keras
import numpy as np
import tensorflow as tf
from keras import layers


class Stepped(keras.Model):
    def train_step(self, data):
        inputs, targets = data  #: (16, 4) | (8, 4) ; (16,) | (8,)
        with tf.GradientTape() as tape:
            output = self(inputs, training=True)  #: (16, 3) | (8, 3)
            loss = self.compute_loss(y=targets, y_pred=output)  #: ()
            total = loss + sum(self.losses)  #: ()
        variables = self.trainable_variables
        grads = tape.gradient(total, variables)
        scaled = [tf.math.l2_normalize(w) for w in grads]
        kernel = scaled[0]  #: (4, 3)
        bias = scaled[1]  #: (3,)
        self.optimizer.apply_gradients(zip(grads, variables))
        return {"loss": total}


x, y = np.ones((40, 4), "float32"), np.ones((40,), "int32")  #: (40, 4) ; (40,)
inputs = keras.Input((4,))  #: (None, 4)
model = Stepped(inputs, layers.Dense(3, activation="softmax")(inputs))
model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", run_eagerly=True)
model.fit(x, y, batch_size=16, epochs=1, verbose=0)
deep = keras.Sequential(
    [keras.Input((6,)), layers.Dense(5), layers.BatchNormalization(), layers.Dense(2, kernel_regularizer="l2")]
)
deep.layers[0].trainable = False
first = deep.trainable_variables[0]  #: (5,)
last = deep.trainable_weights[-1]  #: (2,)
mean = deep.weights[4]  #: (5,)
kernel = deep.weights[0]  #: (6, 5)
for weight in deep.weights[:2]:
    mixed = 0.9 * weight  #: (6, 5) | (5,)
error = tf.reduce_mean(deep(np.ones((3, 6))) ** 2)  #: ()
error += sum(deep.losses)  #: ()
