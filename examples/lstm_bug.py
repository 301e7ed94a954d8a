import numpy as np
from tensorflow import keras

data = np.array([1, 2, 3]).reshape((1, 3, 1))
x = keras.layers.Input(shape=(1, 3, 1))
y = keras.layers.LSTM(10)(x)
model = keras.Model(inputs=x, outputs=y)
print(model.predict(data))
