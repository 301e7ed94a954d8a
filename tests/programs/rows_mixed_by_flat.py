import keras
import numpy as np
from keras import layers

x, y = np.zeros((10, 4, 4, 3)), np.zeros((10, 1))
flat = x.reshape(-1, 16)  #: (30, 16)
#:     ^^^^^^^^^^^^^^^^^ SW503
model = keras.Sequential([layers.Dense(1)])  #: (?, 16) → (?, 1)
model.compile(optimizer="sgd", loss="mse")
model.fit(flat, y, verbose=0)
