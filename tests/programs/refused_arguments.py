import keras
from keras import layers

x = keras.Input((10, 4))  #: (None, 10, 4)
maps = layers.Conv1D(4, 3, groups=2)(x)  #: (None, 8, 4), 28 parameters
model = keras.Sequential([x, layers.Flatten(), layers.Dropout(1.5)])
#:                                                            ^^^ SW605
none = layers.Dense(0)(x)  #: -
#:                  ^ SW605
