import keras
from keras.layers import LSTM

prices = keras.Input(shape=(30, 1))  #: (None, 30, 1)
volumes = keras.Input(shape=(30, 1))  #: (None, 30, 1)
state = LSTM(16)([prices, volumes])
#:               ^^^^^^^^^^^^^^^^^ SW607
