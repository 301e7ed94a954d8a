import keras
import numpy as np

samples, targets = np.zeros((10, 4)), np.zeros((10, 1))  #: (10, 4) ; (10, 1)
weights = np.ones(8)  #: (8,)
#:        ^^^^^^^^^^ SW503
model = keras.Sequential([keras.Input(shape=(4,)), keras.layers.Dense(1)])  #: (None, 4) → (None, 1)
model.compile("sgd", "mse")
model.fit(samples, targets, sample_weight=weights, verbose=0)
