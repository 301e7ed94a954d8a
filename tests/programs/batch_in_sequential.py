import keras
from keras import layers

model = keras.Sequential()  #: (None, 1, 5, 2) → (None, 3)
model.add(layers.LSTM(8, input_shape=(1, 5, 2)))
#:                                   ^^^^^^^^^ SW101
model.add(layers.Dense(3))
right = keras.Sequential([layers.LSTM(8, input_shape=(5, 2)), layers.Dense(3)])  #: (None, 5, 2) → (None, 3)
