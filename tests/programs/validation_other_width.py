import keras
import numpy as np
from keras import layers

x = keras.Input((5,))  #: (None, 5)
model = keras.Model(x, layers.Dense(1)(x))  #: (None, 5) → (None, 1)
model.compile(optimizer="sgd", loss="mse")
x_val, y_val = np.zeros((4, 6)), np.zeros((4, 1))
model.fit(np.zeros((8, 5)), np.zeros((8, 1)), validation_data=(x_val, y_val), verbose=0)
#:                                                             ^^^^^ SW501
