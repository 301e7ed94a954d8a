import keras
import numpy as np
from keras import layers

left = keras.Input((5,), name="left")  #: (None, 5)
right = keras.Input((4,), name="right")  #: (None, 4)
model = keras.Model([left, right], layers.Dense(1)(layers.Concatenate()([left, right])))
model.predict([np.zeros((3, 5)), np.zeros((3, 5))], verbose=0)
#:                               ^^^^^^^^^^^^^^^^ SW501
