import keras
import numpy as np
from keras import layers

model = keras.Sequential([keras.Input((8,)), layers.Dense(1)])  #: (None, 8) → (None, 1)
model.compile(optimizer="adam", loss="mse")
model.fit(np.zeros((6, 8)), np.zeros((6,)), verbose=0)
sequence = keras.Sequential([keras.Input((4, 8)), layers.Dense(1)])  #: (None, 4, 8) → (None, 4, 1)
sequence.compile(optimizer="adam", loss="mae")
sequence.fit(np.zeros((6, 4, 8)), np.zeros((6, 4)), verbose=0)
classes = keras.Sequential([keras.Input((8,)), layers.Dense(3, activation="softmax")])  #: (None, 8) → (None, 3)
classes.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
classes.fit(np.zeros((6, 8)), np.zeros((6, 1), "int32"), verbose=0)
classes.fit(np.zeros((6, 8)), np.zeros((6,)), verbose=0)
