import keras
import numpy as np
from keras import layers

x = keras.Input((4, 4, 3))  #: (None, 4, 4, 3)
model = keras.Model(x, layers.Flatten()(x))  #: (None, 4, 4, 3) → (None, 48)
faces = [np.zeros((1, 4, 4, 3)), np.zeros((1, 4, 4, 3))]
model.predict(faces, verbose=0)
#:            ^^^^^ SW501
