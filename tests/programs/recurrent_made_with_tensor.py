import keras
from keras.layers import GRU, LSTM

series = keras.Input(shape=(20, 3))  #: (None, 20, 3)
first = LSTM(8, series)
#:      ^^^^^^^^^^^^^^^ SW606
second = GRU(8, series)
#:       ^^^^^^^^^^^^^^ SW606
