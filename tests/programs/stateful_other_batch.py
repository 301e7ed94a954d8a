import keras
import numpy as np
from keras import layers

x, y = np.ones((64, 5, 2)), np.ones((64, 1))  #: (64, 5, 2) ; (64, 1)
model = keras.Sequential([keras.Input((5, 2), batch_size=4), layers.LSTM(3, stateful=True), layers.Dense(1)])  #: (4, 5, 2) → (4, 1)
model.compile(loss="mse", optimizer="sgd")
model.fit(x, y, batch_size=4, verbose=0)
other = keras.Sequential([keras.Input((5, 2), batch_size=4), layers.GRU(3, stateful=True), layers.Dense(1)])  #: (4, 5, 2) → (4, 1)
other.compile(loss="mse", optimizer="sgd")
other.fit(x, y, verbose=0)
#:        ^ SW104
p = model.predict(x[:1], verbose=0)  #: (1, 1)
#:                ^^^^^ SW104
q = model.predict(x, batch_size=4, verbose=0)  #: (64, 1)
