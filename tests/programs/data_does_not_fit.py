import keras
import numpy as np

x = keras.Input(shape=(3, 2))  #: (None, 3, 2)
model = keras.Model(x, keras.layers.LSTM(10)(x))  #: (None, 3, 2) → (None, 10)
p = model.predict(np.zeros((8, 5, 2)), verbose=0)
#:                ^^^^^^^^^^^^^^^^^^^ SW501
ok = model.predict(np.zeros((8, 3, 2)), verbose=0)  #: (8, 10)
