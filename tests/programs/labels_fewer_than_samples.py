import keras
import numpy as np
from keras import layers

real, fake = np.zeros((8, 16)), np.zeros((8, 16))
both = np.concatenate([fake, real])  #: (16, 16)
labels = np.ones((8, 1))  #: (8, 1)
#:       ^^^^^^^^^^^^^^^ SW502
x = keras.Input((16,))  #: (None, 16)
model = keras.Model(x, layers.Dense(1, activation="sigmoid")(x))  #: (None, 16) → (None, 1)
model.compile(optimizer="sgd", loss="binary_crossentropy")
model.train_on_batch(both, labels)
