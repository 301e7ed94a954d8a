import keras
import numpy as np
from keras import layers

tokens = keras.Input(shape=(16, 40), batch_size=1)  #: (1, 16, 40)
#:                         ^^^^^^^^ SW201
e = layers.Embedding(100, 8)(tokens)  #: (1, 16, 40, 8)
y = layers.LSTM(4)(e)  #: (1, 4)
