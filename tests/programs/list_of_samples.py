import keras
import numpy as np
from keras import layers

images = [np.zeros((8, 8, 1)) for _ in range(6)]
#:       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW503
labels = np.zeros((6, 2))  #: (6, 2)
model = keras.Sequential([keras.Input((8, 8, 1)), layers.Flatten(), layers.Dense(2)])  #: (None, 8, 8, 1) → (None, 2)
model.compile(optimizer="sgd", loss="mse")
model.fit(images, labels, verbose=0)
