import keras
import numpy as np
import tensorflow as tf
from keras import layers

data = tf.data.Dataset.from_tensor_slices((np.zeros((16, 28, 28)), np.zeros((16, 10))))
#:     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW102
model = keras.Sequential([keras.Input((28, 28)), layers.Flatten(), layers.Dense(10)])  #: (None, 28, 28) → (None, 10)
model.compile(optimizer="adam", loss="mse")
model.fit(data, verbose=0)
