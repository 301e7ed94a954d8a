import keras
import numpy as np
from keras import layers

x, y = np.zeros((6, 4), "float32"), np.zeros((6, 2), "float32")
inputs = keras.Input((4,))  #: (None, 4)
model = keras.Model(inputs, layers.Dense(2, activation="softmax")(inputs))  #: (None, 4) → (None, 2)
model.compile(optimizer="sgd", loss="categorical_crossentropy")
for i in range(2):
    row, target = x[i], y[i]
#:                ^^^^ SW102
    model.train_on_batch(row, target)
