import keras
import numpy as np
from keras import layers

model = keras.Sequential([keras.Input((4,)), layers.Dense(2)])  #: (None, 4) → (None, 2)
row = np.array([5.1, 3.5, 1.4, 0.2])  #: (4,)
#:    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW102
model.predict(row, verbose=0)
