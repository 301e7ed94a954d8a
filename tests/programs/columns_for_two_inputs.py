import keras
import numpy as np
from keras import layers

a, b = keras.Input((5,)), keras.Input((3,))
model = keras.Model([a, b], layers.Dense(1)(layers.concatenate([a, b])))  #: [(None, 5), (None, 3)] → (None, 1)
model.compile(optimizer="sgd", loss="mse")
table = np.zeros((6, 8))  #: (6, 8)
model.fit(table, np.zeros((6, 1)), verbose=0)
#:        ^^^^^ SW501
