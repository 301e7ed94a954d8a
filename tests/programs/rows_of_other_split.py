import keras
import numpy as np

x_train, x_test = np.zeros((80, 4)), np.zeros((20, 4))  #: (80, 4) ; (20, 4)
y_train, y_test = np.zeros((80, 1)), np.zeros((20, 1))  #: (80, 1) ; (20, 1)
model = keras.Sequential([keras.Input(shape=(4,)), keras.layers.Dense(1)])  #: (None, 4) → (None, 1)
model.compile("sgd", "mse")
model.fit(x_train, y_test, verbose=0)
#:                 ^^^^^^ SW503
