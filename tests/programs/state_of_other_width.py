import keras
import numpy as np
from keras import layers

x = keras.Input((7, 3))  #: (None, 7, 3)
_, forward, backward = layers.Bidirectional(layers.GRU(4, return_state=True))(x)
state = layers.Concatenate()([forward, backward])  #: (None, 8)
z = keras.Input((5, 3))  #: (None, 5, 3)
y = layers.GRU(4)(z, initial_state=state)  #: (None, 4)
#:  ^^^^^^^^^^^^^ SW301
model = keras.Model([x, z], y)  #: [(None, 7, 3), (None, 5, 3)] → (None, 4)
model.predict([np.zeros((2, 7, 3)), np.zeros((2, 5, 3))], verbose=0)
