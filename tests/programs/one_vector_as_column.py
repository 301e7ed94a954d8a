import keras
import numpy as np
from keras import layers

x = keras.Input((6,))  #: (None, 6)
model = keras.Model(x, layers.Dense(2)(x))  #: (None, 6) → (None, 2)
sample = np.arange(6.0)  #: (6,)
sample = np.expand_dims(sample, 1)  #: (6, 1)
#:       ^^^^^^^^^^^^^^^^^^^^^^^^^ SW501
model.predict(sample, verbose=0)
