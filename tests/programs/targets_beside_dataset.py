import keras
import numpy as np
import tensorflow as tf

x, y = np.ones((8, 3)), np.ones((8, 1))  #: (8, 3) ; (8, 1)
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])  #: (None, 3) → (None, 1)
model.compile(loss="mse", optimizer="sgd")
data = tf.data.Dataset.from_tensor_slices((x, y)).batch(4)
model.fit(data, y, verbose=0)
#:              ^ SW508
model.evaluate(data, sample_weight=np.ones(8), verbose=0)
#:                                 ^^^^^^^^^^ SW508
model.fit(data, verbose=0)


def batches():
    while True:
        yield x[:4], y[:4]


model.fit(batches(), y, steps_per_epoch=2, verbose=0)
#:                   ^ SW508
model.fit(batches(), steps_per_epoch=2, verbose=0)
