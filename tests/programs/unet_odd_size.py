import keras
import numpy as np
from keras import layers

x = keras.Input((30, 30, 1))  #: (None, 30, 30, 1)
#:              ^^^^^^^^^^^ SW301
a = layers.Conv2D(4, 3, padding="same")(x)  #: (None, 30, 30, 4)
b = layers.MaxPooling2D(2)(a)  #: (None, 15, 15, 4)
c = layers.MaxPooling2D(2)(b)  #: (None, 7, 7, 4)
d = layers.UpSampling2D(2)(c)  #: (None, 14, 14, 4)
y = layers.concatenate([b, d])
