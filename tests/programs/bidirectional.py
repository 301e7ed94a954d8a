"""Wrappers: a shape that is right, or none."""
import keras
from keras.layers import LSTM, Bidirectional, Dense, TimeDistributed

x = keras.Input((12, 5))  #: (None, 12, 5)
a = Bidirectional(LSTM(10))(x)  #: (None, 20)?
b = Bidirectional(LSTM(10, return_sequences=True))(x)  #: (None, 12, 20)?
c = Bidirectional(LSTM(10), merge_mode="sum")(x)  #: (None, 10)?
d = TimeDistributed(Dense(3))(x)  #: (None, 12, 3)?
