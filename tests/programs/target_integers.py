import keras
import numpy as np
from keras import layers

labels = np.array([0, 1, 2, 0])  #: (4,)
model = keras.Sequential([keras.Input((8,)), layers.Dense(3, activation="softmax")])  #: (None, 8) → (None, 3)
model.compile(optimizer="adam", loss="categorical_crossentropy")
#:                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^ SW502
model.fit(np.zeros((4, 8)), labels, verbose=0)
