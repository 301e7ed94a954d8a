import keras
import numpy as np
from keras import layers

query, value = keras.Input((5, 16)), keras.Input((9, 32))
#:                                               ^^^^^^^ SW301
y = layers.Attention()([query, value])  #: (None, 5, 32)
model = keras.Model([query, value], y)  #: [(None, 5, 16), (None, 9, 32)] → (None, 5, 32)
model.predict([np.zeros((2, 5, 16)), np.zeros((2, 9, value.shape[-1]))], verbose=0)
