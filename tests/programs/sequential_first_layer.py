# What a Sequential model begins with may declare its input; `input_dim` of an Embedding counts words.
import keras
import numpy as np
from keras import layers

words = keras.Sequential([layers.Embedding(10000, 16), layers.GlobalAveragePooling1D(), layers.Dense(1)])
y = words(np.zeros((2, 250), "int32"))  #: (2, 1)
again = keras.Sequential([layers.Embedding(10000, 16), layers.GlobalAveragePooling1D(), layers.Dense(1)])  #: -
dense = keras.Sequential([layers.Dense(3, input_dim=4), layers.Dense(1)])  #: (None, 4) → (None, 1), 19 parameters
e = keras.Sequential([layers.Embedding(50, 8, input_shape=(7,)), layers.Flatten()])  #: (None, 7) → (None, 56), 400 parameters
wide = keras.Input((None, 3, 6))
z = dense(wide)  #: -
open_end = keras.Input((3, None))
norm = keras.Sequential([layers.RMSNormalization(), layers.GlobalMaxPooling1D()])  #: -
try:
    v = norm(open_end)  #: -
except ValueError:
    pass
