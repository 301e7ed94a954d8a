import keras
import numpy as np
from keras import layers

a, b = keras.Input((8,)), keras.Input((8,))
model = keras.Model([a, b], layers.Dense(2)(layers.concatenate([a, b])))  #: [(None, 8), (None, 8)] → (None, 2)
first, second = np.zeros((1, 8)), np.zeros((1, 8))
model.predict(np.array([first, second]), verbose=0)
#:            ^^^^^^^^^^^^^^^^^^^^^^^^^ SW501
