import keras
import numpy as np
from keras import layers

model = keras.Sequential([keras.Input((4,)), layers.Dense(3, activation="softmax")])  #: (None, 4) → (None, 3)
model.compile(optimizer="sgd", loss="categorical_crossentropy")
labels = np.zeros((8, 1, 3))  #: (8, 1, 3)
#:       ^^^^^^^^^^^^^^^^^^^ SW502
model.fit(np.zeros((8, 4)), labels, batch_size=4, verbose=0)
