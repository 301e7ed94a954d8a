import keras
from keras.layers import GRU, LSTM, SimpleRNN

x = keras.Input((12, 5))  #: (None, 12, 5)
a = LSTM(10)(x)  #: (None, 10), 640 parameters
b = GRU(10)(x)  #: (None, 10), 510 parameters
c = GRU(10, reset_after=False)(x)  #: (None, 10), 480 parameters
d = SimpleRNN(10)(x)  #: (None, 10), 160 parameters
e = LSTM(10, return_sequences=True)(x)  #: (None, 12, 10)
f = LSTM(4)(LSTM(8, return_sequences=True)(x))  #: (None, 4)
out, h, cell = LSTM(6, return_state=True)(x)  #: (None, 6) ; (None, 6) ; (None, 6)
seq, state = GRU(6, return_sequences=True, return_state=True)(x)  #: (None, 12, 6) ; (None, 6)
free = keras.Input((None, 5))  #: (None, None, 5)
g = GRU(3, return_sequences=True)(free)  #: (None, None, 3)
decoder = LSTM(6, return_sequences=True)(x, initial_state=[h, cell])  #: (None, 12, 6)
i = LSTM(10, use_bias=False)(x)  #: (None, 10), 600 parameters
