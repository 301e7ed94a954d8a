import keras
import numpy as np
from keras import layers

batch_size = 30
model = keras.Sequential()  #: (None, 30, 5) → (None, 4)
model.add(keras.Input((batch_size, 5)))
#:                     ^^^^^^^^^^ SW108
model.add(layers.LSTM(4))
model.compile(optimizer="sgd", loss="mse")
model.fit(np.zeros((60, 7, 5)), np.zeros((60, 4)), batch_size=batch_size, verbose=0)
