import keras
import numpy as np
from keras import layers

x = keras.Input((22, 22, 3))  #: (None, 22, 22, 3)
model = keras.Model(x, layers.Flatten()(x))  #: (None, 22, 22, 3) → (None, 1452)
batch = np.zeros((8, 27, 27, 3))  #: (8, 27, 27, 3)
#:      ^^^^^^^^^^^^^^^^^^^^^^^^ SW501
model.predict(batch, verbose=0)
