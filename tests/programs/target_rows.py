import keras
import numpy as np
from keras import layers

model = keras.Sequential([keras.Input((8,)), layers.Dense(1)])  #: (None, 8) → (None, 1)
model.compile(optimizer="adam", loss="mse")
model.fit(np.zeros((16, 8)), np.zeros((8, 1)), verbose=0)
#:                           ^^^^^^^^^^^^^^^^ SW503
