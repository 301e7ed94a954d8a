import keras
import numpy as np
from keras import layers

model = keras.Sequential([keras.Input((6, 4)), layers.LSTM(8), layers.Dense(3, activation="softmax")])
#:                                             ^^^^^^^^^^^^^^ SW502
model.compile(optimizer="sgd", loss="categorical_crossentropy")
labels = np.zeros((8, 6, 3))  #: (8, 6, 3)
model.fit(np.zeros((8, 6, 4)), labels, batch_size=4, verbose=0)
