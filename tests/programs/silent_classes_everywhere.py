import keras
import numpy as np
from keras import layers

model = keras.Sequential()  #: (None, 12, 12, 3) → (None, 6, 6, 5)
model.add(keras.Input((12, 12, 3)))
model.add(layers.Conv2D(4, 3, padding="same", activation="relu"))
model.add(layers.MaxPooling2D())
model.add(layers.Dense(5, activation="softmax"))
#:        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW209
model.compile(loss="categorical_crossentropy", optimizer="sgd")
pixels = keras.Sequential([keras.Input((12, 12, 3)), layers.Conv2D(4, 1), layers.Dense(5, activation="softmax")])  #: (None, 12, 12, 3) → (None, 12, 12, 5)
pixels.compile(loss="sparse_categorical_crossentropy", optimizer="sgd")
pixels.fit(np.zeros((4, 12, 12, 3)), np.zeros((4, 12, 12), "int32"), verbose=0)
