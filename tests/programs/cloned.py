import numpy as np
import keras
from keras import layers

x = keras.Input((8, 3))  #: (None, 8, 3)
y = layers.GlobalMaxPooling1D()(x)  #: (None, 3)
model = keras.Model(x, layers.Dense(2)(y))  #: (None, 8, 3) → (None, 2)
copy = keras.models.clone_model(model)  #: (None, 8, 3) → (None, 2)
out = copy(np.ones((4, 8, 3), "float32"))  #: (4, 2)
stack = keras.Sequential([keras.Input((5,)), layers.Dense(4)])  #: (None, 5) → (None, 4)
second = keras.models.clone_model(stack)  #: (None, 5) → (None, 4)
again = second(np.ones((6, 5), "float32"))  #: (6, 4)
