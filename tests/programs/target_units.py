import keras
import numpy as np
from keras import layers

x = keras.Input((8,))  #: (None, 8)
y = layers.Dense(5)(x)  #: (None, 5)
#:  ^^^^^^^^^^^^^^^ SW502
model = keras.Model(x, y)  #: (None, 8) → (None, 5)
model.compile(optimizer="adam", loss="mse")
model.fit(np.zeros((6, 8)), np.zeros((6, 3)), verbose=0)
