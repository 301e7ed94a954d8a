import keras
import numpy as np
from keras import layers

image, meta = keras.Input((8, 8, 3)), keras.Input((5,))
h = layers.Conv2D(4, 3)(image)  #: (None, 6, 6, 4)
#:  ^^^^^^^^^^^^^^^^^^^^^^^^^^ SW301
y = layers.concatenate([h, meta])
