import keras
import numpy as np

real, fake = np.zeros((8, 16)), np.ones((8, 16))  #: (8, 16) ; (8, 16)
both = np.concatenate([fake, real])  #: (16, 16)
labels = np.ones((8, 1))  #: (8, 1)
#:       ^^^^^^^^^^^^^^^ SW502
critic = keras.Sequential([keras.Input(shape=(16,)), keras.layers.Dense(1, activation="sigmoid")])  #: (None, 16) → (None, 1)
critic.compile("adam", "binary_crossentropy")
critic.train_on_batch(both, labels)
