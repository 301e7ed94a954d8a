import keras
import numpy as np
from keras import layers

model = keras.Sequential([keras.Input((8, 8, 3)), layers.Flatten(), layers.Dense(2)])  #: (None, 8, 8, 3) → (None, 2)
frame = np.zeros((1, 8, 8, 3))  #: (1, 8, 8, 3)
frame = np.expand_dims(frame, 0)  #: (1, 1, 8, 8, 3)
#:      ^^^^^^^^^^^^^^^^^^^^^^^^ SW501
model.predict(frame, verbose=0)
