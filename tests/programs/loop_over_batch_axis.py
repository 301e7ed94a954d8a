import keras
import numpy as np
from keras import layers

x = keras.Input((4, 6))  #: (None, 4, 6)
parts = [x[i] for i in range(x.shape[0])]
#:                           ^^^^^^^^^^ SW107
