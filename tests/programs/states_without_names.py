import keras
from keras.layers import GRU, LSTM

series = keras.Input(shape=(10, 4))  #: (None, 10, 4)
if True:
    output, state = LSTM(8, return_state=True)(series)
#:  ^^^^^^^^^^^^^ SW408
steps, last = GRU(8, return_sequences=True, return_state=True)(series)  #: (None, 10, 8) ; (None, 8)
alone, memory, cell = LSTM(8)(series)
#:                    ^^^^^^^ SW408
