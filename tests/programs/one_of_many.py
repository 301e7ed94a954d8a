import keras
import numpy as np
from keras import layers

images = np.random.rand(20, 28, 28)  #: (20, 28, 28)
model = keras.Sequential([layers.Flatten(input_shape=(28, 28)), layers.Dense(10)])  #: (None, 28, 28) → (None, 10)
model.predict(images[5], verbose=0)
#:            ^^^^^^^^^ SW102
