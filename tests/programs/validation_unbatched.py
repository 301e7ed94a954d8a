import keras
import numpy as np
import tensorflow as tf
from keras import layers

ds = tf.data.Dataset.from_tensor_slices((np.zeros((20, 5), "float32"), np.zeros((20, 1), "float32")))
train, rest = ds.take(12).batch(4), ds.skip(12)
#:                                  ^^^^^^^^^^^ SW102
model = keras.Sequential([keras.Input((5,)), layers.Dense(1)])  #: (None, 5) → (None, 1)
model.compile(optimizer="sgd", loss="mse")
model.fit(train, validation_data=rest, epochs=1, verbose=0)
