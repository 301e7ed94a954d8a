import keras
import numpy as np

x = np.zeros((8, 4))  #: (8, 4)
y = np.zeros((8, 1))  #: (8, 1)
model = keras.Sequential([keras.Input(shape=(4,)), keras.layers.Dense(1)])
model.compile(loss="mse")
model.fit(x, y, validation_data=(x, y), verbose=0)
model.fit(x, y, validation_data=x, verbose=0)
#:                              ^ SW502
