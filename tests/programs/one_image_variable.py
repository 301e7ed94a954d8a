import keras
import numpy as np
from keras import layers

model = keras.Sequential([keras.Input((8, 8, 3)), layers.Flatten(), layers.Dense(2)])  #: (None, 8, 8, 3) → (None, 2)
image = np.zeros((8, 8, 3))  #: (8, 8, 3)
#:      ^^^^^^^^^^^^^^^^^^^ SW102
model.predict(image, verbose=0)
