import keras
from keras.layers import Dense

row = keras.Input(shape=(13,))  #: (None, 13)
hidden = Dense(64, row)
#:       ^^^^^^^^^^^^^^ SW606
