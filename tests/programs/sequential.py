import keras
from keras import layers

a = keras.Sequential([keras.Input((28, 28)), layers.Flatten(), layers.Dense(10)])  #: (None, 28, 28) → (None, 10), 7,850 parameters
b = keras.Sequential([layers.Dense(4, input_shape=(8,)), layers.Dense(2)])  #: (None, 8) → (None, 2), 46 parameters
c = keras.Sequential()  #: (None, 16) → (None, 1), 145 parameters
c.add(keras.Input(shape=(16,)))
c.add(layers.Dense(8, activation="relu"))
c.add(layers.Dropout(0.5))
c.add(layers.Dense(1))
d = keras.Sequential([layers.InputLayer(shape=(5,)), layers.Dense(3)])  #: (None, 5) → (None, 3)
e = keras.Sequential([layers.Dense(3)])  #: -
f = keras.Sequential([layers.LSTM(4, input_shape=(None, 6), return_sequences=True), layers.LSTM(2)])  #: (None, None, 6) → (None, 2)
g = keras.Sequential(name="named")  #: (None, 3) → (None, 2)
for units in [3, 2]:
    g.add(layers.Dense(units) if g.layers else layers.Dense(units, input_dim=3))
