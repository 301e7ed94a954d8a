import keras
from keras.layers import Conv1D, TimeDistributed

sentence = keras.Input(shape=(20, 8))  #: (None, 20, 8)
maps = TimeDistributed(Conv1D(4, 3))(sentence)
#:     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW201
