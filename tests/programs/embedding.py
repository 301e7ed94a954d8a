import keras
from keras.layers import LSTM, Dense, Embedding

words = keras.Input((20,), dtype="int32")  #: (None, 20)
e = Embedding(1000, 16)(words)  #: (None, 20, 16), 16,000 parameters
y = LSTM(8)(e)  #: (None, 8)
free = keras.Input((None,))  #: (None, None)
f = Embedding(input_dim=50, output_dim=4)(free)  #: (None, None, 4)
one = keras.Input(())  #: (None,)
g = Embedding(50, 4)(one)  #: (None, 4)
model = keras.Sequential([keras.Input((20,)), Embedding(1000, 16), LSTM(8), Dense(1)])  #: (None, 20) → (None, 1), 16,809 parameters
