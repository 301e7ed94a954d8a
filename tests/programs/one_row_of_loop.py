import keras
import numpy as np
from keras import layers

model = keras.Sequential([keras.Input((4,)), layers.Dense(2)])  #: (None, 4) → (None, 2)
model.compile(optimizer="sgd", loss="mse")
x, y = np.zeros((6, 4)), np.zeros((6, 2))
for i in range(2):
    row, target = x[i], y[i]
#:                ^^^^ SW102
    model.train_on_batch(row, target)
