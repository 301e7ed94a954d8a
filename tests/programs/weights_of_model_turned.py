import keras
import numpy as np

model = keras.Sequential([keras.Input(shape=(4,)), keras.layers.Dense(3)])  #: (None, 4) → (None, 3)
kernel = np.zeros((3, 4))  #: (3, 4)
model.set_weights([kernel, np.zeros(3)])
#:                 ^^^^^^ SW207
