import keras
import numpy as np
from keras import layers



def backbone():
    i = keras.Input((8, 8, 3))
    return keras.Model(i, layers.Flatten()(i))


first, second = backbone(), backbone()
y = layers.Dense(2)(second.output)  #: (None, 2)
model = keras.Model(first.input, y)  #: (None, 8, 8, 3) → (None, 2)
#:                  ^^^^^^^^^^^ SW602
