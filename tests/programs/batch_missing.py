import keras
import numpy as np
from keras import layers

model = keras.Sequential([keras.Input((28, 28)), layers.Flatten(), layers.Dense(10)])  #: (None, 28, 28) → (None, 10)
images = np.zeros((60, 28, 28))  #: (60, 28, 28)
bad = model.predict(images[0], verbose=0)
#:                  ^^^^^^^^^ SW102
good = model.predict(images[:1], verbose=0)  #: (1, 10)
