import keras
import numpy as np
import tensorflow as tf
from keras import layers

ds = tf.data.Dataset.from_tensor_slices(np.zeros((12, 4, 4, 3), "float32"))
ds = ds.map(lambda image: tf.expand_dims(image, 0)).batch(4)
#:                        ^^^^^^^^^^^^^^^^^^^^^^^^ SW501
x = keras.Input((4, 4, 3))  #: (None, 4, 4, 3)
model = keras.Model(x, layers.Conv2D(2, 3)(x))  #: (None, 4, 4, 3) → (None, 2, 2, 2)
model.predict(ds, verbose=0)
