import keras
import numpy as np
from keras import layers

x, y = np.zeros((12, 8)), np.zeros((12, 1))
n = len(x)
#:  ^^^^^^ SW501
model = keras.Sequential()  #: (None, 12) → (None, 1)
model.add(layers.Dense(1, input_dim=n))
model.compile(optimizer="sgd", loss="mse")
model.fit(x, y, batch_size=4, verbose=0)
