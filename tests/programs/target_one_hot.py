import keras
import numpy as np
from keras import layers

labels = np.eye(3)  #: (3, 3)
model = keras.Sequential([keras.Input((8,)), layers.Dense(3, activation="softmax")])  #: (None, 8) → (None, 3)
model.compile(optimizer="adam", loss=keras.losses.SparseCategoricalCrossentropy())
#:                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW502
model.fit(np.zeros((3, 8)), labels, verbose=0)
